"""A wrong day makes a wrong deadline: what comes after something is dated after it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.requests import (
    appeals,
    city_determinations,
    city_progress,
    ending,
    notes,
    submission,
)
from requests_app.actions.sending import our_letters
from requests_app.demo.finished_drafts import finish
from requests_app.letters import Sending
from requests_app.models import (
    Appeal,
    AppealOutcome,
    Channel,
    DeliveryState,
    RecordsRequest,
    RequestState,
)
from tests.factories import (
    BY_EMAIL,
    NOW,
    TODAY,
    acting,
    draft,
    in_state,
    let_go,
    mailed,
    said,
    submitted,
)

pytestmark = pytest.mark.django_db
S = RequestState
WEEK_AGO = TODAY - timedelta(days=7)
YESTERDAY = TODAY - timedelta(days=1)


def by_hand(request: RecordsRequest, on: date, confirmation: str = "") -> dict[str, Any]:
    handed_in = Sending(Channel.IN_PERSON, "1 Main Street", on, confirmation)
    return mailed(request, sending=handed_in)


def asked_today() -> RecordsRequest:
    request = submitted(at=NOW - timedelta(days=7))
    city_progress.request_clarification(request, answer=said(TODAY), **acting(request))
    return request


def quoted_today() -> RecordsRequest:
    request = submitted(at=NOW - timedelta(days=7))
    city_progress.estimate_fees(request, answer=said(TODAY), amount=Decimal(9), **acting(request))
    return request


@pytest.mark.parametrize(
    ("start", "verb", "reason"),
    [
        (asked_today, our_letters.clarify, "the day the city asked"),
        (quoted_today, our_letters.accept_fees, "the day the fee was quoted"),
        (quoted_today, our_letters.refuse_fees, "the day the fee was quoted"),
        (submitted, our_letters.follow_up, "the day it was submitted"),
    ],
)
def test_our_answer_does_not_come_before_what_it_answers(
    start: Callable[[], RecordsRequest], verb: Callable[..., Any], reason: str
):
    request = start()
    letters = request.letters.count()

    with pytest.raises(Refused, match=reason):
        verb(request, **by_hand(request, YESTERDAY))

    assert request.letters.count() == letters


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        (quoted_today, "the day the fee was quoted"),
        (submitted, "the day it was submitted"),  # free, though nobody quoted a fee
    ],
)
def test_a_fee_is_not_waived_before_it_could_be(start: Callable[[], RecordsRequest], reason: str):
    request = start()

    with pytest.raises(Refused, match=reason):
        city_progress.waive_fees(request, answer=said(YESTERDAY), **acting(request))


@pytest.mark.parametrize("verb", [ending.close, ending.withdraw])
def test_request_does_not_end_before_it_was_denied(verb: Callable[..., Any]):
    request = submitted(at=NOW - timedelta(days=7))
    city_determinations.deny(request, answer=said(TODAY), **acting(request))

    with pytest.raises(Refused, match="the day of “denied”"):
        verb(request, on=YESTERDAY, **acting(request))


def decided_today() -> Appeal:
    request = submitted(at=NOW - timedelta(days=7))
    city_determinations.deny(request, answer=said(WEEK_AGO), **acting(request))
    appeal = appeals.draft(request, route="foic", **acting(request))
    finish(appeal, **acting(request))
    let_go(
        appeals.file(appeal, sending=Sending(Channel.EMAIL, "b@body.example"), **acting(request))
    )
    appeals.decide(appeal, appeals.Decision(TODAY, AppealOutcome.AFFIRMED), **acting(request))
    return appeal


def test_case_is_not_filed_in_court_before_the_decision():
    request = decided_today().records_request
    case = appeals.draft(request, route="superior_court", **acting(request))

    with pytest.raises(Refused, match="the day of “appeal decided”"):
        appeals.file(
            case,
            sending=BY_EMAIL,
            in_court=appeals.CourtFiling(YESTERDAY),
            **acting(request),
        )


def test_records_that_follow_a_decision_do_not_come_before_it():
    request = decided_today().records_request

    with pytest.raises(Refused, match="the day of “appeal decided”"):
        city_determinations.grant(request, answer=said(YESTERDAY), **acting(request))


def test_letter_handed_in_last_week_is_dated_last_week():
    request = draft(at=NOW - timedelta(days=8))

    delivery = submission.submit(
        request,
        sending=Sending(Channel.IN_PERSON, "1 Main Street", handed_over_on=WEEK_AGO),
        **acting(request),
    )

    delivery.refresh_from_db()
    assert delivery.letter.dated_on == WEEK_AGO
    assert delivery.sent_at is not None
    assert request.city.local_date(delivery.sent_at) == WEEK_AGO


def test_reply_by_hand_keeps_its_confirmation():
    request = quoted_today()

    delivery = our_letters.accept_fees(request, **by_hand(request, TODAY, "TRACK99"))

    delivery.refresh_from_db()
    assert (delivery.state, delivery.confirmation) == (DeliveryState.SENT, "TRACK99")


def test_city_has_not_answered_what_has_not_left():
    request = submitted(sent=False)

    with pytest.raises(Refused, match="has not left yet"):
        city_determinations.deny(request, answer=said(), **acting(request))

    city_progress.receive(request, on=TODAY, **acting(request))
    city_determinations.deny(request, answer=said(), **acting(request))
    assert request.state == S.DENIED


def test_note_of_the_year_one_is_refused():
    request = in_state(S.DRAFT)

    with pytest.raises(Refused, match="check the year"):
        notes.note(request, on=date(1, 1, 1), text="A call.", **acting(request))


def test_request_with_an_open_appeal_is_not_withdrawn():
    request = in_state(S.UNDER_APPEAL)

    with pytest.raises(Refused, match="An appeal is still open: withdraw it first"):
        ending.withdraw(request, on=TODAY, **acting(request))
