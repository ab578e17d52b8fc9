"""What became of a message: by the server's answer, or by a report that came later."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from requests_app.delivery.outbox import moves
from requests_app.delivery.outbox.moves import make, make_with_event
from requests_app.leases import wait_after
from requests_app.ledger.attribution import ByTheDesk, Recorder
from requests_app.ledger.occasion import Occasion
from requests_app.ledger.record_event import record
from requests_app.models import Delivery, Event, EventKind
from requests_app.office_hours import facts_of_leaving


def mark_sent(
    delivery: Delivery,
    *,
    at: datetime,
    answer: str,
    server: str = "",
    refused_copies: Collection[str] = (),
) -> bool:
    """The server took it, perhaps not for every copy."""
    data: dict[str, Any] = {
        "answer": answer,
        "server": server,
        "message_id": delivery.message_id,
    }
    data |= {"refused_copies": list(refused_copies)} if refused_copies else {}
    data |= hour_kept(delivery, at)
    return bool(
        make_with_event(
            moves.MARK_SENT,
            delivery,
            Occasion(ByTheDesk(at), data=data),
            sent_at=at,
            last_answer=answer,
            server=server,
        )
    )


def hour_kept(delivery: Delivery, at: datetime | None) -> dict[str, str]:
    """The hour at which it left, for the office's clock; a body that reviews has none of ours."""
    if delivery.appeal_id:
        return {}
    return facts_of_leaving(delivery.records_request, delivery.channel, at)


def retry_later(
    delivery: Delivery,
    *,
    at: datetime,
    answer: str,
    wait: timedelta | None = None,
    at_least: timedelta = timedelta(0),
) -> bool:
    """The server is away or said "later": wait longer each time, then give up in plain sight."""
    if delivery.attempts >= settings.DELIVERY_MAX_ATTEMPTS:
        return give_up(delivery, at=at, answer=answer)
    if wait is None:
        wait = wait_after(delivery.attempts, at_least=at_least)
    return make(
        moves.RETRY_LATER,
        delivery,
        not_before=at + wait,
        turn_at=None,
        handed_at=None,
        leased_until=None,
        last_answer=answer,
    )


def give_up(delivery: Delivery, *, at: datetime, answer: str) -> bool:
    """The server was away or said "later" to the last try too."""
    return _not_sent(moves.GIVE_UP, delivery, at, answer)


def mark_failed(delivery: Delivery, *, at: datetime, answer: str) -> bool:
    """The server refused it for good."""
    return _not_sent(moves.MARK_FAILED, delivery, at, answer)


def mark_in_doubt(delivery: Delivery, *, at: datetime, answer: str) -> bool:
    """The line broke after the message was given: only a person can say whether it arrived."""
    occasion = Occasion(ByTheDesk(at), data={"answer": answer})
    return bool(make_with_event(moves.MARK_IN_DOUBT, delivery, occasion, last_answer=answer))


def note_report(delivery: Delivery, *, answer: str) -> None:
    """A report that moves nothing, as of a delay: its words stand at the delivery.

    Whoever files the report writes its event.
    """
    Delivery.objects.filter(pk=delivery.pk, state__in=moves.MARK_BOUNCED.sources).update(
        last_answer=answer
    )


def note_copies_back(
    delivery: Delivery, copies: Sequence[str], *, by: Recorder, answer: str
) -> Event:
    """A report says that these copies came back. The letter itself stands as it was sent."""
    note_report(delivery, answer=f"No copy reached {', '.join(copies)}: {answer}")
    data = {"refused_copies": list(copies), "answer": answer}
    occasion = Occasion(by, data=data, appeal=delivery.appeal, delivery=delivery)
    return record(delivery.records_request, EventKind.COPY_CAME_BACK, occasion)


def mark_bounced(delivery: Delivery, *, by: Recorder, answer: str) -> Event | None:
    """A report says that it came back, or a person does. What never left cannot: None."""
    occasion = Occasion(by, data={"answer": answer})
    return make_with_event(moves.MARK_BOUNCED, delivery, occasion, last_answer=answer)


@transaction.atomic
def mark_delivered(delivery: Delivery, *, at: datetime, answer: str) -> Event | None:
    """A report says that it reached the mailbox. The event, or None: nothing was moved.

    What was in doubt was sent, then: it counts from when the server was given it.
    """
    occasion = Occasion(ByTheDesk(at), data={"answer": answer})
    left_at = delivery.handed_at or at
    day = delivery.records_request.city.local_date(left_at)
    data = {"answer": answer, **hour_kept(delivery, left_at)}
    sent = Occasion(ByTheDesk(at), on=day, data=data)
    make_with_event(moves.CLEAR_DOUBT, delivery, sent, sent_at=F("handed_at"))
    return make_with_event(moves.MARK_DELIVERED, delivery, occasion, last_answer=answer)


def _not_sent(move: moves.Move, delivery: Delivery, at: datetime, answer: str) -> bool:
    occasion = Occasion(ByTheDesk(at), data={"answer": answer})
    return bool(make_with_event(move, delivery, occasion, handed_at=None, last_answer=answer))
