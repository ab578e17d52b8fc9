"""A report that copies alone came back: the letter stands as sent, and it is told who has none."""

import pytest

from requests_app import deadlines
from requests_app.actions.requests import submission
from requests_app.letters import Copy, Sending
from requests_app.models import Channel, Delivery, DeliveryState, EventKind
from requests_app.reply_addresses import reply_address
from tests.factories import CLERK, acting, draft, let_go
from tests.inbound.messages import bounce, taken_in

pytestmark = pytest.mark.django_db
MAYOR = "Mayor@Stamford.example"


@pytest.fixture
def sent() -> Delivery:
    """A request by e-mail with a copy to the mayor."""
    request = draft()
    sending = Sending(Channel.EMAIL, CLERK, copies=(Copy.by_email(MAYOR),))
    delivery = submission.submit(request, sending=sending, **acting(request))
    let_go(delivery)
    delivery.refresh_from_db()
    return delivery


def came_back(sent: Delivery, whose: str) -> None:
    to = reply_address(sent.records_request)
    taken_in(bounce(sent.message_id, to=to, recipient=whose))
    sent.refresh_from_db()


def clocks(sent: Delivery) -> list[str]:
    return list(sent.records_request.deadlines.order_by("clock").values_list("clock", flat=True))


def test_the_letter_stands_as_sent_and_its_clocks_run(sent: Delivery):
    before = clocks(sent)

    came_back(sent, MAYOR.lower())

    assert (sent.state, clocks(sent)) == (DeliveryState.SENT, before)


def test_whose_copy_failed_is_told_at_the_letter_and_in_the_ledger(sent: Delivery):
    came_back(sent, MAYOR.lower())

    entry = sent.records_request.events.get(kind=EventKind.COPY_CAME_BACK)
    assert sent.last_answer.startswith(f"No copy reached {MAYOR}: ")
    assert (entry.delivery, entry.data["refused_copies"]) == (sent, [MAYOR])


def test_where_the_letter_itself_came_back_it_is_no_copy(sent: Delivery):
    came_back(sent, CLERK)

    assert sent.state == DeliveryState.BOUNCED
    assert not sent.records_request.events.filter(kind=EventKind.COPY_CAME_BACK).exists()


def test_where_the_law_counts_from_the_copy_its_bounce_takes_the_clock_back(sent: Delivery):
    """In Missouri the days run from the custodian's receipt (§ 610.023.3; Starr)."""
    events = list(sent.records_request.events.in_order())
    submitted = next(event for event in events if event.kind == EventKind.SUBMITTED)
    submitted.data = {**submitted.data, "counts_from_copy_at": MAYOR}
    came_back(sent, MAYOR)

    after = [*events, sent.records_request.events.get(kind=EventKind.COPY_CAME_BACK)]

    assert "received" in [one.kind for one in deadlines.occurrences_of(events)]
    assert "received" not in [one.kind for one in deadlines.occurrences_of(after)]
