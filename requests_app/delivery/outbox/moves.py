"""Every way a delivery goes from one state to another, on one screen, and the one door to make it.

`docs/states.md` is drawn from `MOVES`. No other code writes a delivery's state: the model refuses
it (`UndeclaredMoveError`).
"""

from dataclasses import replace
from typing import Any, NamedTuple, cast

from django.db import transaction
from django.db.models import QuerySet

from requests_app import ledger
from requests_app.leases import Lease
from requests_app.ledger.occasion import Occasion
from requests_app.models import (
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    RecordsRequest,
    UndeclaredMoveError,
)
from requests_app.models.letters.delivery import DeliveryQuerySet
from requests_app.vocabulary.states import MAY_HAVE_LEFT

S, K = DeliveryState, EventKind
LEASE = Lease(S.QUEUED, S.SENDING)


class Move(NamedTuple):
    """What the drawing calls it, where it may begin, where it ends, and the event it leaves."""

    name: str
    sources: tuple[DeliveryState, ...]
    target: DeliveryState
    event: EventKind | None = None


# A worker takes it, and puts it back.
CLAIM = Move("claim", (S.QUEUED,), S.SENDING)
WAIT_FOR_TURN = Move("wait_for_turn", (S.SENDING,), S.QUEUED)
RETRY_LATER = Move("retry_later", (S.SENDING,), S.QUEUED)
GIVE_UP = Move("give_up", (S.SENDING,), S.FAILED, K.SENDING_FAILED)  # after the last try
# The server answered, or the line broke.
MARK_SENT = Move("mark_sent", (S.SENDING,), S.SENT, K.SENT)
MARK_FAILED = Move("mark_failed", (S.SENDING,), S.FAILED, K.SENDING_FAILED)
MARK_IN_DOUBT = Move("mark_in_doubt", (S.SENDING,), S.IN_DOUBT, K.SENDING_IN_DOUBT)
# A report came later. One that says "delivered" of a message in doubt makes both of its moves.
MARK_BOUNCED = Move("mark_bounced", MAY_HAVE_LEFT, S.BOUNCED, K.BOUNCED)
CLEAR_DOUBT = Move("clear_doubt", (S.IN_DOUBT,), S.SENT, K.SENT)
MARK_DELIVERED = Move("mark_delivered", (S.SENT,), S.DELIVERED, K.DELIVERED)
# A person did it.
HAND_OVER = Move("hand_over", (S.BY_HAND,), S.SENT, K.SENT)
RECALL = Move("recall", (S.QUEUED,), S.RECALLED, K.RECALLED)
SEND_AGAIN = Move("send_again", (S.FAILED, S.BOUNCED, S.RECALLED), S.QUEUED, K.SENDING_RETRIED)
SEND_DOUBT_AGAIN = Move("send_doubt_again", (S.IN_DOUBT,), S.QUEUED, K.SENDING_RETRIED)
CONFIRM_SENT = Move("confirm_sent", (S.IN_DOUBT,), S.SENT, K.SENT)
CANCEL = Move("cancel_waiting", (S.QUEUED, S.BY_HAND, S.FAILED, S.RECALLED), S.CANCELED)
# A correction of the ledger took its reason away, or gave it back: that entry is its event.
STRIKE_BOUNCE_OF_SENT = Move("strike_bounce_of_sent", (S.BOUNCED,), S.SENT)
STRIKE_BOUNCE_OF_DELIVERED = Move("strike_bounce_of_delivered", (S.BOUNCED,), S.DELIVERED)
STRIKE_BOUNCE_IN_DOUBT = Move("strike_bounce_in_doubt", (S.BOUNCED,), S.IN_DOUBT)
RESTORE_CANCELED = Move("restore_canceled", (S.CANCELED,), S.RECALLED)

MOVES = (
    CLAIM, WAIT_FOR_TURN, RETRY_LATER, GIVE_UP, MARK_SENT, MARK_FAILED, MARK_IN_DOUBT,
    MARK_BOUNCED, CLEAR_DOUBT, MARK_DELIVERED, HAND_OVER, RECALL, SEND_AGAIN, SEND_DOUBT_AGAIN,
    CONFIRM_SENT, CANCEL, STRIKE_BOUNCE_OF_SENT, STRIKE_BOUNCE_OF_DELIVERED,
    STRIKE_BOUNCE_IN_DOUBT, RESTORE_CANCELED,
)  # fmt: skip


def able_to(move: Move, deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Those of them that may make the move, to be updated. UndeclaredMoveError: it is none."""
    if move not in MOVES:
        raise UndeclaredMoveError(f"{move.name} is not declared in delivery.outbox.moves.")
    return cast(DeliveryQuerySet, deliveries).moving(move)


def make(move: Move, delivery: Delivery, **fields: Any) -> bool:
    """A move without an event. False: the delivery stands elsewhere, or its claim was lost."""
    return bool(_able(move, delivery).update(state=move.target, **fields))


@transaction.atomic
def make_with_event(
    move: Move, delivery: Delivery, occasion: Occasion, **fields: Any
) -> Event | None:
    """The event of the move; None where nothing moved, as with `make`."""
    if move.event is None:
        raise UndeclaredMoveError(f"{move.name} leaves no event.")
    # The request first, then its deliveries: everybody locks in this order.
    request = RecordsRequest.objects.select_for_update(no_key=True).get(
        pk=delivery.records_request_id
    )
    if not make(move, delivery, **fields):
        return None
    of_it = replace(
        occasion,
        data={"channel": delivery.channel, "to": delivery.to, **occasion.data},
        appeal=delivery.appeal,
        delivery=delivery,
    )
    return ledger.record(request, move.event, of_it)


def _able(move: Move, delivery: Delivery) -> QuerySet[Delivery]:
    """What a worker holds is moved under its claim alone."""
    is_held = S.SENDING in move.sources
    return able_to(
        move, LEASE.held(delivery) if is_held else Delivery.objects.filter(pk=delivery.pk)
    )
