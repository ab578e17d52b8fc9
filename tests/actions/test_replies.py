"""Letters beside the answers: a waiver asked, the request narrowed, thanks, a suit, an end."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.requests import city_progress, ending
from requests_app.actions.sending import deliveries, our_letters
from requests_app.delivery import outbox
from requests_app.ledger.attribution import Attribution
from requests_app.models import DeliveryState, Event, EventKind, LetterKind, RecordsRequest
from requests_app.models import RequestState as S
from tests.factories import (
    CLERK,
    NOW,
    TODAY,
    acting,
    draft,
    in_state,
    let_go,
    mailed,
    said,
    silent,
    submitted,
)

pytestmark = pytest.mark.django_db
NARROWED = ["the index of 2025", "the report of May 3, 2025"]
TEXT = (
    "Dear City Clerk:\n\nWe now ask only for the following:\n\n1. the index of 2025\n"
    "2. the report of May 3, 2025\n"
)


def narrow(
    request: RecordsRequest, narrowed: Sequence[str] = NARROWED, *, answers_question: bool = False
) -> Event:
    our_letters.narrow(
        request, **mailed(request, TEXT, narrowed=narrowed), answers_question=answers_question
    )
    return last(request)


def last(request: RecordsRequest) -> Event:
    own = request.events.exclude(kind=EventKind.DEADLINE_MOVED)
    return own.latest("pk")


def test_narrowing_moves_nothing_and_the_ledger_keeps_what_is_asked_now() -> None:
    request = submitted()

    event = narrow(request)

    assert (event.kind, event.data["narrowed"]) == (EventKind.NARROWED, NARROWED)
    assert event.delivery.letter.kind == LetterKind.NARROWING
    assert event.delivery.letter.facts["narrowed"]["value"] == NARROWED
    request.refresh_from_db()
    assert request.state == S.SUBMITTED


def test_narrowing_may_be_the_answer_to_the_citys_question() -> None:
    request = in_state(S.AWAITING_CLARIFICATION)

    event = narrow(request, answers_question=True)

    request.refresh_from_db()
    assert (event.kind, event.data["narrowed"]) == (EventKind.CLARIFIED, NARROWED)
    assert request.state == S.SUBMITTED


def test_narrowing_leaves_the_citys_question_open_where_it_is_not_the_answer() -> None:
    request = in_state(S.AWAITING_CLARIFICATION)

    event = narrow(request)

    request.refresh_from_db()
    assert (event.kind, request.state) == (EventKind.NARROWED, S.AWAITING_CLARIFICATION)


def test_narrowing_answers_no_question_that_nobody_asked() -> None:
    with pytest.raises(Refused, match="No question of the city's is open"):
        narrow(submitted(), answers_question=True)


def test_narrowing_to_nothing_is_refused() -> None:
    request = submitted()

    with pytest.raises(Refused, match="Say what you ask for now"):
        narrow(request, ["  "])

    assert not request.letters.filter(kind=LetterKind.NARROWING).exists()


@pytest.mark.parametrize("state", [S.SUBMITTED, S.AWAITING_FEES])
def test_waiver_is_asked_for_before_a_fee_is_quoted_and_after(state: str) -> None:
    request = in_state(state)

    our_letters.request_fee_waiver(request, **mailed(request))

    event = last(request)
    assert event.kind == EventKind.FEE_WAIVER_REQUESTED
    assert event.delivery.letter.kind == LetterKind.FEE_WAIVER_REQUEST
    request.refresh_from_db()
    assert request.state == state


def test_waiver_of_a_fee_that_is_paid_is_refused() -> None:
    request = in_state(S.AWAITING_FEES)
    our_letters.pay_fees(request, on=TODAY, **acting(request))

    with pytest.raises(Refused, match="settled on Mon Nov 2, 2026"):
        our_letters.request_fee_waiver(request, **mailed(request))


@pytest.mark.parametrize("state", [S.GRANTED, S.GRANTED_IN_PART, S.CLOSED])
def test_thanks_go_to_a_city_that_gave_something(state: str) -> None:
    request = in_state(state)

    delivery = our_letters.thank(request, **mailed(request))
    let_go(delivery)

    request.refresh_from_db()
    assert request.state == state
    assert request.events.filter(kind=EventKind.THANKED).count() == 1


@pytest.mark.parametrize("state", [S.DRAFT, S.SUBMITTED, S.DENIED, S.WITHDRAWN])
def test_thanks_for_nothing_are_refused(state: str) -> None:
    request = in_state(state)

    with pytest.raises(Refused, match="given nothing yet"):
        our_letters.thank(request, **mailed(request))


@pytest.mark.parametrize("state", [S.DENIED, S.GRANTED_IN_PART, S.NO_RECORDS, S.UNDER_APPEAL])
def test_suit_is_announced_after_a_refusal_and_files_nothing(state: str) -> None:
    request = in_state(state)
    clocks = list(request.deadlines.values_list("clock", "due_on", "status"))

    let_go(our_letters.announce_suit(request, **mailed(request)))

    request.refresh_from_db()
    assert request.state == state
    assert request.events.filter(kind=EventKind.SUIT_ANNOUNCED).count() == 1
    assert list(request.deadlines.values_list("clock", "due_on", "status")) == clocks


def test_suit_is_announced_where_the_city_is_late() -> None:
    request = silent()

    our_letters.announce_suit(request, **mailed(request))

    assert last(request).kind == EventKind.SUIT_ANNOUNCED


@pytest.mark.parametrize("state", [S.SUBMITTED, S.GRANTED, S.IN_LITIGATION, S.CLOSED, S.DRAFT])
def test_suit_without_a_grievance_or_after_its_time_is_refused(state: str) -> None:
    request = in_state(state)

    with pytest.raises(Refused, match="Nothing was changed"):
        our_letters.announce_suit(request, **mailed(request))

    assert not request.events.filter(kind=EventKind.SUIT_ANNOUNCED).exists()


def test_withdrawal_by_letter_cancels_what_waits_but_not_itself() -> None:
    request = submitted()
    follow_up = our_letters.follow_up(request, **mailed(request))

    withdrawal = ending.withdraw_by_letter(request, **mailed(request))

    follow_up.refresh_from_db()
    withdrawal.refresh_from_db()
    request.refresh_from_db()
    assert (follow_up.state, withdrawal.state) == (DeliveryState.CANCELED, DeliveryState.QUEUED)
    assert (request.state, request.ended_on) == (S.WITHDRAWN, TODAY)
    assert request.events.filter(kind=EventKind.WITHDRAWN).count() == 1


def test_withdrawal_ends_the_clocks_before_its_letter_has_left() -> None:
    request = submitted()

    ending.withdraw_by_letter(request, **mailed(request))

    running = request.deadlines.filter(status__in=["running", "projected"])
    assert not running.exists()


def test_withdrawal_by_letter_of_what_reached_nobody_is_refused() -> None:
    waiting = submitted(sent=False)

    for request in (waiting, draft(waiting.created_by)):
        with pytest.raises(Refused, match="withdraw without a letter"):
            ending.withdraw_by_letter(request, **mailed(request))

    waiting.refresh_from_db()
    assert waiting.state == S.SUBMITTED


def test_withdrawal_under_an_open_appeal_is_refused_and_cancels_nothing() -> None:
    request = in_state(S.UNDER_APPEAL)
    suit = our_letters.announce_suit(request, **mailed(request))

    with pytest.raises(Refused, match="An appeal is still open"):
        ending.withdraw_by_letter(request, **mailed(request))

    suit.refresh_from_db()
    assert suit.state == DeliveryState.QUEUED


@pytest.mark.parametrize("is_withdrawal", [True, False])
def test_farewell_that_failed_can_be_sent_again(is_withdrawal: bool) -> None:
    if is_withdrawal:
        request = submitted()
        delivery = ending.withdraw_by_letter(request, **mailed(request))
    else:
        request = in_state(S.CLOSED)
        delivery = our_letters.thank(request, **mailed(request))
    claimed = outbox.claim(delivery.pk, at=NOW)
    assert claimed
    outbox.mark_failed(claimed, at=NOW, answer="550 no such mailbox")
    delivery.refresh_from_db()

    deliveries.retry(
        delivery, by=Attribution(request.created_by, NOW + timedelta(minutes=5)), to=CLERK
    )

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.QUEUED


def test_letters_of_a_closed_request_are_refused() -> None:
    request = in_state(S.CLOSED)

    with pytest.raises(Refused, match="cannot be narrowed"):
        narrow(request)
    with pytest.raises(Refused, match="cannot be asked to be freed of fees"):
        our_letters.request_fee_waiver(request, **mailed(request))


def test_letter_that_departs_from_the_law_says_so_once_it_is_issued() -> None:
    request = submitted(at=NOW - timedelta(days=20))

    delivery = our_letters.follow_up(request, **mailed(request, "Dear City Clerk:\n\nWell?"))

    assert any("§ 1-206(a)" in sentence for sentence in delivery.letter.departures)


def test_partial_answer_earns_thanks_while_the_rest_is_pending() -> None:
    request = submitted()
    city_progress.produce_in_part(request, answer=said(), **acting(request))

    our_letters.thank(request, **mailed(request))

    request.refresh_from_db()
    assert request.state == S.SUBMITTED


def test_letter_issued_anew_keeps_what_was_typed_for_it() -> None:
    request = submitted()
    delivery = narrow(request).delivery
    assert delivery
    claimed = outbox.claim(delivery.pk, at=NOW)
    assert claimed
    outbox.mark_failed(claimed, at=NOW, answer="550 no such mailbox")
    delivery.refresh_from_db()

    deliveries.retry(
        delivery, by=Attribution(request.created_by, NOW), to="records@stamford.example"
    )

    delivery.refresh_from_db()
    assert delivery.letter.facts["narrowed"]["value"] == NARROWED
