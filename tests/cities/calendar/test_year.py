"""A city's year, month by month, as a page shows it."""

import re
from datetime import date

import pytest

from cities.calendar.business_days import CalendarError, Closure
from cities.calendar.year import Day, Month, months_of
from cities.schema.load import load_city
from tests.cities.conftest import FIXTURE_PACKS
from tests.cities.worked import CT, MO, OR, on


def days(slug: str, year: int, *closures: Closure) -> dict[str, Day]:
    months = months_of(load_city(slug), year, closures)
    return {day.on.isoformat(): day for month in months for day in month.days}


def test_year_has_each_of_its_days_once_in_order() -> None:
    shown = [day.on for month in months_of(load_city(CT), 2028) for day in month.days]

    first = date(2028, 1, 1).toordinal()
    assert shown == [date.fromordinal(first + n) for n in range(366)]


def test_month_begins_on_its_first_and_its_weeks_on_sundays() -> None:
    november: Month = months_of(load_city(CT), 2026)[10]

    assert november.first == on("2026-11-01")
    assert [len(week) for week in november.weeks] == [7] * 5
    assert [week[0].on.day if week[0] else None for week in november.weeks] == [1, 8, 15, 22, 29]
    assert [day.on.day if day else None for day in november.weeks[4]] == [
        29, 30, None, None, None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "day", "kind", "note"),
    [
        (CT, "2026-11-25", "business", ""),
        (CT, "2026-11-26", "holiday", "Thanksgiving Day"),
        (CT, "2026-11-27", "unsettled", "closed: City Hall shut"),  # the strict reading counts it
        (CT, "2026-11-28", "weekend", ""),
        (CT, "2026-11-29", "weekend", ""),
        (CT, "2027-12-25", "weekend", "Christmas Day"),  # a holiday that falls on a Saturday
        (CT, "2026-07-03", "holiday", "Independence Day, observed"),
        (OR, "2026-11-27", "closure", "closed: City Hall shut"),
        (MO, "2026-05-08", "unsettled", "Truman Day"),
    ],
)
def test_each_day_says_what_it_is(slug: str, day: str, kind: str, note: str) -> None:
    year = days(slug, int(day[:4]), Closure(on("2026-11-27"), "City Hall shut"))

    assert year[day] == Day(on(day), kind, note)  # type: ignore[arg-type]


def test_business_days_of_a_month_are_counted() -> None:
    november = months_of(load_city(OR), 2026)[10]

    assert november.business_days == 19  # twenty-one weekdays less the 11th and the 26th
    assert [day.note for day in november.named] == ["Veterans Day", "Thanksgiving Day"]


@pytest.mark.parametrize("year", [2025, 2031])
def test_year_beyond_the_calendar_is_refused(year: int) -> None:
    refused = re.escape("The calendar of Franklin covers 2026 to 2030")
    with pytest.raises(CalendarError, match=f"^{refused}$"):
        months_of(load_city("us-zz/port-alder", FIXTURE_PACKS), year)


@pytest.mark.parametrize("year", [2026, 2030])
def test_first_and_last_year_of_the_calendar_are_shown(year: int) -> None:
    assert len(months_of(load_city("us-zz/port-alder", FIXTURE_PACKS), year)) == 12
