"""Which deadlines a closure would move, before anybody enters it. Nothing is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cities.clocks.derive import Closure as LegalClosure
from requests_app.deadlines import derive
from requests_app.ledger.deadline_rows import keyed, new_row, stored_of
from requests_app.ledger.inputs import Closures, batches, closures_for, events_of, subject_of
from requests_app.ledger.rederiving import moved_from
from requests_app.models import RecordsRequest


@dataclass(frozen=True, slots=True)
class Move:
    """One deadline that would move: of which request, from when, to when."""

    records_request: RecordsRequest
    clock: str
    was_due_on: date
    due_on: date


def moves_if_closed(requests: QuerySet[RecordsRequest], closure: LegalClosure) -> Iterator[Move]:
    """Each open deadline of those requests that the closure would move. Raises ClockError."""
    known: Closures = {}
    for batch in batches(requests):
        events, stored = events_of(batch), stored_of(batch)
        for request in batch:
            closures = (*closures_for(request, known), closure)
            subject = subject_of(request, tuple(sorted(closures, key=lambda c: c.on)))
            for key, value in keyed(derive(subject, events[request.pk])):
                row = stored[request.pk].get(key) or new_row(request, key)
                if (was := moved_from(row, value)) and value.due_on:
                    yield Move(request, value.clock, was, value.due_on)
