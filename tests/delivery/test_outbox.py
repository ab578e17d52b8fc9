"""The rows still to send: claims, leases, and what a person does with a letter that is stuck."""

from datetime import timedelta

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.requests import ending, submission
from requests_app.actions.sending import deliveries
from requests_app.delivery import outbox
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending
from requests_app.models import Channel, Delivery, DeliveryState, EventKind
from tests.factories import BY_EMAIL, NOW, TODAY, acting, draft

pytestmark = pytest.mark.django_db
S = DeliveryState
LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def queued() -> Delivery:
    request = draft()
    return submission.submit(request, by=Attribution(request.created_by, NOW), sending=BY_EMAIL)


@pytest.fixture
def posted() -> Delivery:
    request = draft()
    return submission.submit(
        request,
        by=Attribution(request.created_by, NOW),
        sending=Sending(Channel.POST, "888 Washington Boulevard"),
    )


def claimed(delivery: Delivery) -> Delivery:
    taken = outbox.claim(delivery.pk, at=NOW)
    assert taken is not None
    return taken


def state_of(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


def test_claim_is_given_once(queued: Delivery):
    first, second = outbox.claim(queued.pk, at=NOW), outbox.claim(queued.pk, at=NOW)

    assert first is not None
    assert second is None


def test_claim_waits_for_its_time(queued: Delivery):
    assert outbox.claim(queued.pk, at=NOW - timedelta(seconds=1)) is None


def test_stuck_before_handing_goes_back_to_the_queue(queued: Delivery):
    claimed(queued)

    assert outbox.release_stuck(at=LATER) == 1
    assert state_of(queued) == S.QUEUED
    assert queued.last_answer == "The worker stopped before the message was given to the server."


def test_stuck_after_handing_is_in_doubt(queued: Delivery):
    outbox.mark_handed(claimed(queued), at=NOW)

    assert outbox.release_stuck(at=LATER) == 1
    assert state_of(queued) == S.IN_DOUBT
    assert queued.last_answer == "The worker stopped after the message was given to the server."
    assert queued.events.last().kind == EventKind.SENDING_IN_DOUBT


def test_lease_that_has_not_run_out_is_left_alone(queued: Delivery):
    claimed(queued)

    assert outbox.release_stuck(at=NOW + timedelta(seconds=5)) == 0
    assert state_of(queued) == S.SENDING


def test_late_answer_of_a_released_claim_is_not_written(queued: Delivery):
    slow = claimed(queued)
    outbox.release_stuck(at=LATER)
    outbox.claim(queued.pk, at=LATER)

    assert outbox.mark_sent(slow, at=LATER, answer="250 OK") is False
    assert outbox.mark_handed(slow, at=LATER) is False
    assert state_of(queued) == S.SENDING


def test_back_off_grows(queued: Delivery):
    waits = []
    at = NOW
    for _ in range(4):
        delivery = outbox.claim(queued.pk, at=at)
        assert delivery is not None
        outbox.retry_later(delivery, at=at, answer="451 later")
        queued.refresh_from_db()
        waits.append(queued.not_before - at)
        at = queued.not_before

    assert waits == sorted(waits)
    assert len(set(waits)) == 4


def test_failed_sending_can_be_tried_again(queued: Delivery):
    outbox.mark_failed(claimed(queued), at=NOW, answer="550 no")

    queued.refresh_from_db()
    deliveries.retry(
        queued,
        by=Attribution(queued.created_by, NOW),
    )

    assert state_of(queued) == S.QUEUED
    assert queued.attempts == 0
    assert queued.events.last().kind == EventKind.SENDING_RETRIED


def test_letter_to_a_wrong_address_is_issued_anew_to_another(queued: Delivery):
    outbox.mark_failed(claimed(queued), at=NOW, answer="550 no such mailbox")
    wrong = queued.letter

    deliveries.retry(
        queued,
        to="records@stamford.example",
        by=Attribution(queued.created_by, NOW),
    )

    queued.refresh_from_db()
    assert (queued.state, queued.to) == (S.QUEUED, "records@stamford.example")
    assert queued.letter != wrong
    assert queued.records_request.letters.count() == 2


def test_letter_that_failed_yesterday_is_dated_today(queued: Delivery):
    outbox.mark_failed(claimed(queued), at=NOW, answer="550 no such mailbox")

    deliveries.retry(
        queued,
        by=Attribution(queued.created_by, NOW + timedelta(days=1)),
    )

    queued.refresh_from_db()
    assert queued.letter.dated_on == TODAY + timedelta(days=1)
    assert "Monday, November 9, 2026" in queued.letter.text  # four business days after tomorrow


def test_another_address_that_is_none_is_refused(queued: Delivery):
    outbox.mark_failed(claimed(queued), at=NOW, answer="550 no such mailbox")

    with pytest.raises(Refused, match="not an e-mail address"):
        deliveries.retry(
            queued,
            to="the clerk",
            by=Attribution(queued.created_by, NOW),
        )

    assert state_of(queued) == S.FAILED


def test_sent_letter_cannot_be_sent_again(queued: Delivery):
    outbox.mark_sent(claimed(queued), at=NOW, answer="250 OK")

    with pytest.raises(Refused, match="stands at “sent”"):
        deliveries.retry(
            queued,
            by=Attribution(queued.created_by, NOW),
        )


def test_person_can_confirm_a_doubt_and_the_clock_starts(queued: Delivery):
    outbox.mark_handed(claimed(queued), at=NOW)
    outbox.release_stuck(at=LATER)
    queued.refresh_from_db()

    deliveries.confirm_sent(
        queued,
        by=Attribution(queued.created_by, LATER),
    )

    assert state_of(queued) == S.SENT
    assert queued.sent_at == NOW
    assert queued.records_request.deadlines.get(clock="response").starts_on == TODAY


def test_letter_by_hand_waits_for_a_person(posted: Delivery):
    assert posted.state == S.BY_HAND

    deliveries.hand_over(
        posted, on=TODAY, by=Attribution(posted.created_by, NOW), confirmation="RR123"
    )

    assert state_of(posted) == S.SENT
    assert posted.confirmation == "RR123"


def test_posted_request_has_no_clock_until_the_custodian_has_it(posted: Delivery):
    deliveries.hand_over(
        posted,
        on=TODAY,
        by=Attribution(posted.created_by, NOW),
    )

    assert not posted.records_request.deadlines.filter(clock="response").exists()


def test_letter_cannot_be_handed_over_tomorrow(posted: Delivery):
    with pytest.raises(Refused, match="has not come yet"):
        deliveries.hand_over(posted, on=TODAY + timedelta(days=1), **acting(posted.records_request))

    assert state_of(posted) == S.BY_HAND


def test_withdrawing_keeps_waiting_letters_home(queued: Delivery):
    ending.withdraw(queued.records_request, on=TODAY, **acting(queued.records_request))

    assert state_of(queued) == S.CANCELED
    assert outbox.claim(queued.pk, at=NOW) is None


def test_failed_letter_of_a_withdrawn_request_stays_home(queued: Delivery):
    outbox.mark_failed(claimed(queued), at=NOW, answer="550 no")
    queued.refresh_from_db()
    ending.withdraw(queued.records_request, on=TODAY, **acting(queued.records_request))

    with pytest.raises(Refused, match="is not sent any more"):
        deliveries.retry(
            queued,
            by=Attribution(queued.created_by, NOW),
        )

    assert state_of(queued) == S.CANCELED
