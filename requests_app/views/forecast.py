"""The clocks a draft would start if it were filed today: counted, shown, and stored nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cities.clocks import Closure as LegalClosure
from cities.clocks import Deadline
from cities.pack import RequestKind
from requests_app.deadlines import Subject, derive
from requests_app.models import Closure, RecordsRequest


@dataclass(frozen=True, slots=True)
class Filed:
    """What `deadlines` reads of an event, for one that has not happened."""

    on: date
    kind: str = "submitted"
    data: Mapping[str, Any] = field(default_factory=lambda: {"channel": "email"})
    delivery_id: int | None = None


def if_filed(rr: RecordsRequest, *, on: date) -> tuple[Deadline, ...]:
    """The city's clocks and the newsroom's reminder, first due first."""
    closed = Closure.objects.filter(newsroom=rr.newsroom_id, city=rr.city_slug).order_by("on")
    subject = Subject(
        city=rr.city,
        is_statutory=rr.kind == RequestKind.RECORDS,
        custodian=rr.custodian,
        track=rr.track,
        closures=tuple(LegalClosure(day.on, day.reason, day.source) for day in closed),
    )
    found = [row for row in derive(subject, [Filed(on)]) if row.status == "running" and row.due_on]
    return tuple(sorted(found, key=lambda row: (row.due_on, row.clock)))
