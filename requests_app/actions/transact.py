"""What every verb is made of: lock the row, make the transition, save, write its one event."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from django_fsm import TransitionNotAllowed

from cities.clocks.derive import ClockError
from requests_app import ledger
from requests_app.actions.errors import Refused
from requests_app.actions.explanations import explain
from requests_app.models import Appeal, Delivery, Event, EventKind, RecordsRequest, User
from requests_app.states import event_of

Row = TypeVar("Row", RecordsRequest, Appeal)


def lock(row: Row) -> Row:
    """Read the row again and hold it until the transaction ends: whoever comes second waits."""
    row.refresh_from_db(from_queryset=type(row).objects.select_for_update())
    return row


def change(row: Row, name: str, *, on: date, **arguments: Any) -> None:
    """Make one transition and save it. Refused, with the reason, where it is not possible."""
    try:
        getattr(row, name)(on=on, **arguments)
    except TransitionNotAllowed as error:
        raise Refused(explain(row, name)) from error
    row.save()


@contextmanager
def placed_by_the_clocks() -> Iterator[None]:
    """What the law's clocks cannot place among the other events is refused, with their reason."""
    try:
        yield
    except ClockError as error:
        raise Refused(str(error)) from error


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
    """Write one event; an event that the law's clocks cannot place is refused."""
    with placed_by_the_clocks():
        return ledger.record(
            records_request, kind, on=on, by=by, at=at, data=data, appeal=appeal, delivery=delivery
        )


def take(
    records_request: RecordsRequest,
    name: str,
    *,
    on: date,
    by: User,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    appeal: Appeal | None = None,
    delivery: Delivery | None = None,
    **arguments: Any,
) -> Event:
    """A transition of a locked request and the event that the table of states names for it."""
    change(records_request, name, on=on, **arguments)
    kind = event_of(RecordsRequest, name)
    return record(
        records_request, kind, on=on, by=by, at=at, data=data, appeal=appeal, delivery=delivery
    )
