"""A draft nobody wants: gone from the board and the lists, never from the desk."""

import pytest

from requests_app.actions.drafts import discarding
from requests_app.actions.errors import Refused
from requests_app.actions.requests import review, submission
from requests_app.ledger.attribution import Attribution
from requests_app.models import RecordsRequest, RequestState
from tests.factories import BY_EMAIL, NOW, TODAY, acting, draft, in_state, rewritten

pytestmark = pytest.mark.django_db


def test_a_discarded_draft_is_brought_back_as_it_stood():
    request = rewritten(draft(), "Our own words.")

    discarding.discard(request, **acting(request))
    discarded = RecordsRequest.objects.get(pk=request.pk)
    discarding.bring_back(request, **acting(request))

    assert (discarded.state, discarded.ended_on) == (RequestState.DISCARDED, TODAY)
    request.refresh_from_db()
    assert (request.state, request.ended_on) == (RequestState.DRAFT, None)
    assert request.letter_text == "Our own words.\n"
    assert list(request.events.values_list("kind", flat=True)) == [
        "drafted",
        "draft_discarded",
        "draft_brought_back",
    ]


@pytest.mark.parametrize("state", ["draft", "in_review", "approved"])
def test_whatever_was_not_filed_can_be_discarded_and_is_a_draft_again(state: str):
    request = in_state(state)

    discarding.discard(request, **acting(request))
    discarding.bring_back(request, **acting(request))

    request.refresh_from_db()
    assert request.state == "draft"


def test_what_was_filed_is_not_discarded():
    request = in_state("submitted")

    with pytest.raises(Refused, match="This is submitted, so it cannot be discarded now"):
        discarding.discard(request, **acting(request))


def test_a_discarded_draft_is_neither_open_nor_filed():
    request = draft()
    discarding.discard(request, **acting(request))

    with pytest.raises(Refused, match="This is discarded"):
        submission.submit(request, by=Attribution(request.created_by, NOW), sending=BY_EMAIL)

    assert list(RecordsRequest.objects.open()) == []


def test_after_a_review_that_was_cut_short_it_can_be_sent_again():
    request = in_state("in_review")
    discarding.discard(request, **acting(request))
    discarding.bring_back(request, **acting(request))

    with pytest.raises(Refused, match="This is draft, so it cannot be approved now"):
        review.approve(request, **acting(request))
    review.send_to_review(request, **acting(request))

    request.refresh_from_db()
    assert request.state == "in_review"
