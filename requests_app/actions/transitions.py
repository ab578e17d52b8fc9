"""What every verb is made of: lock the row, make the transition, save, write its one event."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from django_fsm import TransitionNotAllowed

from cities.clocks.derive import ClockError
from requests_app import ledger
from requests_app.actions.errors import Refused
from requests_app.ledger.occasion import Occasion
from requests_app.models import Appeal, Event, EventKind, RecordsRequest
from requests_app.models.guards.state_guard import state_may_change
from requests_app.models.requests.transition_decorator import is_refused_by_a_guard, leaves
from requests_app.vocabulary.dates_and_amounts import short_day

Row = TypeVar("Row", RecordsRequest, Appeal)


def lock(row: Row) -> Row:
    """Read the row again and hold it until the transaction ends: whoever comes second waits."""
    row.refresh_from_db(from_queryset=type(row).objects.select_for_update(no_key=True))
    return row


def change(row: Row, name: str, *, on: date, **arguments: Any) -> None:
    """Make one transition and save it. Refused, with the reason, where it is not possible."""
    try:
        with state_may_change():
            getattr(row, name)(on=on, **arguments)
    except TransitionNotAllowed as error:
        raise Refused(f"{_why_not(row, name)} Nothing was changed.") from error
    row.save()


def rewrite(row: Row, fields: Mapping[str, Any], *, at: datetime) -> None:
    """Write what the ledger gives of a locked row, where a correction made it something else."""
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    if changed:
        with state_may_change():
            type(row).objects.filter(pk=row.pk).update(**changed, changed_at=at)
        row.refresh_from_db()


def _why_not(row: RecordsRequest | Appeal, name: str) -> str:
    """What a guard asks for, what was done already, or where the row stands."""
    declared = leaves(type(row), name)
    if is_refused_by_a_guard(row, name):
        return declared.unless
    stands = row.events.effective()
    done = stands.filter(kind=declared.event).order_by("pk").last()
    if done and not stands.filter(kind__in=declared.undone_by, pk__gt=done.pk).exists():
        return f"Already {declared.tried} on {short_day(done.on)}."
    state = row.get_state_display().lower()
    return f"This is {state}, so it cannot be {declared.tried} now."


@contextmanager
def refuse_on_clock_error() -> Iterator[None]:
    """An event on a day that the law's clocks cannot count from is refused, with their reason."""
    try:
        yield
    except ClockError as error:
        raise Refused(str(error)) from error


def record(records_request: RecordsRequest, kind: EventKind, occasion: Occasion) -> Event:
    """Write one event. Refused where the law's clocks cannot count from it."""
    with refuse_on_clock_error():
        return ledger.record(records_request, kind, occasion)


def take(records_request: RecordsRequest, name: str, occasion: Occasion, **arguments: Any) -> Event:
    """A transition of a locked request, and the event that it leaves."""
    on = occasion.on or records_request.city.local_date(occasion.by.at)
    change(records_request, name, on=on, **arguments)
    return record(records_request, leaves(RecordsRequest, name).event, occasion)
