"""What each reader is to be told this morning, written down once, before anything is sent.

1. Readers whose morning has come and who had no round on this day yet are due.
2. All open requests with a clock near its day are gone through some hundreds at a time. What a
   reader is to be told of a batch is written in a transaction of the reader's own, under a lock
   on the reader's row: a second run waits, and then finds the keys there.
3. At the end of a round the reader's day is noted. A run that dies before is simply run again;
   one that comes days later tells what is due now, and which days it stands for.

A request whose clocks cannot be read stops nobody: it is kept with its problem, shown to the
admins, and tried again every quarter of an hour until it can be.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from requests_app.catalog.watching import write_news
from requests_app.models import RecordsRequest, ReminderChoices, ReminderProblem
from requests_app.reminders.planning import end_of_round
from requests_app.reminders.planning.clock_rows import ClockRow, batches_of, requests_in
from requests_app.reminders.planning.due_reminders import Due, Round, due_in, not_told_by_now
from requests_app.reminders.planning.readers import Reader, readers
from requests_app.reminders.planning.reminder_days import MOST_DAYS_BEFORE
from requests_app.reminders.planning.write_notices import write

TRIED_AGAIN = timedelta(minutes=15)


@dataclass
class Planned:
    """What a run found to do."""

    readers: int = 0
    notices: int = 0
    problems: dict[int, str] = field(default_factory=dict)


def plan(*, at: datetime) -> Planned:
    """Write down what every reader whose morning has come is to be told."""
    everybody = readers(at=at)
    awake = [reader for reader in everybody if reader.on is not None]
    due = [reader for reader in awake if reader.is_due]
    planned = Planned(readers=len(due))
    active = _by_newsroom(everybody)
    if due:
        due = _with_rows(due, at=at)
        write_news(at=at)  # of what was read of the cities' catalogs since
        # One day more for the zones.
        horizon = at.date() + timedelta(days=MOST_DAYS_BEFORE + 1)
        _go_through(batches_of(_near(due), until=horizon), Round(due, active, at), planned)
        planned.notices += sum(end_of_round.end_round(reader, at=at) for reader in due)
    elif awake and (troubled := _troubled(at)).exists():
        this = Round(_with_rows(awake, at=at), active, at)
        _go_through(batches_of(troubled), this, planned)
    return planned


def _by_newsroom(everybody: Iterable[Reader]) -> dict[int, set[int]]:
    """Who works in each newsroom: the request of somebody who left goes to the editors."""
    found: dict[int, set[int]] = defaultdict(set)
    for reader in everybody:
        found[reader.newsroom_id].add(reader.user.pk)
    return found


def _with_rows(found: Sequence[Reader], *, at: datetime) -> list[Reader]:
    """The same readers, each with a row of choices to lock and to note their days on."""
    new = [reader.choices for reader in found if reader.choices.pk is None]
    if not new:
        return list(found)
    ReminderChoices.objects.bulk_create(new, ignore_conflicts=True)
    return [r for r in readers(at=at, user_ids=[reader.user.pk for reader in found]) if r.on]


def _near(due: Iterable[Reader]) -> QuerySet[RecordsRequest]:
    newsrooms = {reader.newsroom_id for reader in due}
    near: QuerySet[RecordsRequest] = RecordsRequest.objects.open().filter(newsroom__in=newsrooms)
    return near


def _troubled(at: datetime) -> QuerySet[RecordsRequest]:
    """What could not be read a while ago; of what is closed nothing is told any more."""
    closed = ReminderProblem.objects.exclude(records_request__in=RecordsRequest.objects.open())
    closed.delete()
    troubled: QuerySet[RecordsRequest] = RecordsRequest.objects.open().filter(
        reminder_problem__at__lte=at - TRIED_AGAIN
    )
    return troubled


def _go_through(batches: Iterable[list[ClockRow]], this: Round, planned: Planned) -> None:
    known = set(ReminderProblem.objects.values_list("records_request", flat=True))
    for rows in batches:
        found = due_in(rows, this)
        for reader in this.readers:
            if reader.user.pk in found:
                planned.notices += _tell(reader, found[reader.user.pk], at=this.at)
        requests = requests_in(rows)
        problems = {pk: why for pk, why in this.problems.items() if pk in requests}
        _keep_problems(known & requests, problems, at=this.at)
        planned.problems |= problems


@transaction.atomic
def _tell(reader: Reader, found: Sequence[Due], *, at: datetime) -> int:
    """Write what this reader is to be told of these requests; how many mails that is."""
    ReminderChoices.objects.select_for_update(no_key=True).get(pk=reader.choices.pk)
    return write(reader, not_told_by_now(found, reader), at=at)


def _keep_problems(known: set[int], problems: dict[int, str], *, at: datetime) -> None:
    """What cannot be read is shown to the admins, and of `known` ones what can be read is not."""
    if settled := known - problems.keys():
        ReminderProblem.objects.filter(records_request__in=settled).delete()
    for request_id, problem in problems.items():
        ReminderProblem.objects.update_or_create(
            records_request_id=request_id, defaults={"problem": problem, "at": at}
        )
