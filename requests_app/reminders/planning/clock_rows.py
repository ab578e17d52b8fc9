"""The clocks that a round looks at, as plain rows: a fifth of the work of loading them whole."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from requests_app.models import Deadline, RecordsRequest
from requests_app.reminders.planning.reminder_days import Clock

BATCH = 2000  # requests whose clocks are held at once


class Key(NamedTuple):
    """A deadline as reminders know it. One that moves becomes another."""

    records_request_id: int
    clock: str
    route: str
    occurrence: int
    due_on: date


class ClockRow(NamedTuple):
    """A running clock of an open request, with what of the request decides who hears of it."""

    records_request_id: int
    clock: str
    route: str
    occurrence: int
    due_on: date
    whose: str
    status: str
    starts_on: date | None
    is_reminder: bool
    newsroom_id: int
    city_slug: str
    owner_id: int

    @property
    def key(self) -> Key:
        return Key(*self[:5])

    @property
    def counted(self) -> Clock:
        return Clock(self.whose, self.status, self.starts_on, self.due_on, self.is_reminder)


def batches_of(
    requests: QuerySet[RecordsRequest], *, until: date | None = None
) -> Iterator[list[ClockRow]]:
    """What still matters of their running clocks, those of some hundreds of requests at a time.

    `until`: only what ends by then.
    """
    clocks = Deadline.objects.that_matter().filter(records_request__in=requests)
    if until is not None:
        clocks = clocks.filter(due_on__lte=until)
    rows = clocks.order_by("records_request", "due_on", "clock").values_list(
        *ClockRow._fields[:9],
        "records_request__newsroom",
        "records_request__city_slug",
        Coalesce(F("records_request__assigned_to"), F("records_request__created_by")),
    )
    found = map(ClockRow._make, rows.iterator(chunk_size=2000))
    batch: list[ClockRow] = []
    held = 0
    for _, of_request in groupby(found, key=lambda row: row.records_request_id):
        batch += of_request
        held += 1
        if held == BATCH:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def requests_in(rows: Sequence[ClockRow]) -> set[int]:
    return {row.records_request_id for row in rows}
