"""Appeals: every challenge, tracked or logged, searched, filtered and in the order asked for."""

from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from requests_app.forms.research.log_filter import LogFilter
from requests_app.models import LogEntry
from requests_app.models.research.log_entry import LogEntryQuerySet
from requests_app.views.lookup import newsroom_of, now, person
from requests_app.views.paging import Order, Time, page_of
from requests_app.views.research.log_rows import rows_of


def _by(field: str, *, newest_first: bool = False) -> Order:
    time = Time(field, date.toordinal, date.fromordinal)
    return Order(time, newest_first=newest_first)


class Sort(NamedTuple):
    """`label`: as its link says it. Those without the day it goes by are left out or come last."""

    label: str
    order: Order
    has: str = ""  # the day without which an entry has no place in this order


SORTS = {
    "next": Sort("next day", _by("next_rank")),
    "filed": Sort("newest filing", _by("filed_rank", newest_first=True), "filed_on"),
    "first-filed": Sort("oldest filing", _by("filed_rank"), "filed_on"),
    "decided": Sort("newest decision", _by("decided_rank", newest_first=True), "decided_on"),
    "entered": Sort("newest entry", Order()),
}


@require_safe
def appeal_list(request: HttpRequest) -> HttpResponse:
    user = person(request)
    visible = LogEntry.objects.visible_to(user)
    found = LogFilter(request.GET, queryset=visible, newsroom=newsroom_of(request))
    chosen = request.GET.get("sort", "")
    sort = SORTS.get(chosen, SORTS["next"])
    shown = page_of(_sorted(found.qs, sort).with_what_rows_show(), request.GET, sort.order)
    context = {
        "filter": found,
        "shown": shown,
        "rows": rows_of(shown.rows, at=now()),
        "sorts": {name: one.label for name, one in SORTS.items()},
        "sort": chosen if chosen in SORTS else "next",
        "asked": _without_sort(request),
        "kept": [("sort", chosen)] if chosen in SORTS and sort is not SORTS["next"] else [],
        "is_filtered": found.is_asked,
    }
    return render(request, "research/log.html", context)


def _sorted(found: LogEntryQuerySet, sort: Sort) -> LogEntryQuerySet:
    return found.exclude(**{sort.has: None}) if sort.has else found


def _without_sort(request: HttpRequest) -> str:
    """The filters of the address, for a link that asks for another order."""
    asked = request.GET.copy()
    for name in ("sort", "behind", "before", "last"):
        asked.pop(name, None)
    return asked.urlencode()
