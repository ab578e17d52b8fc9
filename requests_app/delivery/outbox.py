"""The rows still to send, and the only code that moves a delivery from one state to another.

Every claim is a compare-and-set on the row, so two workers never send one letter. What a step
leaves behind tells the next one what happened, whatever died in between:

1. QUEUED    a promise; nobody has it.
2. SENDING   a worker claimed it (`claimed_at`). If it dies here, nothing was given to a server.
3. SENDING   with `handed_at`: the message may have been given. If it dies here: IN_DOUBT.
4. SENT      the server took it.   FAILED / QUEUED again   the server said no, or not now.
"""

from datetime import date, datetime, time, timedelta
from email.utils import make_msgid
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from requests_app import ledger
from requests_app.models import (
    Appeal,
    Channel,
    Delivery,
    DeliveryState,
    EventKind,
    Letter,
    RecordsRequest,
    User,
)

# Waits between tries of a server that says "not now"; about nine hours in all.
BACK_OFF = [timedelta(minutes=m) for m in (1, 3, 10, 30, 60, 120, 300)]
DELIVER = "requests_app.delivery.tasks.deliver"

S = DeliveryState


def enqueue(
    records_request: RecordsRequest,
    letter: Letter,
    *,
    channel: Channel,
    to_name: str,
    to: str,
    by: User,
    at: datetime,
    appeal: Appeal | None = None,
) -> Delivery:
    """Promise that a letter will go. An e-mail is hurried to the worker once this commits."""
    delivery = Delivery.objects.create(
        records_request=records_request,
        appeal=appeal,
        letter=letter,
        channel=channel,
        to_name=to_name,
        to=to,
        state=S.BY_HAND if channel.is_by_hand else S.QUEUED,
        message_id=make_msgid(domain=settings.MAIL_DOMAIN),
        not_before=at,
        created_at=at,
        created_by=by,
    )
    if not channel.is_by_hand:
        hurry(delivery)
    return delivery


def claim(delivery_id: int, *, at: datetime) -> Delivery | None:
    """Take one due delivery for sending; None if it is not waiting (any more)."""
    taken = (
        Delivery.objects.due(at=at)
        .filter(pk=delivery_id)
        .update(state=S.SENDING, claimed_at=at, handed_at=None, attempts=F("attempts") + 1)
    )
    if not taken:
        return None
    return Delivery.objects.select_related("records_request__newsroom", "letter", "created_by").get(
        pk=delivery_id
    )


def hurry(delivery: Delivery) -> None:
    """Ask the worker once the promise is committed. If the broker is away, the sweep finds it."""
    transaction.on_commit(lambda: current_app.send_task(DELIVER, [delivery.pk]), robust=True)


def mark_handed(delivery: Delivery, *, at: datetime) -> bool:
    """Write down that the server is about to be given the message. False: the claim was lost."""
    return bool(_claimed(delivery).update(handed_at=at))


def settle_sent(delivery: Delivery, *, at: datetime, answer: str) -> bool:
    """The server took it."""
    fields = {"state": S.SENT, "sent_at": at, "last_answer": answer}
    return _settle(delivery, _claimed(delivery), fields, EventKind.SENT, at=at, answer=answer)


def settle_not_now(
    delivery: Delivery, *, at: datetime, answer: str, wait: timedelta | None = None
) -> bool:
    """The server is away or said "later": wait longer each time, then give up in plain sight."""
    if delivery.attempts >= settings.DELIVERY_MAX_ATTEMPTS:
        return settle_failed(delivery, at=at, answer=answer)
    if wait is None:
        wait = BACK_OFF[min(delivery.attempts, len(BACK_OFF)) - 1]
    fields = {"state": S.QUEUED, "not_before": at + wait, "handed_at": None, "last_answer": answer}
    return bool(_claimed(delivery).update(**fields))


def settle_failed(delivery: Delivery, *, at: datetime, answer: str) -> bool:
    """The server refused it for good."""
    fields = {"state": S.FAILED, "handed_at": None, "last_answer": answer}
    return _settle(
        delivery, _claimed(delivery), fields, EventKind.SENDING_FAILED, at=at, answer=answer
    )


def settle_in_doubt(delivery: Delivery, *, at: datetime, answer: str) -> bool:
    """The line broke after the message was given: only a person can say whether it arrived."""
    fields = {"state": S.IN_DOUBT, "last_answer": answer}
    return _settle(
        delivery, _claimed(delivery), fields, EventKind.SENDING_IN_DOUBT, at=at, answer=answer
    )


def release_stuck(*, at: datetime) -> int:
    """Deal with what a dead worker left: another try if nothing was given, else a doubt."""
    expired = at - timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
    stuck = list(Delivery.objects.stuck(claimed_before=expired))
    for delivery in stuck:
        if delivery.handed_at is None:
            answer = "The worker stopped before the message was given to the server."
            settle_not_now(delivery, at=at, answer=answer, wait=timedelta(0))
        else:
            answer = "The worker stopped after the message was given to the server."
            settle_in_doubt(delivery, at=at, answer=answer)
    return len(stuck)


def hand_over(
    delivery: Delivery, *, on: date, by: User, at: datetime, confirmation: str = ""
) -> bool:
    """A person posted, carried, pasted or phoned it on that day. False: it was not waiting."""
    city = delivery.records_request.city
    noon = datetime.combine(
        on, time(12), tzinfo=city.tz
    )  # of an earlier day, only the day is known
    sent_at = at if on == city.local_date(at) else noon
    fields = {"state": S.SENT, "sent_at": sent_at, "confirmation": confirmation}
    return _settle(
        delivery,
        _in_state(delivery, S.BY_HAND),
        fields,
        EventKind.SENT,
        at=at,
        on=on,
        by=by,
        confirmation=confirmation,
    )


def send_again(delivery: Delivery, *, letter: Letter, to: str, by: User, at: datetime) -> bool:
    """Another try of what failed, came back or is in doubt. False: it is none of these."""
    fields: dict[str, Any] = {
        "letter": letter,
        "to": to,
        "state": S.QUEUED,
        "attempts": 0,
        "not_before": at,
        "claimed_at": None,
        "handed_at": None,
    }
    rows = _in_state(delivery, S.FAILED, S.BOUNCED, S.IN_DOUBT)
    with transaction.atomic():
        taken = _settle(delivery, rows, fields, EventKind.SENDING_RETRIED, at=at, by=by)
        if taken:
            hurry(delivery)
    return taken


def confirm_sent(delivery: Delivery, *, by: User, at: datetime) -> bool:
    """A person found that a message in doubt did arrive; it counts from when the server had it."""
    fields = {"state": S.SENT, "sent_at": F("handed_at")}
    on = delivery.records_request.city.local_date(delivery.handed_at or at)
    return _settle(
        delivery,
        _in_state(delivery, S.IN_DOUBT),
        fields,
        EventKind.SENT,
        at=at,
        on=on,
        by=by,
        answer="confirmed by a person",
    )


def cancel_waiting(records_request: RecordsRequest) -> int:
    """What has not left when a request is withdrawn does not leave any more."""
    waiting = [S.QUEUED, S.BY_HAND, S.FAILED]
    return records_request.deliveries.filter(state__in=waiting).update(state=S.CANCELED)


def _in_state(delivery: Delivery, *states: DeliveryState) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=delivery.pk, state__in=states)


def _claimed(delivery: Delivery) -> QuerySet[Delivery]:
    """The row, while the claim that `delivery` was read under still holds."""
    return _in_state(delivery, S.SENDING).filter(claimed_at=delivery.claimed_at)


@transaction.atomic
def _settle(
    delivery: Delivery,
    rows: QuerySet[Delivery],
    fields: dict[str, Any],
    kind: EventKind,
    *,
    at: datetime,
    on: date | None = None,
    by: User | None = None,
    **data: str,
) -> bool:
    """Move the row if it is still where we thought, and write the event that says so."""
    # The request first, then its deliveries: everybody locks in this order.
    request = RecordsRequest.objects.select_for_update().get(pk=delivery.records_request_id)
    if not rows.update(**fields):
        return False
    ledger.record(
        request,
        kind,
        on=on or request.city.local_date(at),
        by=by,
        at=at,
        data={"channel": delivery.channel, "to": delivery.to, **data},
        appeal=delivery.appeal,
        delivery=delivery,
    )
    return True
