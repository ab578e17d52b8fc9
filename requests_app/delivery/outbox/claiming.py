"""A worker's hold on a row: taken once, kept as long as it says so, and freed when it is dead."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from requests_app.delivery import pace
from requests_app.delivery.outbox.rows import claimed
from requests_app.delivery.outbox.settling import settle_in_doubt, settle_not_now
from requests_app.models import Delivery, DeliveryState

S = DeliveryState


def claim(delivery_id: int, *, at: datetime) -> Delivery | None:
    """Take one due delivery for sending; None if it is not waiting (any more)."""
    taken = (
        Delivery.objects.due(at=at)
        .filter(pk=delivery_id)
        .update(
            state=S.SENDING,
            claimed_at=at,
            leased_until=_lease(at),
            handed_at=None,
            attempts=F("attempts") + 1,
        )
    )
    if not taken:
        return None
    company = ("records_request__newsroom", "letter", "first_part", "created_by")
    return Delivery.objects.select_related(*company).get(pk=delivery_id)


def is_its_turn(delivery: Delivery, *, at: datetime) -> bool:
    """Whether it may go now. If not, it waits in the queue for the turn it was given."""
    if pace.is_still_good(delivery.turn_at, at=at):
        return True
    turn = pace.take_turn(delivery.host, at=at)
    if turn <= at:
        return True
    claimed(delivery).update(
        state=S.QUEUED,
        not_before=turn,
        turn_at=turn,
        leased_until=None,
        attempts=F("attempts") - 1,
    )
    return False


def renew(delivery: Delivery, *, at: datetime) -> bool:
    """Say that the worker is still at it. False: the claim was lost."""
    return bool(claimed(delivery).update(leased_until=_lease(at)))


def mark_handed(delivery: Delivery, *, at: datetime) -> bool:
    """Write down that the message is about to be ended. False: the claim was lost."""
    answer_by = _lease(at) + timedelta(seconds=settings.EMAIL_ANSWER_TIMEOUT)
    return bool(claimed(delivery).update(handed_at=at, leased_until=answer_by))


def release_stuck(*, at: datetime) -> int:
    """Deal with all that dead workers left."""
    stuck = list(Delivery.objects.stuck(at=at))
    for delivery in stuck:
        release(delivery, at=at)
    return len(stuck)


def release(delivery: Delivery, *, at: datetime) -> None:
    """What a dead worker left: another try if the server has no whole message, else a doubt.

    Taken over first, as it was seen: a worker that was only slow and has just marked the row keeps
    it; one that comes to its mark later finds its claim lost and ends no message.
    """
    as_seen = claimed(delivery).filter(
        leased_until=delivery.leased_until, handed_at=delivery.handed_at
    )
    if not as_seen.update(claimed_at=at):
        return
    delivery.claimed_at = at
    if delivery.handed_at is None:
        answer = "The worker stopped before the message was given to the server."
        settle_not_now(delivery, at=at, answer=answer, wait=timedelta(0))
    else:
        answer = "The worker stopped after the message was given to the server."
        settle_in_doubt(delivery, at=at, answer=answer)


def _lease(at: datetime) -> datetime:
    return at + timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
