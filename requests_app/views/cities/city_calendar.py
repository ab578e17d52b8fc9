"""A city's year: which days count, and what would be due if one filed today."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cities.calendar.year import months_of
from cities.clocks.derive import CalendarError, Deadline
from cities.schema.city import City
from requests_app import ledger
from requests_app.views.lookup import city_at, newsroom_of, today_in
from requests_app.views.requests.forecast import if_filed_in


@dataclass(frozen=True, slots=True)
class IfFiledToday:
    """The three days a person files by; a law that sets none says so in words."""

    acknowledgement: Deadline | None
    response: Deadline | None
    appeal_of_silence: Deadline | None

    @classmethod
    def of(cls, deadlines: tuple[Deadline, ...]) -> "IfFiledToday":
        by_name = {row.clock: row for row in deadlines}
        # What the city's silence would start for us, and the first of it to end.
        ours = [row for row in deadlines if row.whose == "ours" and row.status == "projected"]
        ours.sort(key=lambda row: str(row.due_on))
        return cls(
            by_name.get("acknowledgement"),
            by_name.get("response"),
            ours[0] if ours else None,
        )


@require_safe
def city_calendar(request: HttpRequest, state: str, city: str) -> HttpResponse:
    newsroom, known = newsroom_of(request), city_at(state, city)
    today = today_in(known)
    closures = ledger.closures_of(newsroom.pk, known.slug)
    asked = request.GET.get("year", str(today.year))
    try:
        months = months_of(known, int(asked), closures)
    except (CalendarError, ValueError) as error:
        raise Http404(f"No calendar for the year {asked!r}: {error}.") from error
    context = {
        "city": known,
        "law": known.statute,
        "rules": known.statute.calendar,
        "year": int(asked),
        "months": months,
        "business_days": sum(month.business_days for month in months),
        "if_filed": IfFiledToday.of(if_filed_in(known, closures, on=today)),
        "day_today": today,
        **_neighbors(known, int(asked)),
    }
    return render(request, "cities/calendar.html", context)


def _neighbors(city: City, year: int) -> dict[str, Any]:
    rules = city.statute.calendar
    return {
        "year_before": year - 1 if year > rules.first_year else None,
        "year_after": year + 1 if year < rules.last_year else None,
    }
