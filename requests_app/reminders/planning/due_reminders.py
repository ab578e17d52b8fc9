"""What each reader is to be told of some hundreds of requests.

A clock is counted once for its owner and once for the editors, whoever of them is due: what a
round costs does not grow with the number of its readers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

import structlog
from django.db.models import Max

from cities.calendar.business_days import calendars
from cities.schema.load import load_city
from requests_app.headlines import still_matters
from requests_app.ledger.inputs import closures_of
from requests_app.models import Deadline, RecordsRequest, Reminder, ReminderKind
from requests_app.reminders.planning.clock_rows import ClockRow, Key, requests_in
from requests_app.reminders.planning.readers import Reader
from requests_app.reminders.planning.reminder_days import (
    BusinessDays,
    Clock,
    Period,
    Step,
    is_last_call,
    newest,
    steps,
)

log = structlog.get_logger(__name__)

Told = Mapping[tuple[int, Key], date]  # by reader and deadline: through which day


class Due(NamedTuple):
    """The newest step of one deadline that a reader was not told, and the days it stands for."""

    key: Key
    kind: ReminderKind
    step: Step
    missed: tuple[date, ...]


@dataclass
class Round:
    """Who is told in it, and what is looked up once for all of it."""

    readers: Sequence[Reader]
    active: Mapping[int, set[int]]  # who works in each newsroom
    at: datetime
    places: dict[tuple[int, str], tuple[date, BusinessDays]] = field(default_factory=dict)
    problems: dict[int, str] = field(default_factory=dict)  # of requests, by their keys

    def __post_init__(self) -> None:
        self._by_user = {reader.user.pk: reader for reader in self.readers}
        self._editors: dict[int, list[Reader]] = defaultdict(list)
        for reader in self.readers:
            if reader.is_editor:
                self._editors[reader.newsroom_id].append(reader)

    def place(self, row: ClockRow) -> tuple[date, BusinessDays]:
        """The day it is in the request's city, and the city's days as the newsroom knows them;
        lateness is counted on the generous reading.
        """
        key = (row.newsroom_id, row.city_slug)
        if key not in self.places:
            city = load_city(row.city_slug)
            days = calendars(city.statute.calendar, closures_of(*key)).generous
            self.places[key] = (city.local_date(self.at), days)
        return self.places[key]

    def listeners(self, row: ClockRow) -> Iterator[Reader]:
        """Its owner, if due this time, and the newsroom's editors."""
        owner = self._by_user.get(row.owner_id)
        if owner and not owner.is_editor and owner.newsroom_id == row.newsroom_id:
            yield owner
        yield from self._editors[row.newsroom_id]


@dataclass(frozen=True, slots=True)
class _Counted:
    """One clock on the day it is in its city."""

    row: ClockRow
    clock: Clock
    today: date
    days: BusinessDays
    is_of_nobody: bool

    def goes_to_editors(self, reader: Reader) -> bool:
        """Whether the reader hears of it as an editor: of one that is nobody's, as its owner."""
        return self.row.owner_id != reader.user.pk and not self.is_of_nobody


def due_in(rows: Sequence[ClockRow], this: Round) -> dict[int, list[Due]]:
    """By the reader's key: what of these clocks they were not told yet."""
    told = told_of(requests_in(rows), [reader.user.pk for reader in this.readers])
    found: dict[int, list[Due]] = defaultdict(list)
    for row in rows:
        try:
            for reader, due in _of_clock(row, this, told):
                found[reader.user.pk].append(due)
        # Whatever is wrong with one row or with a city's pack, the others' mails go out.
        except Exception as error:
            if row.records_request_id not in this.problems:
                log.exception("reminders of a request", request=row.records_request_id)
            this.problems[row.records_request_id] = f"{type(error).__name__}: {error}"
    return found


def not_told_by_now(found: Iterable[Due], reader: Reader) -> list[Due]:
    """Without what another run has written since; asked under the reader's lock."""
    found = list(found)
    told = told_of({due.key.records_request_id for due in found}, [reader.user.pk])
    return [due for due in found if told.get((reader.user.pk, due.key), date.min) < due.step.on]


def told_of(requests: Iterable[int], users: Iterable[int]) -> Told:
    """Through which day each of them was told of each deadline: one query."""
    rows = Reminder.objects.filter(records_request__in=list(requests), user__in=list(users))
    newest_of = rows.values_list("user", *Key._fields).annotate(Max("step_on")).order_by()
    return {(user, Key._make(key)): on for user, *key, on in newest_of}


def _of_clock(row: ClockRow, this: Round, told: Told) -> Iterator[tuple[Reader, Due]]:
    listeners = list(this.listeners(row))
    if not listeners:
        return
    today, days = this.place(row)
    is_of_nobody = row.owner_id not in this.active.get(row.newsroom_id, set())
    counted = _Counted(row, row.counted, today, days, is_of_nobody)
    key = row.key
    last: dict[bool, date | None] = {}  # the newest step's day, for editors and not
    for reader in listeners:
        for_editors = counted.goes_to_editors(reader)
        if for_editors not in last:
            last[for_editors] = newest(
                counted.clock, reader.rules, days, for_editors=for_editors, today=today
            )
        newest_on, after = last[for_editors], reader.after or date.min
        if newest_on is None or newest_on <= after:
            continue
        since = max(told.get((reader.user.pk, key), date.min), after)
        if newest_on > since and (
            due := _told_now(counted, reader, since, for_editors=for_editors)
        ):
            yield reader, due


def _told_now(counted: _Counted, reader: Reader, since: date, *, for_editors: bool) -> Due | None:
    """None where the reader does not want to hear of such."""
    clock, today = counted.clock, counted.today
    found = steps(
        clock, reader.rules, counted.days, for_editors=for_editors, within=Period(since, today)
    )
    if not found:
        return None
    kind = kind_of(clock, found, owns=counted.row.owner_id == reader.user.pk)
    if not reader.wants(kind):
        return None
    return Due(counted.row.key, kind, found[-1], _missed(found, reader, today))


def _missed(found: Sequence[Step], reader: Reader, today: date) -> tuple[date, ...]:
    """The days since the reader's last round on which they should have been told."""
    last = reader.choices.last_round_on
    return tuple(step.on for step in found if last is not None and last < step.on < today)


def counts(request: RecordsRequest, row: Deadline) -> bool:
    """Whether anybody is to be told of it; `Deadline.objects.that_matter` says it of rows."""
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
