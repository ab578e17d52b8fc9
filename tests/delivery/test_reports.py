"""Delivery reports: what they move, what they do not, and what becomes of the clocks."""

from datetime import timedelta

import pytest

from requests_app.actions.requests import city_progress
from requests_app.actions.sending import deliveries
from requests_app.delivery import outbox
from requests_app.ledger.attribution import Attribution, ByTheDesk
from requests_app.models import Delivery, DeliveryState, EventKind, RecordsRequest
from tests.factories import NOW, TODAY, acting, said, submitted

pytestmark = pytest.mark.django_db
S = DeliveryState
LATER = NOW + timedelta(hours=2)
NO_BOX = "550 5.1.1 no such mailbox"


@pytest.fixture
def sent() -> Delivery:
    return submitted().deliveries.get()


@pytest.fixture
def doubtful() -> Delivery:
    delivery = submitted(sent=False).deliveries.get()
    taken = outbox.claim(delivery.pk, at=NOW)
    assert taken is not None
    outbox.mark_handed(taken, at=NOW)
    outbox.mark_in_doubt(taken, at=NOW, answer="the line broke")
    delivery.refresh_from_db()
    return delivery


def clocks(request: RecordsRequest) -> list[str]:
    return list(request.deadlines.order_by("clock").values_list("clock", flat=True))


def test_bounce_takes_the_clock_back(sent: Delivery):
    event = outbox.mark_bounced(sent, by=ByTheDesk(LATER), answer=NO_BOX)

    sent.refresh_from_db()
    assert event is not None
    assert (sent.state, event.kind, event.data["answer"]) == (S.BOUNCED, EventKind.BOUNCED, NO_BOX)
    assert clocks(sent.records_request) == []


def test_bounce_comes_once(sent: Delivery):
    assert outbox.mark_bounced(sent, by=ByTheDesk(LATER), answer=NO_BOX)

    assert outbox.mark_bounced(sent, by=ByTheDesk(LATER), answer=NO_BOX) is None


def test_bounce_of_what_the_city_has_changes_the_delivery_alone(sent: Delivery):
    request = sent.records_request
    city_progress.acknowledge(request, answer=said(), **acting(request))
    before = list(request.deadlines.order_by("pk").values("clock", "status", "due_on"))

    outbox.mark_bounced(sent, by=ByTheDesk(LATER), answer=NO_BOX)

    request.refresh_from_db()
    sent.refresh_from_db()
    assert (sent.state, request.state) == (S.BOUNCED, "acknowledged")
    assert list(request.deadlines.order_by("pk").values("clock", "status", "due_on")) == before


def test_delay_moves_nothing(sent: Delivery):
    before = clocks(sent.records_request)

    outbox.note_report(sent, answer="delayed")

    sent.refresh_from_db()
    assert (sent.state, sent.last_answer) == (S.SENT, "delayed")
    assert clocks(sent.records_request) == before


def test_delivered_moves_no_clock(sent: Delivery):
    before = clocks(sent.records_request)

    event = outbox.mark_delivered(sent, at=LATER, answer="250 2.1.5 relayed")

    sent.refresh_from_db()
    assert event is not None
    assert (sent.state, event.kind) == (S.DELIVERED, EventKind.DELIVERED)
    assert clocks(sent.records_request) == before


def test_bounce_after_delivered_is_a_bounce(sent: Delivery):
    outbox.mark_delivered(sent, at=LATER, answer="250 2.1.5 relayed")

    assert outbox.mark_bounced(sent, by=ByTheDesk(LATER), answer=NO_BOX)


def test_report_settles_a_doubt(doubtful: Delivery):
    outbox.mark_delivered(doubtful, at=LATER, answer="250 2.1.5 in the mailbox")

    doubtful.refresh_from_db()
    kinds = list(doubtful.events.order_by("pk").values_list("kind", flat=True))
    assert (doubtful.state, doubtful.sent_at) == (S.DELIVERED, NOW)
    assert kinds[-2:] == [EventKind.SENT, EventKind.DELIVERED]
    assert doubtful.records_request.deadlines.get(clock="response").starts_on == TODAY


def test_bounce_settles_a_doubt_too(doubtful: Delivery):
    assert outbox.mark_bounced(doubtful, by=ByTheDesk(LATER), answer=NO_BOX)

    assert clocks(doubtful.records_request) == []


def test_what_never_left_has_no_report():
    queued = submitted(sent=False).deliveries.get()

    assert outbox.mark_bounced(queued, by=ByTheDesk(LATER), answer=NO_BOX) is None
    assert outbox.mark_delivered(queued, at=LATER, answer="250") is None


def test_what_came_back_goes_again_under_another_name(sent: Delivery):
    """A late report of the first message is none of the second."""
    first = sent.message_id
    outbox.mark_bounced(sent, by=ByTheDesk(NOW), answer=NO_BOX)

    deliveries.retry(
        sent,
        to="records@stamford.example",
        by=Attribution(sent.created_by, NOW),
    )

    sent.refresh_from_db()
    assert (sent.state, sent.to) == (S.QUEUED, "records@stamford.example")
    assert sent.message_id != first


def test_another_message_than_the_one_in_doubt_has_another_name(doubtful: Delivery):
    """The first might be there: a late report of it is none of the letter to the other address."""
    name = doubtful.message_id

    deliveries.retry(
        doubtful,
        to="records@stamford.example",
        by=Attribution(doubtful.created_by, NOW),
    )

    doubtful.refresh_from_db()
    assert doubtful.state == S.QUEUED
    assert doubtful.message_id != name


def test_the_same_message_in_doubt_keeps_its_name(doubtful: Delivery):
    """A mailbox that has it already may know it by that."""
    name = doubtful.message_id

    deliveries.retry(
        doubtful,
        by=Attribution(doubtful.created_by, NOW),
    )

    doubtful.refresh_from_db()
    assert (doubtful.state, doubtful.message_id) == (S.QUEUED, name)
