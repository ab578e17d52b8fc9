"""Acts after an answer: grounds given, a waiver refused, an appeal received, an order obeyed."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.requests import appeals, city_determinations, city_progress
from requests_app.actions.sending import our_letters
from requests_app.demo.finished_drafts import finish
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending
from requests_app.models import Channel, EventKind, LetterKind, RecordsRequest
from tests.factories import NOW, TODAY, acting, appealed, in_state, let_go, mailed, said, submitted

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=3)
MO: dict[str, Any] = {"city_slug": "us-mo/kansas-city", "office_role": "records_custodian"}
OR: dict[str, Any] = {"city_slug": "us-or/portland", "office_role": "records_custodian"}


def denied(**where: Any) -> RecordsRequest:
    request = submitted(**where)
    city_determinations.deny(request, answer=said(), exemptions=["§ 610.021(1)"], **acting(request))
    return request


def due(request: RecordsRequest, clock: str) -> str:
    return str(request.deadlines.get(clock=clock).due_on)


def test_grounds_are_asked_for_by_letter_and_a_clock_runs_once_it_is_sent() -> None:
    request = denied(**MO)

    delivery = our_letters.request_grounds(request, **mailed(request))
    assert not request.deadlines.filter(clock="grounds").exists()
    let_go(delivery)

    assert delivery.letter.kind == LetterKind.GROUNDS_REQUEST
    assert request.state == "denied"
    assert due(request, "grounds") == "2026-11-05"


def test_grounds_given_meet_the_clock_and_keep_the_words() -> None:
    request = denied(**MO)
    let_go(our_letters.request_grounds(request, **mailed(request)))

    event = city_determinations.give_grounds(
        request, answer=said(text="Section 1."), **acting(request)
    )

    assert request.deadlines.get(clock="grounds").status == "met"
    assert event.communication.text == "Section 1."


def test_grounds_of_what_was_not_denied_are_refused() -> None:
    request = submitted(**MO)

    with pytest.raises(Refused, match="withheld nothing in writing"):
        our_letters.request_grounds(request, **mailed(request))
    with pytest.raises(Refused, match="did not ask for the grounds"):
        city_determinations.give_grounds(request, answer=said(), **acting(request))


def test_refused_waiver_starts_no_second_window_and_says_what_is_open() -> None:
    """ORS 192.329(3)(b): sixty days after the fee is told, or the waiver refused."""
    request = submitted(**OR)
    city_progress.estimate_fees(request, answer=said(), amount=Decimal("180.00"), **acting(request))

    city_progress.deny_fee_waiver(
        request,
        answer=said(TODAY + timedelta(days=2)),
        by=Attribution(request.created_by, LATER),
    )

    lapse = request.deadlines.get(clock="fee_lapse")
    assert str(lapse.nominal_on) == "2027-01-01"
    assert str(lapse.latest_on) == "2027-01-04"


def test_waiver_of_no_fee_is_refused() -> None:
    request = submitted(**OR)

    with pytest.raises(Refused, match="No fee was quoted"):
        city_progress.deny_fee_waiver(request, answer=said(), **acting(request))


def test_time_to_decide_waits_for_the_receipt_of_what_was_posted() -> None:
    request = denied(city_slug="us-ct/stamford", office_role="city_clerk")
    appeal = appeals.draft(request, route="foic", **acting(request))
    finish(appeal, **acting(request))
    appeals.file(
        appeal, **acting(request), sending=Sending(Channel.POST, "Hartford", handed_over_on=TODAY)
    )
    assert request.deadlines.get(clock="appeal").status == "met"
    assert not request.deadlines.filter(clock="appeal_decision").exists()

    appeals.receive(
        appeal,
        on=TODAY + timedelta(days=3),
        by=Attribution(request.created_by, LATER),
    )

    assert str(request.deadlines.get(clock="appeal_decision").nominal_on) == "2027-11-05"


def test_receipt_of_a_draft_is_refused() -> None:
    request = in_state("denied")
    appeal = appeals.draft(request, route="foic", **acting(request))

    with pytest.raises(Refused, match="nobody can have received it"):
        appeals.receive(appeal, on=TODAY, **acting(request))


def reversed_by_the_district_attorney() -> RecordsRequest:
    request = denied(**OR)
    appeal = appealed(request, route="district_attorney")
    appeals.decide(appeal, appeals.Decision(TODAY, "reversed"), **acting(request))
    request.refresh_from_db()
    return request


@pytest.mark.parametrize(
    ("verb", "status", "kind"),
    [
        (city_determinations.comply, "met", EventKind.COMPLIED),
        (city_determinations.sue, "void", EventKind.LAWSUIT),
    ],
)
def test_city_obeys_the_order_or_sues(verb, status: str, kind: EventKind) -> None:
    request = reversed_by_the_district_attorney()
    assert request.deadlines.get(clock="compliance").status == "running"

    event = verb(request, answer=said(), **acting(request))

    assert event.kind == kind
    assert request.deadlines.get(clock="compliance").status == status


def test_nothing_is_obeyed_before_a_decision() -> None:
    request = in_state("under_appeal")

    with pytest.raises(Refused, match="No appeal was decided"):
        city_determinations.comply(request, answer=said(), **acting(request))


def test_answer_before_the_question_is_refused() -> None:
    request = denied(**MO)
    let_go(our_letters.request_grounds(request, **mailed(request)))

    with pytest.raises(Refused, match="of “grounds requested”"):
        city_determinations.give_grounds(
            request, answer=said(TODAY - timedelta(days=1)), **acting(request)
        )


def test_nothing_is_owed_on_what_is_over() -> None:
    request = in_state("closed")

    with pytest.raises(Refused, match="withheld nothing in writing"):
        our_letters.request_grounds(request, **mailed(request))
