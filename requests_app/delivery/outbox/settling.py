"""What became of a message: by the server's answer, or by a report that came later."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from requests_app.delivery.back_off import wait_after
from requests_app.delivery.outbox.rows import claimed, in_state, settle
from requests_app.models import Delivery, DeliveryState, Event, EventKind, User

S = DeliveryState


def settle_sent(delivery: Delivery, *, at: datetime, answer: str, server: str = "") -> bool:
    """The server took it."""
    fields = {"state": S.SENT, "sent_at": at, "last_answer": answer, "server": server}
    rows, name = claimed(delivery), delivery.message_id
    told = settle(
        delivery, rows, fields, EventKind.SENT, at=at, answer=answer, server=server, message_id=name
    )
    return bool(told)


def settle_not_now(
    delivery: Delivery,
    *,
    at: datetime,
    answer: str,
    wait: timedelta | None = None,
    at_least: timedelta = timedelta(0),
) -> bool:
    """The server is away or said "later": wait longer each time, then give up in plain sight."""
    if delivery.attempts >= settings.DELIVERY_MAX_ATTEMPTS:
        return settle_failed(delivery, at=at, answer=answer)
    if wait is None:
        wait = wait_after(delivery.attempts, at_least=at_least)
    fields = {"state": S.QUEUED, "not_before": at + wait, "turn_at": None, "handed_at": None}
    return bool(claimed(delivery).update(**fields, leased_until=None, last_answer=answer))


def settle_failed(delivery: Delivery, *, at: datetime, answer: str) -> bool:
    """The server refused it for good."""
    fields = {"state": S.FAILED, "handed_at": None, "last_answer": answer}
    kind = EventKind.SENDING_FAILED
    return bool(settle(delivery, claimed(delivery), fields, kind, at=at, answer=answer))


def settle_in_doubt(delivery: Delivery, *, at: datetime, answer: str) -> bool:
    """The line broke after the message was given: only a person can say whether it arrived."""
    fields = {"state": S.IN_DOUBT, "last_answer": answer}
    kind = EventKind.SENDING_IN_DOUBT
    return bool(settle(delivery, claimed(delivery), fields, kind, at=at, answer=answer))


def settle_bounced(
    delivery: Delivery,
    *,
    at: datetime,
    answer: str,
    is_final: bool = True,
    by: User | None = None,
) -> Event | None:
    """A report says that it came back, or a person does. The event, or None: nothing was moved.

    A report of a mere delay (`is_final` false) moves nothing: its words stand at the delivery, and
    whoever files the report writes its event. So it is with a bounce of what never left.
    """
    rows = in_state(delivery, S.SENT, S.DELIVERED, S.IN_DOUBT)
    if not is_final:
        rows.update(last_answer=answer)
        return None
    fields = {"state": S.BOUNCED, "last_answer": answer}
    return settle(delivery, rows, fields, EventKind.BOUNCED, at=at, by=by, answer=answer)


@transaction.atomic
def settle_delivered(delivery: Delivery, *, at: datetime, answer: str) -> Event | None:
    """A delivery report says that it reached the mailbox. The event, or None: nothing was moved.

    What was in doubt was sent, then: it counts from when the server was given it.
    """
    doubtful = in_state(delivery, S.IN_DOUBT)
    on = delivery.records_request.city.local_date(delivery.handed_at or at)
    sent = {"state": S.SENT, "sent_at": F("handed_at")}
    settle(delivery, doubtful, sent, EventKind.SENT, at=at, on=on, answer=answer)
    fields: dict[str, Any] = {"state": S.DELIVERED, "last_answer": answer}
    rows = in_state(delivery, S.SENT)
    return settle(delivery, rows, fields, EventKind.DELIVERED, at=at, answer=answer)
