"""The messages still to send, and the only code that moves one from one state to another."""

from datetime import datetime, timedelta

from django.conf import settings

from requests_app.leases import Lease, wait_after
from requests_app.models import MessageState, WebhookMessage

S = MessageState
LEASE = Lease(S.QUEUED, S.SENDING)
MOST_ATTEMPTS = 8  # over about nine hours
LONGEST_ANSWER = 500


def claim(message_id: int, *, at: datetime) -> WebhookMessage | None:
    """Take one due message for sending; None if it is not waiting (any more)."""
    due = WebhookMessage.objects.due(at=at).filter(pk=message_id)
    if not LEASE.claim(due, at=at):
        return None
    found = WebhookMessage.objects.select_related(
        "webhook__user__membership__newsroom", "event__records_request"
    )
    return found.get(pk=message_id)


def mark_delivered(message: WebhookMessage, status: int, answer: str, *, at: datetime) -> bool:
    return LEASE.write(
        message, state=S.DELIVERED, delivered_at=at, last_status=status, last_answer=answer
    )


def mark_silent(message: WebhookMessage) -> bool:
    """Its person may not see the request any more, or the address was given up."""
    return LEASE.write(message, state=S.SILENT)


def retry_later(message: WebhookMessage, status: int | None, answer: str, *, at: datetime) -> bool:
    """Wait longer each time, then give up in plain sight."""
    said = {"last_status": status, "last_answer": answer[:LONGEST_ANSWER]}
    if message.attempts >= MOST_ATTEMPTS:
        return LEASE.write(message, state=S.FAILED, **said)
    return LEASE.retry_later(message, not_before=at + wait_after(message.attempts), **said)


def release_stuck(*, at: datetime) -> int:
    """What a dead worker left is sent once more: who is told knows it by its id."""
    silent_since = at - timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
    stuck = WebhookMessage.objects.stuck(claimed_before=silent_since)
    return LEASE.release(stuck, most_attempts=MOST_ATTEMPTS, state=S.FAILED)


def send_again(message: WebhookMessage, *, at: datetime) -> bool:
    """A person wants it sent once more, whatever became of it. False: it waits already."""
    rows = WebhookMessage.objects.filter(pk=message.pk).exclude(state__in=(S.QUEUED, S.SENDING))
    return bool(rows.update(state=S.QUEUED, not_before=at, attempts=0))
