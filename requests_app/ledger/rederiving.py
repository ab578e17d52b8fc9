"""Make the stored deadlines what the ledgers say, for one request or a city's hundred thousand.

A batch of requests costs a handful of queries: their events, their rows, one upsert of the rows
that changed, one insert of the moves that are recorded.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from cities.clocks.derive import Deadline as Derived
from requests_app.deadlines import derive
from requests_app.entered_days import EnteredDay
from requests_app.ledger.bulk_write import write
from requests_app.ledger.counted_rows import write_counted
from requests_app.ledger.deadline_rows import difference, fill, keyed, new_row, stored_of
from requests_app.ledger.headline_rows import write_headlines
from requests_app.ledger.inputs import (
    Closures,
    batches,
    closures_for,
    events_of,
    subject_of,
)
from requests_app.ledger.log_rows import Ledgers, write_log_entries
from requests_app.models import Deadline, Event, EventKind, RecordsRequest
from requests_app.models.chain.appending import links_at_the_end


def rederive(records_request: RecordsRequest, *, at: datetime, because: str) -> bool:
    """Make the stored deadlines what the ledger says, and record each date that moved.

    True if any changed. Raises ClockError where no calendar of ours covers what it says.
    """
    ledgers = events_of([records_request])
    changed = _rederive([records_request], ledgers, {}, at=at, because=because)
    write_headlines([records_request])
    write_log_entries([records_request], ledgers)
    write_counted([records_request], ledgers)
    return bool(changed)


def rederive_many(requests: QuerySet[RecordsRequest], *, at: datetime, because: str) -> int:
    """As `rederive`, for all of them; how many changed. Each batch is locked while it is written.

    Call it inside a transaction.
    """
    known: Closures = {}
    each = batches(requests, locked=True)
    count = 0
    # A batch is locked after another: whoever works on one of them would wait for the chain's head.
    with links_at_the_end():
        for batch in each:
            ledgers = events_of(batch)
            changed = _rederive(batch, ledgers, known, at=at, because=because)
            write_headlines(changed)
            write_log_entries(batch, ledgers)
            write_counted(batch, ledgers)
            count += len(changed)
    return count


def _rederive(
    batch: Sequence[RecordsRequest],
    events: Ledgers,
    known: Closures,
    *,
    at: datetime,
    because: str,
) -> list[RecordsRequest]:
    """Those of the batch of which a deadline changed."""
    stored = stored_of(batch)
    written: list[Deadline] = []
    gone: list[int] = []
    moves: list[Event] = []
    changed: list[RecordsRequest] = []
    for request in batch:
        subject = subject_of(request, closures_for(request, known))
        derived = dict(keyed(derive(subject, events[request.pk])))
        rows = stored[request.pk]
        stale = [(key, v) for key, v in derived.items() if _is_stale(rows.get(key), v)]
        superfluous = [rows[key].pk for key in rows.keys() - derived.keys()]
        for key, value in stale:
            row = rows.get(key) or new_row(request, key)
            if was := moved_from(row, value):
                moves.append(_move(request, value, was, at=at, because=because))
            written.append(fill(row, value))
        gone += superfluous
        if stale or superfluous:
            changed.append(request)
    write(written, gone, moves)
    return changed


def _is_stale(row: Deadline | None, value: Derived) -> bool:
    return row is None or bool(difference(row, value))


def moved_from(row: Deadline, value: Derived) -> date | None:
    """The day that a clock somebody still has to keep was due before, where it is another now."""
    if row.due_on is None or value.due_on is None or row.due_on == value.due_on:
        return None
    if isinstance(value, EnteredDay):  # the entry that moved it says so itself
        return None
    return row.due_on if value.is_open else None


def _move(
    records_request: RecordsRequest, value: Derived, was: date, *, at: datetime, because: str
) -> Event:
    assert value.due_on is not None
    return Event(
        records_request=records_request,
        kind=EventKind.DEADLINE_MOVED,
        on=records_request.city.local_date(at),
        recorded_at=at,
        data={
            "clock": value.clock,
            "from": was.isoformat(),
            "to": value.due_on.isoformat(),
            "because": because,
        },
    )
