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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from requests_app.ledger.inputs import batches
from requests_app.models import Deadline, RecordsRequest, ReminderChoices, ReminderProblem
from requests_app.reminders.planning import end_of_round
from requests_app.reminders.planning.due_reminders import Batch, Due, due_for, read
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
        _go_through(_near(due, at=at), due, active, planned, at=at)
        planned.notices += sum(end_of_round.end_round(reader, at=at) for reader in due)
    elif awake and (troubled := _troubled(at)).exists():
        _go_through(troubled, _with_rows(awake, at=at), active, planned, at=at)
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


def _near(due: Iterable[Reader], *, at: datetime) -> QuerySet[RecordsRequest]:
    """Open requests with a clock that may have a step by now: one day more for the zones."""
    horizon = at.date() + timedelta(days=MOST_DAYS_BEFORE + 1)
    # Read once, not asked for each request: SQLite would choose the index by day for that.
    clocks = Deadline.objects.running().filter(due_on__lte=horizon).values("records_request")
    newsrooms = {reader.newsroom_id for reader in due}
    near: QuerySet[RecordsRequest] = RecordsRequest.objects.open().filter(
        pk__in=clocks, newsroom__in=newsrooms
    )
    return near


def _troubled(at: datetime) -> QuerySet[RecordsRequest]:
    """What could not be read a while ago; of what is closed nothing is told any more."""
    closed = ReminderProblem.objects.exclude(records_request__in=RecordsRequest.objects.open())
    closed.delete()
    troubled: QuerySet[RecordsRequest] = RecordsRequest.objects.open().filter(
        reminder_problem__at__lte=at - TRIED_AGAIN
    )
    return troubled


def _go_through(
    requests: QuerySet[RecordsRequest],
    due: Sequence[Reader],
    active: Mapping[int, set[int]],
    planned: Planned,
    *,
    at: datetime,
) -> None:
    for some in batches(requests):
        batch = read(some, active=active, at=at)
        for reader in due:
            planned.notices += _tell(reader, batch, at=at)
        _keep_problems(some, batch.problems, at=at)
        planned.problems |= batch.problems


@transaction.atomic
def _tell(reader: Reader, batch: Batch, *, at: datetime) -> int:
    """Write what this reader is to be told of these requests; how many mails that is."""
    ReminderChoices.objects.select_for_update().get(pk=reader.choices.pk)
    found: list[Due] = due_for(reader, batch)
    return write(reader, found, at=at)


@transaction.atomic
def _keep_problems(
    requests: Sequence[RecordsRequest], problems: dict[int, str], *, at: datetime
) -> None:
    """Those that could not be read are shown to the admins; those that can be again are not."""
    ReminderProblem.objects.filter(records_request__in=requests).exclude(
        records_request__in=problems
    ).delete()
    for request_id, problem in problems.items():
        ReminderProblem.objects.update_or_create(
            records_request_id=request_id, defaults={"problem": problem, "at": at}
        )
