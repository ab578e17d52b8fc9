"""One event written, and the deadlines derived again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from requests_app.ledger.attribution import Recorder
from requests_app.ledger.rederiving import rederive
from requests_app.models import Appeal, Delivery, Event, EventKind, RecordsRequest
from requests_app.vocabulary.event_description import Mark


def record(
    records_request: RecordsRequest,
    kind: EventKind,
    *,
    on: date,
    by: Recorder,
    data: Mapping[str, Any] | None = None,
    appeal: Appeal | None = None,
    delivery: Delivery | None = None,
) -> Event:
    """Add one event and derive the deadlines again. `on` is the city's day on which it happened.

    Raises `cities.clocks.derive.ClockError` where the event cannot stand beside the ones before it.
    """
    event = Event.objects.create(
        records_request=records_request,
        appeal=appeal,
        delivery=delivery,
        kind=kind,
        on=on,
        by=by.user,
        recorded_at=by.at,
        data=dict(data or {}),
    )
    if not kind.described.marks & Mark.READ_BY_NO_CLOCK:
        rederive(records_request, at=by.at, because=event.get_kind_display())
    return event
