"""Some hundreds of requests with their clocks, and what a reader is to be told of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

import structlog

from cities.calendar.business_days import calendars
from requests_app.headlines import still_matters
from requests_app.ledger.inputs import Closures, closures_for
from requests_app.models import Deadline, RecordsRequest, Reminder, ReminderKind
from requests_app.reminders.planning.readers import Reader, owner_id_of
from requests_app.reminders.planning.reminder_days import (
    BusinessDays,
    Clock,
    Period,
    Step,
    is_last_call,
    steps,
)

log = structlog.get_logger(__name__)


class Key(NamedTuple):
    """A deadline as reminders know it. One that moves becomes another."""

    records_request_id: int
    clock: str
    route: str
    occurrence: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Due:
    """The newest step of one deadline that a reader was not told, and the days it stands for."""

    request: RecordsRequest
    key: Key
    kind: ReminderKind
    step: Step
    missed: tuple[date, ...]


@dataclass(slots=True)
class Batch:
    """Requests, their clocks, and what could not be read of them."""

    requests: Sequence[RecordsRequest]
    clocks: Mapping[int, list[Deadline]]
    active: Mapping[int, set[int]]
    at: datetime
    closures: Closures = field(default_factory=dict)
    places: dict[tuple[int, str], tuple[date, BusinessDays]] = field(default_factory=dict)
    problems: dict[int, str] = field(default_factory=dict)

    def place(self, request: RecordsRequest) -> tuple[date, BusinessDays]:
        """The day it is in its city, and the city's days: looked up once for the whole batch.

        As the newsroom knows them; lateness is counted on the generous reading.
        """
        key = (request.newsroom_id, request.city_slug)
        if key not in self.places:
            city, closures = request.city, closures_for(request, self.closures)
            days = calendars(city.statute.calendar, closures).generous
            self.places[key] = (city.local_date(self.at), days)
        return self.places[key]

    def is_of_nobody(self, request: RecordsRequest) -> bool:
        return owner_id_of(request) not in self.active.get(request.newsroom_id, set())


def read(
    requests: Sequence[RecordsRequest], *, active: Mapping[int, set[int]], at: datetime
) -> Batch:
    """One query for the clocks; the long reasons are read when a mail is written."""
    clocks: dict[int, list[Deadline]] = defaultdict(list)
    rows = Deadline.objects.running().filter(records_request__in=requests)
    for row in rows.defer("explanation", "rule", "citation"):
        clocks[row.records_request_id].append(row)
    return Batch(requests, clocks, active, at)


def due_for(reader: Reader, batch: Batch) -> list[Due]:
    """What of the batch this reader was not told yet: one query for all that they were told."""
    told = _told(reader, batch)
    found: list[Due] = []
    for request in batch.requests:
        if request.newsroom_id != reader.newsroom_id:
            continue
        if not reader.is_editor and owner_id_of(request) != reader.user.pk:
            continue
        for row in batch.clocks.get(request.pk, []):
            try:
                found += _of_clock(reader, request, row, batch, told)
            # Whatever is wrong with one row or with a city's pack, the others' mails go out.
            except Exception as error:
                if request.pk not in batch.problems:
                    log.exception("reminders of a request", request=request.reference)
                batch.problems[request.pk] = f"{type(error).__name__}: {error}"
    return found


def _told(reader: Reader, batch: Batch) -> dict[Key, date]:
    """Through which day the reader was told of each deadline."""
    told: dict[Key, date] = {}
    rows = Reminder.objects.filter(user=reader.user, records_request__in=batch.requests)
    for *key, on in rows.values_list(*Key._fields, "step_on"):
        known = Key._make(key)
        told[known] = max(told.get(known, on), on)
    return told


def _of_clock(
    reader: Reader,
    request: RecordsRequest,
    row: Deadline,
    batch: Batch,
    told: Mapping[Key, date],
) -> list[Due]:
    """One, or none."""
    if not counts(request, row):
        return []
    owns = owner_id_of(request) == reader.user.pk
    today, days = batch.place(request)
    clock, key = clock_of(row), key_of(row)
    since = (told.get(key), reader.after, date.min)
    found = steps(
        clock,
        reader.rules,
        days,
        for_editors=not owns and not batch.is_of_nobody(request),
        within=Period(max(day for day in since if day is not None), today),
    )
    if not found:
        return []
    kind = kind_of(clock, found, owns=owns)
    if not reader.wants(kind):
        return []
    return [Due(request, key, kind, found[-1], _missed(found, reader, today))]


def _missed(found: Sequence[Step], reader: Reader, today: date) -> tuple[date, ...]:
    """The days since the reader's last round on which they should have been told."""
    last = reader.choices.last_round_on
    return tuple(step.on for step in found if last is not None and last < step.on < today)


def counts(request: RecordsRequest, row: Deadline) -> bool:
    """Whether anybody is to be told of it: what still matters, and what we set ourselves."""
    return row.is_reminder or still_matters(row, is_pending=request.is_pending)


def clock_of(row: Deadline) -> Clock:
    return Clock(row.whose, row.status, row.starts_on, row.due_on, row.is_reminder)


def key_of(row: Deadline) -> Key:
    assert row.due_on is not None
    return Key(row.records_request_id, row.clock, row.route, row.occurrence, row.due_on)


def kind_of(clock: Clock, found: Sequence[Step], *, owns: bool) -> ReminderKind:
    """A last call is for whose request it is; to anybody else it is an escalation.

    One that was missed is still one: nobody switched off hearing of it a day late.
    """
    if not owns:
        return ReminderKind.ESCALATION
    if any(is_last_call(clock, step) for step in found):
        return ReminderKind.LAST_CALL
    return ReminderKind.OURS if clock.is_ours else ReminderKind.CITY
