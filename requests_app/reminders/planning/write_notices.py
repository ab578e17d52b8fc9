"""What is to be told, as rows: one mail a request and kind, one reminder a deadline in it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from requests_app.models import Notice, Reminder, ReminderKind
from requests_app.reminders.planning.due_reminders import Due
from requests_app.reminders.planning.message_ids import message_id
from requests_app.reminders.planning.readers import Reader


def write(reader: Reader, found: Sequence[Due], *, at: datetime) -> int:
    """Two inserts for any number of them; how many mails there are. Called under a lock."""
    assert reader.on is not None
    mails: dict[tuple[int, ReminderKind], list[Due]] = defaultdict(list)
    for due in found:
        mails[due.key.records_request_id, due.kind].append(due)
    notices = [
        Notice(
            user=reader.user,
            kind=kind,
            records_request_id=request_id,
            on=reader.on,
            message_id=message_id(reader.user.pk, *dues[0].key, dues[0].step.name),
            not_before=at,
            created_at=at,
        )
        for (request_id, kind), dues in mails.items()
    ]
    Notice.objects.bulk_create(notices)
    Reminder.objects.bulk_create(
        _reminder(notice, due)
        for notice, dues in zip(notices, mails.values(), strict=True)
        for due in dues
    )
    return len(notices)


def _reminder(notice: Notice, due: Due) -> Reminder:
    return Reminder(
        notice=notice,
        user_id=notice.user_id,
        step=due.step.name,
        step_on=due.step.on,
        missed=[day.isoformat() for day in due.missed],
        **due.key._asdict(),
    )
