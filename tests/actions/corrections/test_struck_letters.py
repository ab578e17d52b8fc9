"""What becomes of a letter whose act, or whose coming back, is struck."""

from datetime import timedelta

import pytest

from requests_app.actions.requests import (
    appeals,
    corrections,
    ending,
)
from requests_app.actions.sending import deliveries as sending
from requests_app.actions.sending import our_letters
from requests_app.delivery import outbox
from requests_app.demo.finished_drafts import finish
from requests_app.ledger.attribution import ByTheDesk
from requests_app.models import (
    Delivery,
    Event,
    RecordsRequest,
)
from tests.actions.corrections.correcting import (
    WHY,
    K,
    S,
    refusal,
    restore,
    rows,
    strike,
)
from tests.factories import (
    BY_EMAIL,
    NOW,
    TODAY,
    acting,
    clarified,
    in_state,
    mailed,
    submitted,
)

pytestmark = pytest.mark.django_db


def test_a_letter_that_left_the_house_is_not_struck():
    assert refusal(strike, clarified(), K.CLARIFIED) == (
        "Its letter has left the house: what was sent is not taken back. Nothing was changed."
    )


def test_a_letter_that_came_back_and_waits_again_has_left_the_house_once():
    request = clarified()
    delivery = request.deliveries.latest("pk")
    outbox.mark_bounced(delivery, by=ByTheDesk(NOW), answer="550")
    sending.retry(delivery, to="other@stamford.example", **acting(request))

    said_ = refusal(strike, request, K.CLARIFIED)

    assert Delivery.objects.get(pk=delivery.pk).state == "queued"
    assert said_.startswith("Its letter has left the house")


def test_a_letter_that_waits_is_canceled_with_its_act_and_recalled_with_it():
    request = in_state(S.AWAITING_CLARIFICATION)
    before = RecordsRequest.objects.values("state", "clarified_on").get(pk=request.pk)
    our_letters.clarify(request, **mailed(request))
    delivery = request.deliveries.latest("pk")

    strike(request, K.CLARIFIED)
    canceled = Delivery.objects.get(pk=delivery.pk).state
    after = RecordsRequest.objects.values("state", "clarified_on").get(pk=request.pk)
    restore(request, K.CLARIFIED)

    assert (canceled, after) == ("canceled", before)
    assert Delivery.objects.get(pk=delivery.pk).state == "recalled"


def test_a_submission_that_has_not_left_is_a_draft_again():
    request = submitted(sent=False)

    strike(request, K.SUBMITTED)

    request.refresh_from_db()
    assert (request.state, request.submitted_on) == (S.DRAFT, None)
    assert request.deliveries.get().state == "canceled"


def test_a_request_that_was_withdrawn_by_mistake_has_its_letter_again():
    request = submitted(sent=False)
    ending.withdraw(request, on=TODAY, **acting(request, NOW + timedelta(hours=1)))

    strike(request, K.WITHDRAWN)
    recalled = request.deliveries.get().state
    restore(request, K.WITHDRAWN)

    request.refresh_from_db()
    assert (recalled, request.deliveries.get().state) == ("recalled", "canceled")
    assert (request.state, request.ended_on) == (S.WITHDRAWN, TODAY)


def bounced(request: RecordsRequest) -> Event:
    delivery = request.deliveries.get()
    event = outbox.mark_bounced(delivery, by=ByTheDesk(NOW), answer="550 forged")
    assert event is not None
    return event


def test_a_forged_bounce_is_struck_and_the_letter_stands_as_sent():
    request = submitted()
    before = rows(request)
    event = bounced(request)

    corrections.strike(event, why="Nobody sent this report.", **acting(request))

    assert rows(request) == before


def test_a_bounce_that_was_right_after_all_is_restored():
    request = submitted()
    event = bounced(request)
    before = rows(request)
    corrections.strike(event, why="It looked forged.", **acting(request))

    corrections.restore(event, why="It was not.", **acting(request))

    assert rows(request) == before


def test_a_bounce_after_which_the_letter_was_sent_again_stays():
    request = submitted()
    event = bounced(request)
    sending.retry(request.deliveries.get(), to="other@stamford.example", **acting(request))

    assert refusal(corrections.strike, event, why=WHY, **acting(request)) == (
        "The letter was sent again since: this report is what that answered. Nothing was changed."
    )


def test_an_appeal_that_waits_to_be_sent_is_a_draft_again():
    request = in_state(S.DENIED)
    appeal = appeals.draft(request, route="foic", **acting(request))
    finish(appeal, **acting(request))
    appeals.file(appeal, sending=BY_EMAIL, **acting(request))

    strike(request, K.APPEAL_FILED)

    appeal.refresh_from_db()
    request.refresh_from_db()
    assert (appeal.state, appeal.filed_on, request.state) == ("draft", None, S.DENIED)
