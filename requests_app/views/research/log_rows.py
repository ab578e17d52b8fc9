"""The appeal log's lines: a challenge, its next day, and whose that is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from cities.schema.load import load_city
from requests_app.headlines import shown_clock
from requests_app.models import Deadline, LogEntry
from requests_app.policy.clock_pill import Pill, pill_of

Clocks = Mapping[tuple[int, str], Sequence[Deadline]]


@dataclass(frozen=True, slots=True)
class LogRow:
    """`route` is the pack's name for it where it is one of ours, and `citation` its law."""

    entry: LogEntry
    page: str
    reference: str
    place: str
    route: str
    citation: str
    owner: str
    pill: Pill | None = None


def rows_of(entries: Sequence[LogEntry], *, at: datetime) -> list[LogRow]:
    """One query for any number of them, which come from `with_what_rows_show`."""
    clocks = _clocks_of(entries)
    return [_row(entry, clocks, at) for entry in entries]


def page_of_entry(entry: LogEntry) -> str:
    if entry.appeal_id is not None:
        return reverse("appeal_page", args=[entry.appeal_id])
    return reverse("logged_appeal", args=[entry.pk])


def _clocks_of(entries: Iterable[LogEntry]) -> Clocks:
    open_ones = [one.records_request_id for one in entries if one.next_on and one.is_tracked]
    found: dict[tuple[int, str], list[Deadline]] = defaultdict(list)
    rows = Deadline.objects.filter(records_request__in=open_ones).exclude(route="")
    for clock in rows.exclude(status="void").defer("explanation"):
        found[clock.records_request_id, clock.route].append(clock)
    return found


def _row(entry: LogEntry, clocks: Clocks, at: datetime) -> LogRow:
    city = load_city(entry.city_slug) if entry.city_slug else None
    route = None
    if city and entry.route:
        route = next((one for one in city.statute.routes if one.slug == entry.route), None)
    tracked = entry.records_request
    main = None
    if tracked and city and entry.next_on:
        today = city.local_date(at)
        main = shown_clock(clocks.get((tracked.pk, entry.route), ()), today)
    return LogRow(
        entry=entry,
        page=page_of_entry(entry),
        reference=entry.request.reference,
        place=entry.place,
        route=route.name if route else entry.body,
        citation=route.citation if route else "",
        owner=str(tracked.owner) if tracked else "",
        pill=pill_of(main, today=today) if main else None,
    )
