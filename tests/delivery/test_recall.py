"""A letter can be called back until it leaves; what reached nobody starts no clock."""

from datetime import timedelta

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.requests import ending, submission
from requests_app.actions.sending import deliveries
from requests_app.delivery import outbox
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending
from requests_app.models import Channel, Delivery, DeliveryState, EventKind, RecordsRequest
from tests.factories import BY_EMAIL, NOW, TODAY, acting, draft, let_go

pytestmark = pytest.mark.django_db
S = DeliveryState
THREE = timedelta(minutes=3)


@pytest.fixture
def request_() -> RecordsRequest:
    request = draft()
    request.newsroom.recall_minutes = 3
    request.newsroom.save()
    return request


@pytest.fixture
def queued(request_: RecordsRequest) -> Delivery:
    return submission.submit(request_, by=Attribution(request_.created_by, NOW), sending=BY_EMAIL)


def kinds(delivery: Delivery) -> list[str]:
    return list(delivery.events.order_by("pk").values_list("kind", flat=True))


def test_letter_leaves_when_its_window_is_over(queued: Delivery):
    assert queued.not_before == NOW + THREE
    assert outbox.claim(queued.pk, at=NOW + THREE - timedelta(seconds=1)) is None
    assert outbox.claim(queued.pk, at=NOW + THREE) is not None


def test_letter_by_hand_waits_for_no_window(request_: RecordsRequest):
    posted = submission.submit(
        request_,
        by=Attribution(request_.created_by, NOW),
        sending=Sending(Channel.POST, "888 Washington Boulevard"),
    )

    deliveries.hand_over(
        posted,
        on=TODAY,
        by=Attribution(posted.created_by, NOW),
    )

    posted.refresh_from_db()
    assert posted.state == S.SENT


def test_recalled_letter_does_not_leave_and_the_request_stays_where_it_is(queued: Delivery):
    assert (
        deliveries.recall(
            queued,
            by=Attribution(queued.created_by, NOW),
        )
        == 1
    )

    queued.refresh_from_db()
    request = queued.records_request
    request.refresh_from_db()
    assert queued.state == S.RECALLED
    assert kinds(queued) == [EventKind.SUBMITTED, EventKind.RECALLED]
    assert request.state == "submitted"
    assert not request.deadlines.filter(clock="response").exists()
    assert outbox.claim(queued.pk, at=NOW + timedelta(days=1)) is None
    assert queued in Delivery.objects.needs_a_person()


def test_letter_that_a_worker_has_cannot_be_recalled(queued: Delivery):
    outbox.claim(queued.pk, at=NOW + THREE)

    with pytest.raises(Refused, match="stands at “being sent”"):
        deliveries.recall(
            queued,
            by=Attribution(queued.created_by, NOW + THREE),
        )


def test_letter_that_waits_for_another_try_can_be_recalled(queued: Delivery):
    taken = outbox.claim(queued.pk, at=NOW + THREE)
    assert taken is not None
    outbox.retry_later(taken, at=NOW + THREE, answer="451 later")

    assert (
        deliveries.recall(
            queued,
            by=Attribution(queued.created_by, NOW + THREE),
        )
        == 1
    )


def test_recalled_letter_can_be_sent_after_all(queued: Delivery):
    deliveries.recall(
        queued,
        by=Attribution(queued.created_by, NOW),
    )

    deliveries.retry(
        queued,
        by=Attribution(queued.created_by, NOW),
    )

    queued.refresh_from_db()
    assert (queued.state, queued.not_before) == (S.QUEUED, NOW)  # the same letter: at once
    let_go(queued)
    assert queued.records_request.deadlines.get(clock="response").starts_on == TODAY
    assert queued.records_request.letters.count() == 1


def test_recalled_letter_can_be_sent_with_other_words(queued: Delivery):
    deliveries.recall(
        queued,
        by=Attribution(queued.created_by, NOW),
    )

    deliveries.retry(
        queued,
        text="Dear Clerk:\n\nOther words.",
        by=Attribution(queued.created_by, NOW),
    )

    queued.refresh_from_db()
    assert queued.not_before == NOW + THREE  # it can be recalled once more
    assert "Other words." in queued.letter.text
    queued.records_request.refresh_from_db()
    assert "Other words." in queued.records_request.letter_text
    assert queued.records_request.letters.count() == 2  # the first stays as it was issued


def test_what_nobody_has_keeps_its_name_under_other_words(queued: Delivery):
    name = queued.message_id
    deliveries.recall(
        queued,
        by=Attribution(queued.created_by, NOW),
    )

    deliveries.retry(
        queued,
        text="Dear Clerk:\n\nOther words.",
        by=Attribution(queued.created_by, NOW),
    )

    queued.refresh_from_db()
    assert queued.message_id == name


def test_other_words_are_for_what_was_recalled_alone(queued: Delivery):
    let_go(queued)

    with pytest.raises(Refused, match="stands at “sent”"):
        deliveries.retry(
            queued,
            text="Other words.",
            by=Attribution(queued.created_by, NOW),
        )

    assert "Other words." not in queued.records_request.letter_text


def test_empty_words_are_refused(queued: Delivery):
    deliveries.recall(
        queued,
        by=Attribution(queued.created_by, NOW),
    )

    with pytest.raises(Refused, match="The letter is empty"):
        deliveries.retry(
            queued,
            text="  \n",
            by=Attribution(queued.created_by, NOW),
        )


def test_recalled_letter_of_a_withdrawn_request_stays_home(queued: Delivery):
    deliveries.recall(
        queued,
        by=Attribution(queued.created_by, NOW),
    )
    ending.withdraw(queued.records_request, on=TODAY, **acting(queued.records_request))

    with pytest.raises(Refused, match="is not sent any more"):
        deliveries.retry(
            queued,
            by=Attribution(queued.created_by, NOW),
        )

    queued.refresh_from_db()
    assert queued.state == S.CANCELED
