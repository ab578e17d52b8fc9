"""The mails still to send, and the only code that moves a notice from one state to another.

As with a letter to a city, a claim is a compare-and-set and the row says what may have happened.
Unlike there, a doubt is sent once more: a reminder that comes twice is a nuisance, one that never
comes can cost an appeal. It has the same Message-ID, so most mailboxes show it once. A second
doubt stops, in plain sight of the admins.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, QuerySet

from requests_app.leases import Lease, wait_after
from requests_app.models import Notice, NoticeState

DIED_BEFORE = "The worker stopped before the mail was given to the server."
DIED_AFTER = "The worker stopped while the mail was given to the server."

S = NoticeState
LEASE = Lease(S.QUEUED, S.SENDING)


def claim(notice_id: int, *, at: datetime) -> Notice | None:
    """Take one due mail for sending; None if it is not waiting (any more)."""
    due = Notice.objects.due(at=at).filter(pk=notice_id)
    if not LEASE.claim(due, at=at, handed_at=None):
        return None
    found = Notice.objects.select_related(
        "user__reminder_choices",
        "user__membership__newsroom__reminder_policy",
        "records_request",
        "communication__mail",
        "communication__event",
    )
    return found.defer("records_request__letter_text", "records_request__particulars").get(
        pk=notice_id
    )


def mark_handed(notice: Notice, *, at: datetime) -> bool:
    """Write down that the server is about to be given the mail. False: the claim was lost."""
    return LEASE.write(notice, handed_at=at)


def mark_sent(notice: Notice, *, at: datetime) -> bool:
    return LEASE.write(notice, state=S.SENT, sent_at=at, last_answer="")


def mark_silent(notice: Notice) -> bool:
    """What it was to tell no longer holds, or nobody wants to know."""
    return LEASE.write(notice, state=S.SILENT, last_answer="")


def mark_failed(notice: Notice, *, answer: str) -> bool:
    return LEASE.write(notice, state=S.FAILED, last_answer=answer)


def retry_later(notice: Notice, *, at: datetime, answer: str) -> bool:
    """Nothing was given: wait longer each time, then give up in plain sight."""
    if notice.attempts >= settings.DELIVERY_MAX_ATTEMPTS:
        return mark_failed(notice, answer=answer)
    not_before = at + wait_after(notice.attempts, stretch=0)
    return LEASE.retry_later(notice, not_before=not_before, handed_at=None, last_answer=answer)


def retry_in_doubt(notice: Notice, *, at: datetime, answer: str) -> bool:
    """The server may have it: once more, and no more than once."""
    if notice.doubts:
        return mark_failed(notice, answer=f"{answer} It was sent twice and may have arrived.")
    not_before = at + wait_after(1, stretch=0)
    return LEASE.retry_later(
        notice, not_before=not_before, doubts=F("doubts") + 1, handed_at=None, last_answer=answer
    )


def release_stuck(*, at: datetime) -> int:
    """What a dead worker left: another try."""
    silent_since = at - timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
    stuck = list(Notice.objects.stuck(claimed_before=silent_since))
    for notice in stuck:
        if notice.handed_at is None:
            retry_later(notice, at=at, answer=DIED_BEFORE)
        else:
            retry_in_doubt(notice, at=at, answer=DIED_AFTER)
    return len(stuck)


def try_again(notices: QuerySet[Notice], *, at: datetime) -> int:
    """A person wants the failed ones tried again; how many there were."""
    return notices.filter(state=S.FAILED).update(
        state=S.QUEUED, not_before=at, attempts=0, doubts=0, handed_at=None
    )
