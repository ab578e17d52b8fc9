"""The only writer of events, and of the deadlines that follow from them.

Everything here is called inside the transaction of the act that it records.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from cities.clocks import Closure as LegalClosure
from cities.clocks import Deadline as Derived
from cities.explain import explain
from cities.pack import RequestKind
from requests_app.deadlines import REMINDER, Subject, derive
from requests_app.models import (
    Appeal,
    Closure,
    Deadline,
    Delivery,
    Event,
    EventKind,
    RecordsRequest,
    User,
)

Key = tuple[str, str, int]  # clock, route, occurrence

# What is compared and stored of a derived deadline.
STORED = (
    "whose",
    "status",
    "starts_on",
    "due_on",
    "earliest_on",
    "latest_on",
    "nominal_on",
    "met_on",
    "rule",
    "citation",
)


def record(
    records_request: RecordsRequest,
    kind: EventKind,
    *,
    on: date,
    by: User | None,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    appeal: Appeal | None = None,
    delivery: Delivery | None = None,
) -> Event:
    """Add one event and derive the deadlines again. `on`: the city's day; `at`: when entered.

    Raises `cities.clocks.ClockError` where the event cannot stand beside the ones before it.
    """
    event = Event.objects.create(
        records_request=records_request,
        appeal=appeal,
        delivery=delivery,
        kind=kind,
        on=on,
        by=by,
        recorded_at=at,
        data=dict(data or {}),
    )
    rederive(records_request, at=at, because=event.get_kind_display())
    return event


def derive_for(records_request: RecordsRequest) -> tuple[Derived, ...]:
    """What follows from the ledger as it stands; nothing is written."""
    events = Event.objects.filter(records_request=records_request).in_order()
    return derive(subject_of(records_request), list(events))


def subject_of(records_request: RecordsRequest) -> Subject:
    """What of a request decides its clocks, with the closures its newsroom entered."""
    closures = Closure.objects.filter(
        newsroom=records_request.newsroom_id, city=records_request.city_slug
    ).order_by("on")
    return Subject(
        city=records_request.city,
        is_statutory=records_request.kind == RequestKind.RECORDS,
        custodian=records_request.custodian,
        track=records_request.track,
        closures=tuple(LegalClosure(c.on, c.reason, c.source) for c in closures),
    )


def rederive(records_request: RecordsRequest, *, at: datetime, because: str) -> bool:
    """Make the stored deadlines what the ledger says, and record each date that moved.

    True if any changed.
    """
    stored, derived = _stored(records_request), dict(_keyed(derive_for(records_request)))
    changed = False
    for key in stored.keys() - derived.keys():
        stored[key].delete()
        changed = True
    for key, value in derived.items():
        row = stored.get(key)
        if row is not None and not difference(row, value):
            continue
        changed = True
        moved_from = row.due_on if row else None
        _write(row or _new_row(records_request, key), value)
        if moved_from and value.due_on and moved_from != value.due_on and value.status != "met":
            _record_move(records_request, value, moved_from, at=at, because=because)
    return changed


def compare(records_request: RecordsRequest) -> list[str]:
    """Where the stored deadlines are not what the ledger says, a line each; nothing is written."""
    stored, derived = _stored(records_request), dict(_keyed(derive_for(records_request)))
    missing = [f"{key[0]} is not stored" for key in derived.keys() - stored.keys()]
    extra = [f"{key[0]} does not follow from the ledger" for key in stored.keys() - derived.keys()]
    wrong = [
        f"{key[0]} has {name} {getattr(stored[key], name)}, derived {getattr(value, name, '…')}"
        for key, value in derived.items()
        if key in stored
        for name in difference(stored[key], value)
    ]
    return sorted([*missing, *extra, *wrong])


def difference(row: Deadline, value: Derived) -> list[str]:
    """The names of the stored fields that no longer say what was derived."""
    wrong = [name for name in STORED if getattr(row, name) != getattr(value, name)]
    return wrong if wrong or row.explanation == explanation_of(value) else ["explanation"]


def explanation_of(value: Derived) -> dict[str, Any]:
    """A deadline's reasons as they are stored, shown and served: days, readings, and plain text."""
    return {
        "rule": value.rule,
        "citation": value.citation,
        "confidence": str(value.confidence),
        "unsettled": value.unsettled,
        "days": [
            {
                "on": day.on.isoformat(),
                "until": day.until.isoformat() if day.until else None,
                "number": day.number,
                "note": day.note,
            }
            for day in value.days
        ],
        "readings": [
            {"name": reading.name, "why": reading.why, "on": reading.on.isoformat()}
            for reading in value.readings
        ],
        "text": explain(value),
    }


def _keyed(deadlines: Iterable[Derived]) -> Iterable[tuple[Key, Derived]]:
    seen: dict[tuple[str, str], int] = {}
    for value in deadlines:
        number = seen.get((value.clock, value.route), 0)
        seen[value.clock, value.route] = number + 1
        yield (value.clock, value.route, number), value


def _stored(records_request: RecordsRequest) -> dict[Key, Deadline]:
    return {
        (row.clock, row.route, row.occurrence): row
        for row in Deadline.objects.filter(records_request=records_request)
    }


def _new_row(records_request: RecordsRequest, key: Key) -> Deadline:
    clock, route, occurrence = key
    return Deadline(
        records_request=records_request, clock=clock, route=route, occurrence=occurrence
    )


def _write(row: Deadline, value: Derived) -> None:
    for name in STORED:
        setattr(row, name, getattr(value, name))
    row.is_reminder = value.clock == REMINDER
    row.explanation = explanation_of(value)
    row.save()


def _record_move(
    records_request: RecordsRequest, value: Derived, moved_from: date, *, at: datetime, because: str
) -> None:
    assert value.due_on is not None
    Event.objects.create(
        records_request=records_request,
        kind=EventKind.DEADLINE_MOVED,
        on=records_request.city.local_date(at),
        recorded_at=at,
        data={
            "clock": value.clock,
            "from": moved_from.isoformat(),
            "to": value.due_on.isoformat(),
            "because": because,
        },
    )
