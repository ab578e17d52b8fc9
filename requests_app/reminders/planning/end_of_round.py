"""The end of a reader's round: what they set for themselves, the digest, and the day noted."""

from datetime import datetime

from django.db import transaction

from requests_app.models import (
    Notice,
    PersonalReminder,
    RecordsRequest,
    Reminder,
    ReminderChoices,
    ReminderKind,
)
from requests_app.reminders.mails.followed_news import claim_news
from requests_app.reminders.planning.message_ids import message_id
from requests_app.reminders.planning.mornings import has_digest
from requests_app.reminders.planning.readers import Reader

PERSONAL = "personal"  # stands in a reminder's key where a clock's name does


@transaction.atomic
def end_round(reader: Reader, *, at: datetime) -> int:
    """How many mails were added. 0 where another run has ended the round meanwhile."""
    assert reader.on is not None
    row = ReminderChoices.objects.select_for_update(no_key=True).get(pk=reader.choices.pk)
    if row.last_round_on is not None and row.last_round_on >= reader.on:
        return 0
    is_first = row.begun_on is None
    row.begun_on, row.last_round_on = row.begun_on or reader.on, reader.on
    row.save(update_fields=["begun_on", "last_round_on"])
    # A newcomer's first digest is tomorrow's: nothing has come in for them yet.
    wants_digest = reader.wants(ReminderKind.DIGEST) and has_digest(reader.on) and not is_first
    return _personal(reader, at=at) + (_digest(reader, at=at) if wants_digest else 0)


def _digest(reader: Reader, *, at: datetime) -> int:
    assert reader.on is not None
    digest = Notice.objects.create(
        user=reader.user,
        kind=ReminderKind.DIGEST,
        on=reader.on,
        message_id=message_id(reader.user.pk, ReminderKind.DIGEST, reader.on),
        not_before=at,
        created_at=at,
    )
    claim_news(digest)
    return 1


def _personal(reader: Reader, *, at: datetime) -> int:
    """One mail each: a note that somebody wrote is not to be found under another's."""
    assert reader.on is not None
    if not reader.wants(ReminderKind.PERSONAL):
        return 0
    seen = RecordsRequest.objects.visible_to(reader.user)
    told = Reminder.objects.filter(user=reader.user, clock=PERSONAL).values("occurrence")
    due = PersonalReminder.objects.due(on=reader.on).filter(
        user=reader.user, records_request__in=seen
    )
    found = list(due.exclude(pk__in=told))
    for one in found:
        notice = Notice.objects.create(
            user=reader.user,
            kind=ReminderKind.PERSONAL,
            records_request_id=one.records_request_id,
            on=reader.on,
            message_id=message_id(reader.user.pk, PERSONAL, one.pk, one.due_on),
            not_before=at,
            created_at=at,
        )
        Reminder.objects.create(
            notice=notice,
            user=reader.user,
            records_request_id=one.records_request_id,
            clock=PERSONAL,
            occurrence=one.pk,
            due_on=one.due_on,
            step="day",
            step_on=one.due_on,
        )
    return len(found)
