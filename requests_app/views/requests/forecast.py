"""The clocks a draft would start if it were filed today: counted, shown, and stored nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cities.clocks.derive import Closure as LegalClosure
from cities.clocks.derive import Deadline
from cities.schema.city import City, RequestKind
from requests_app import ledger
from requests_app.deadlines import Subject, derive
from requests_app.models import RecordsRequest
from requests_app.office_hours import facts_if_sent
from requests_app.views.lookup import now


@dataclass(frozen=True, slots=True)
class Filed:
    """What `deadlines` reads of an event, for one that has not happened."""

    on: date
    kind: str = "submitted"
    data: Mapping[str, Any] = field(default_factory=lambda: {"channel": "email"})
    delivery_id: int | None = None


def if_filed(rr: RecordsRequest, *, on: date) -> tuple[Deadline, ...]:
    """The city's clocks and the newsroom's reminder, first due first."""
    data = {"channel": "email", **facts_if_sent(rr, "email", on, now())}
    found = derive(ledger.subject_of(rr), [Filed(on, data=data)])
    running = [row for row in found if row.status == "running" and row.due_on]
    return tuple(sorted(running, key=lambda row: (row.due_on, row.clock)))


def if_filed_in(
    city: City, closures: tuple[LegalClosure, ...], *, on: date
) -> tuple[Deadline, ...]:
    """Every clock of a plain records request to that city, those of its silence included."""
    return derive(Subject(city=city, kind=RequestKind.RECORDS, closures=closures), [Filed(on)])
