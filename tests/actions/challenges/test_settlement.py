"""What the city offers to settle a challenge, and what the body is told of it."""

from datetime import timedelta
from typing import Any

import pytest

from requests_app.actions.challenges import settlement
from requests_app.actions.errors import Refused
from requests_app.actions.requests import appeals
from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.ledger.checking import compare
from requests_app.models import EventKind, LetterKind
from tests.actions.challenges.test_letters import filed, write
from tests.factories import TODAY, acting, in_state

pytestmark = pytest.mark.django_db
OFFER = CityAnswer(on=TODAY, text="You may have the reports of the first half year.")
SAID: dict[str, Any] = {
    "settled": ["the reports of January through June"],
    "remains": ["the reports of July through December", "the fee"],
}


def test_an_offer_is_kept_with_its_words_and_moves_nothing():
    appeal = filed()
    before = list(appeal.records_request.deadlines.values_list("clock", "status", "due_on"))

    event = settlement.record_offer(appeal, OFFER, **acting(appeal.records_request))

    appeal.refresh_from_db()
    after = list(appeal.records_request.deadlines.values_list("clock", "status", "due_on"))
    assert (event.kind, event.communication.text) == (EventKind.SETTLEMENT_OFFERED, OFFER.text)
    assert (appeal.state, after) == ("filed", before)
    assert compare(appeal.records_request) == []


def test_the_same_offer_is_recorded_once():
    appeal = filed()
    by = acting(appeal.records_request)
    settlement.record_offer(appeal, OFFER, **by)

    with pytest.raises(Refused, match="recorded already"):
        settlement.record_offer(appeal, OFFER, **by)

    assert appeal.events.filter(kind=EventKind.SETTLEMENT_OFFERED).count() == 1


@pytest.mark.parametrize(
    ("offer", "sentence"),
    [
        (CityAnswer(on=TODAY), "Write what the city offered"),
        (CityAnswer(on=TODAY - timedelta(days=1), text="Some."), "the day the appeal was filed"),
        (CityAnswer(on=TODAY + timedelta(days=1), text="Some."), "has not come yet"),
    ],
)
def test_an_offer_that_cannot_be_is_refused(offer: CityAnswer, sentence: str):
    appeal = filed()

    with pytest.raises(Refused, match=sentence):
        settlement.record_offer(appeal, offer, **acting(appeal.records_request))


def test_a_draft_is_not_settled():
    request = in_state("denied")
    draft = appeals.draft(request, route="foic", **acting(request))

    with pytest.raises(Refused, match="This appeal is draft: there is nothing to settle in it"):
        settlement.record_offer(draft, OFFER, **acting(request))


def test_the_body_is_told_what_is_settled_and_what_remains_and_the_challenge_goes_on():
    appeal = filed()
    settlement.record_offer(appeal, OFFER, **acting(appeal.records_request))

    delivery = write(appeal, LetterKind.SETTLEMENT_REPORT, **SAID)

    appeal.refresh_from_db()
    entry = appeal.events.get(kind=EventKind.SETTLED_IN_PART)
    assert appeal.state == "filed"
    assert "Since the city’s offer of November 2, 2026, a part of the matter is settled." in (
        delivery.letter.text
    )
    assert entry.data["text"].splitlines() == [*SAID["settled"], *SAID["remains"]]


def test_nothing_is_told_as_settled_that_nobody_offered():
    with pytest.raises(Refused, match="Nothing was offered in settlement"):
        write(filed(), LetterKind.SETTLEMENT_REPORT, **SAID)
