"""What a person does with a letter on its way: hand over, recall, send again, settle a doubt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from requests_app.delivery.outbox import moves
from requests_app.delivery.outbox.moves import make_with_event
from requests_app.delivery.outbox.outcomes import hour_kept
from requests_app.delivery.outbox.queue import new_message_id, notify_worker
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import (
    Attachment,
    Delivery,
    DeliveryState,
    EarlierSending,
    FileLink,
    Letter,
    RecordsRequest,
)
from requests_app.models.letters.delivery import new_return_token

S = DeliveryState


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The day, the hour on the city's clock where somebody says it, and what confirms it."""

    on: date
    hour: time | None = None
    confirmation: str = ""


def hand_over(delivery: Delivery, handed: HandedOver, *, by: Attribution) -> bool:
    """A person posted, carried, pasted or phoned it on that day. False: it was not waiting."""
    city, on, confirmation = delivery.records_request.city, handed.on, handed.confirmation
    # Without its hour, only the day is known.
    hour = datetime.combine(on, handed.hour or time(12), tzinfo=city.tz)
    sent_at = by.at if on == city.local_date(by.at) and handed.hour is None else hour
    kept = hour_kept(delivery, hour if handed.hour else None)
    occasion = Occasion(by, on=on, data={"confirmation": confirmation, **kept})
    fields = {"sent_at": sent_at, "confirmation": confirmation}
    return bool(make_with_event(moves.HAND_OVER, delivery, occasion, **fields))


@transaction.atomic
def recall(
    delivery: Delivery,
    *,
    by: Attribution,
) -> int:
    """Keep home what of a letter has not left, in all its parts; how many messages that were."""
    occasion = Occasion(by)
    return sum(
        bool(make_with_event(moves.RECALL, part, occasion, turn_at=None))
        for part in messages_of(delivery)
    )


@transaction.atomic
def send_again(
    delivery: Delivery, occasion: Occasion, *, letter: Letter, to: str, not_before: datetime
) -> bool:
    """Another try of what failed, came back, was recalled or is in doubt. False: none of these.

    The other parts of the letter that nobody has go along; one that is in doubt does not.
    """
    was_moved = False
    for part in messages_of(delivery):
        is_it = part.pk == delivery.pk
        fields: dict[str, Any] = {
            "letter": letter,
            "to": to,
            **_name(part, letter),
            "attempts": 0,
            "not_before": not_before,
            "turn_at": None,
            "claimed_at": None,
            "handed_at": None,
        }
        tried = (moves.SEND_AGAIN, *([moves.SEND_DOUBT_AGAIN] if is_it else []))
        if any(make_with_event(move, part, occasion, **fields) for move in tried):
            _keep_earlier(part, renamed="message_id" in fields, at=occasion.by.at)
            part.not_before = not_before
            notify_worker(part, at=occasion.by.at)
            was_moved = was_moved or is_it
    return was_moved


def exchange_files(delivery: Delivery, *, by_name: Mapping[str, Attachment]) -> None:
    """Of a letter that was issued anew, each file that was made anew goes in the place of the one
    of its name, enclosed or by link."""
    for part in messages_of(delivery):
        part.files.set([by_name.get(file.name, file) for file in part.files.order_by("pk")])
        for link in part.links.select_related("attachment"):
            if file := by_name.get(link.attachment.name):
                FileLink.objects.filter(pk=link.pk).update(attachment=file)


def confirm_sent(
    delivery: Delivery,
    *,
    by: Attribution,
) -> bool:
    """A person found that a message in doubt did arrive; it counts from when the server had it."""
    left_at = delivery.handed_at or by.at
    day = delivery.records_request.city.local_date(left_at)
    data = {"answer": "confirmed by a person", **hour_kept(delivery, left_at)}
    occasion = Occasion(by, on=day, data=data)
    return bool(make_with_event(moves.CONFIRM_SENT, delivery, occasion, sent_at=F("handed_at")))


def cancel_empty(delivery: Delivery) -> None:
    """Of a letter's messages: those that have nothing to carry any more do not leave."""
    going = []
    for message in messages_of(delivery):
        if message.part > 1 and not message.files.exists():
            moves.make(moves.CANCEL, message)
        else:
            going.append(message.pk)
    for part, pk in enumerate(going, start=1):
        Delivery.objects.filter(pk=pk).update(part=part, parts=len(going))


def cancel_waiting(records_request: RecordsRequest) -> int:
    """What has not left when a request is withdrawn does not leave any more."""
    waiting = moves.able_to(moves.CANCEL, records_request.deliveries.all())
    return waiting.update(state=moves.CANCEL.target)


def messages_of(delivery: Delivery) -> QuerySet[Delivery]:
    """All the messages that carry it, in order; one, where it fits into one."""
    first = delivery.first_part_id or delivery.pk
    return Delivery.objects.filter(Q(pk=first) | Q(first_part=first)).order_by("part")


def _name(part: Delivery, letter: Letter) -> dict[str, str]:
    """Nothing new for the same message, which a mailbox that has it already may know by its name.
    Another name for what came back, or might be there with other words: a late report of the first
    is not one of the second."""
    might_be_there = part.state == S.IN_DOUBT and letter.pk != part.letter_id
    if part.state == S.BOUNCED or might_be_there:
        return {"message_id": new_message_id(), "return_token": new_return_token()}
    return {}


def _keep_earlier(part: Delivery, *, renamed: bool, at: datetime) -> None:
    """The name it went under, as it was read before it was moved."""
    if renamed:
        EarlierSending.objects.create(
            delivery=part,
            to=part.to,
            message_id=part.message_id,
            return_token=part.return_token,
            replaced_at=at,
        )
