"""Each declared move from each state: it is made where it is declared, and nowhere else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from requests_app.delivery import outbox
from requests_app.delivery.outbox import moves
from requests_app.delivery.outbox.moves import MOVES, Move
from requests_app.ledger.attribution import Attribution, ByTheDesk
from requests_app.ledger.occasion import Occasion
from requests_app.models import (
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    UndeclaredMoveError,
)
from tests.delivery_states import IN, delivered, in_doubt, queued, recalled
from tests.factories import CLERK, NOW, TODAY

# Each move is made alone here, without the act that makes it and writes the headlines after it.
pytestmark = [pytest.mark.django_db, pytest.mark.tampered]
S = DeliveryState
LATER = NOW + timedelta(hours=1)


def wait_for_turn(delivery: Delivery) -> None:
    """Another letter has taken the only turn of the hour."""
    outbox.wait_for_turn(delivery, at=NOW - timedelta(hours=1))
    outbox.wait_for_turn(delivery, at=NOW - timedelta(hours=1))


def retry_later(delivery: Delivery) -> None:
    outbox.retry_later(delivery, at=NOW, answer="451")


def last_try(delivery: Delivery) -> None:
    delivery.attempts = 99
    outbox.retry_later(delivery, at=NOW, answer="451")


def send_again(delivery: Delivery) -> None:
    occasion = Occasion(Attribution(delivery.created_by, LATER))
    outbox.send_again(delivery, occasion, letter=delivery.letter, to=CLERK, not_before=LATER)


def report_of(delivery: Delivery) -> Event:
    """The bounce that is struck: the last of it, or one that was never recorded."""
    known = delivery.events.filter(kind=EventKind.BOUNCED).last()
    return known or Event(pk=2**31, delivery=delivery, kind=EventKind.BOUNCED)


# What each move is made by. Two of a doubt and two of a bounce share their verb with another move.
BY: dict[Move, Callable[[Delivery], object]] = {
    moves.CLAIM: lambda d: outbox.claim(d.pk, at=LATER),
    moves.WAIT_FOR_TURN: wait_for_turn,
    moves.RETRY_LATER: retry_later,
    moves.GIVE_UP: last_try,
    moves.MARK_SENT: lambda d: outbox.mark_sent(d, at=NOW, answer="250"),
    moves.MARK_FAILED: lambda d: outbox.mark_failed(d, at=NOW, answer="550"),
    moves.MARK_IN_DOUBT: lambda d: outbox.mark_in_doubt(d, at=NOW, answer="it broke"),
    moves.MARK_BOUNCED: lambda d: outbox.mark_bounced(d, by=ByTheDesk(NOW), answer="550"),
    moves.MARK_DELIVERED: lambda d: outbox.mark_delivered(d, at=NOW, answer="250"),
    moves.HAND_OVER: lambda d: outbox.hand_over(
        d, outbox.HandedOver(TODAY), by=Attribution(d.created_by, NOW)
    ),
    moves.RECALL: lambda d: outbox.recall(d, by=Attribution(d.created_by, NOW), ),
    moves.SEND_AGAIN: send_again,
    moves.CONFIRM_SENT: lambda d: outbox.confirm_sent(d, by=Attribution(d.created_by, NOW), ),
    moves.CANCEL: lambda d: outbox.cancel_waiting(d.records_request),
    moves.STRIKE_BOUNCE_OF_SENT: lambda d: outbox.strike_bounce(report_of(d)),
    moves.RESTORE_CANCELED: lambda d: outbox.cancel_and_recall(d.records_request),
}  # fmt: skip
# The steps that one verb takes from a state: its own move, and those that it makes before.
STEPS: dict[tuple[Move, DeliveryState], tuple[Move, ...]] = {
    (moves.MARK_DELIVERED, S.IN_DOUBT): (moves.CLEAR_DOUBT, moves.MARK_DELIVERED),
    (moves.SEND_AGAIN, S.IN_DOUBT): (moves.SEND_DOUBT_AGAIN,),
}


def steps(move: Move, state: DeliveryState) -> tuple[Move, ...]:
    return STEPS.get((move, state), (move,) if state in move.sources else ())


def sending_events(delivery: Delivery) -> list[str]:
    return list(delivery.events.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("move", BY, ids=lambda move: move.name)
def test_a_move_is_made_from_its_sources_alone(move: Move, state: DeliveryState, settings):
    settings.MAIL_PER_HOST_PER_MINUTE = 1
    delivery = IN[state]()
    before = sending_events(delivery)

    BY[move](delivery)

    made = steps(move, state)
    delivery.refresh_from_db()
    assert delivery.state == (made[-1].target if made else state)
    assert sending_events(delivery) == before + [step.event for step in made if step.event]


BOUNCED_FROM = {
    moves.STRIKE_BOUNCE_OF_DELIVERED: delivered,
    moves.STRIKE_BOUNCE_IN_DOUBT: in_doubt,
}


@pytest.mark.parametrize("move", BOUNCED_FROM, ids=lambda move: move.name)
def test_a_struck_bounce_leaves_the_letter_where_it_was(move: Move):
    delivery = BOUNCED_FROM[move]()
    outbox.mark_bounced(delivery, by=ByTheDesk(NOW), answer="550")

    assert outbox.strike_bounce(report_of(delivery))

    delivery.refresh_from_db()
    assert delivery.state == move.target


def test_every_declared_move_is_walked():
    walked = {step for move in BY for state in S for step in steps(move, state)}

    assert walked | set(BOUNCED_FROM) == set(MOVES)


def test_each_state_is_reached_or_begun_with():
    assert {move.target for move in MOVES} | {S.BY_HAND} == set(S)


def test_each_name_is_declared_once():
    assert len({move.name for move in MOVES}) == len(MOVES)


def test_each_event_of_a_delivery_is_left_by_a_move():
    assert {move.event for move in MOVES if move.event} == {
        EventKind.SENT, EventKind.DELIVERED, EventKind.BOUNCED, EventKind.RECALLED,
        EventKind.SENDING_FAILED, EventKind.SENDING_IN_DOUBT, EventKind.SENDING_RETRIED,
    }  # fmt: skip


def test_a_move_that_is_not_declared_is_refused():
    delivery = recalled()
    undeclared = Move("pretend", (S.RECALLED,), S.DELIVERED, EventKind.DELIVERED)

    with pytest.raises(UndeclaredMoveError, match="pretend is not declared"):
        moves.make(undeclared, delivery)

    delivery.refresh_from_db()
    assert delivery.state == S.RECALLED


def update(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=S.SENT, sent_at=NOW)


def update_by_name(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(**{"sta" + "te": S.SENT, "sent_at": NOW})


def update_elsewhere(delivery: Delivery) -> None:
    """A declared move's rows, taken to where it does not lead."""
    moves.able_to(moves.CLAIM, Delivery.objects.all()).update(state=S.SENT, sent_at=NOW)


def update_of_its_request(delivery: Delivery) -> None:
    delivery.records_request.deliveries.update(state=S.SENT, sent_at=NOW)


def save(delivery: Delivery) -> None:
    delivery.state, delivery.sent_at = S.SENT, NOW
    delivery.save()


def save_a_field(delivery: Delivery) -> None:
    delivery.state, delivery.sent_at = S.SENT, NOW
    delivery.save(update_fields=["state", "sent_at"])


def bulk_update(delivery: Delivery) -> None:
    delivery.state, delivery.sent_at = S.SENT, NOW
    Delivery.objects.bulk_update([delivery], ["state", "sent_at"])


@pytest.mark.parametrize(
    "way",
    [
        update, update_by_name, update_elsewhere, update_of_its_request, save, save_a_field,
        bulk_update,
    ],
)  # fmt: skip
def test_no_other_way_writes_a_state(way: Callable[[Delivery], None]):
    delivery = queued()

    with pytest.raises(UndeclaredMoveError), transaction.atomic():
        way(delivery)

    delivery.refresh_from_db()
    assert delivery.state == S.QUEUED


def test_what_is_no_state_is_saved_as_ever():
    delivery = queued()
    delivery.confirmation = "RR 12"

    delivery.save()

    delivery.refresh_from_db()
    assert delivery.confirmation == "RR 12"
