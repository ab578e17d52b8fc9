"""What a person does with a letter on its way: hand over, recall, send again, settle a doubt."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import F

from requests_app.delivery.outbox.promising import hurry, new_message_id
from requests_app.delivery.outbox.rows import in_state, of_one_letter, settle
from requests_app.models import (
    Delivery,
    DeliveryState,
    EventKind,
    Letter,
    RecordsRequest,
    User,
)

S = DeliveryState
NOBODY_HAS_IT = (S.FAILED, S.BOUNCED, S.RECALLED)


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
    rows, kind = in_state(delivery, S.BY_HAND), EventKind.SENT
    told = settle(delivery, rows, fields, kind, at=at, on=on, by=by, confirmation=confirmation)
    return bool(told)


@transaction.atomic
def recall(delivery: Delivery, *, by: User, at: datetime) -> int:
    """Keep home what of a letter has not left, in all its parts; how many messages that were."""
    fields = {"state": S.RECALLED, "turn_at": None}
    return sum(
        bool(settle(part, in_state(part, S.QUEUED), fields, EventKind.RECALLED, at=at, by=by))
        for part in of_one_letter(delivery)
    )


@transaction.atomic
def send_again(
    delivery: Delivery,
    *,
    letter: Letter,
    to: str,
    by: User,
    at: datetime,
    not_before: datetime | None = None,
) -> bool:
    """Another try of what failed, came back, was recalled or is in doubt. False: none of these.

    The other parts of the letter that nobody has go along; one that is in doubt does not.
    """
    moved = False
    for part in of_one_letter(delivery):
        is_it = part.pk == delivery.pk
        rows = in_state(part, *NOBODY_HAS_IT, *([S.IN_DOUBT] if is_it else []))
        fields: dict[str, Any] = {
            "letter": letter,
            "to": to,
            "state": S.QUEUED,
            "message_id": _message_id(part, letter),
            "attempts": 0,
            "not_before": not_before or at,
            "turn_at": None,
            "claimed_at": None,
            "handed_at": None,
        }
        if settle(part, rows, fields, EventKind.SENDING_RETRIED, at=at, by=by):
            part.not_before = fields["not_before"]
            hurry(part, at=at)
            moved = moved or is_it
    return moved


def _message_id(part: Delivery, letter: Letter) -> str:
    """The same for the same message, which a mailbox that has it already may know it by. Another
    for what came back, or might be there with other words: a late report of the first is not one
    of the second."""
    might_be_there = part.state == S.IN_DOUBT and letter.pk != part.letter_id
    return new_message_id() if part.state == S.BOUNCED or might_be_there else part.message_id


def confirm_sent(delivery: Delivery, *, by: User, at: datetime) -> bool:
    """A person found that a message in doubt did arrive; it counts from when the server had it."""
    fields = {"state": S.SENT, "sent_at": F("handed_at")}
    on = delivery.records_request.city.local_date(delivery.handed_at or at)
    rows, answer = in_state(delivery, S.IN_DOUBT), "confirmed by a person"
    told = settle(delivery, rows, fields, EventKind.SENT, at=at, on=on, by=by, answer=answer)
    return bool(told)


def cancel_waiting(records_request: RecordsRequest) -> int:
    """What has not left when a request is withdrawn does not leave any more."""
    waiting = [S.QUEUED, S.BY_HAND, S.FAILED, S.RECALLED]
    return records_request.deliveries.filter(state__in=waiting).update(state=S.CANCELED)
