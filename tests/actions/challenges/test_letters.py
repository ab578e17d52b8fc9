"""Letters in a challenge after it is filed: each where it fits, with its entry and its copy."""

from datetime import timedelta
from typing import Any

import pytest

from requests_app.actions.challenges import letters as challenge_letters
from requests_app.actions.errors import Refused
from requests_app.actions.requests import appeals, city_determinations, corrections
from requests_app.actions.sending.our_letters import OurLetter
from requests_app.ledger.checking import compare
from requests_app.letters import Copy, Sending, compose_in_challenge
from requests_app.models import (
    Appeal,
    AppealOutcome,
    AppealState,
    Channel,
    Delivery,
    DeliveryState,
    EventKind,
    LetterKind,
)
from tests.factories import NOW, TODAY, acting, appealed, in_state, said, submitted

pytestmark = pytest.mark.django_db
BODY = "body@foic.example"
WITHDRAWAL, DEMAND = LetterKind.CHALLENGE_WITHDRAWAL, LetterKind.COMPLIANCE_DEMAND


def filed() -> Appeal:
    return appealed(in_state("denied"))


def decided(outcome: str) -> Appeal:
    appeal = filed()
    appeals.decide(appeal, appeals.Decision(TODAY, outcome), **acting(appeal.records_request))
    return appeal


def write(appeal: Appeal, kind: LetterKind, *, copies: tuple[str, ...] = (), **entered: Any) -> Any:
    text = compose_in_challenge(appeal, kind, on=TODAY, **entered).text
    to = Sending(Channel.EMAIL, BODY, copies=tuple(map(Copy.by_email, copies)))
    letter = OurLetter(text, to, entered)
    by = acting(appeal.records_request, NOW + timedelta(hours=1))
    return challenge_letters.send(appeal, kind=kind, letter=letter, **by)


def test_a_withdrawal_goes_to_the_body_with_a_copy_and_ends_the_challenge():
    appeal = filed()

    delivery = write(appeal, WITHDRAWAL, copies=("clerk@stamford.example",))

    appeal.refresh_from_db()
    entry = appeal.events.get(kind=EventKind.APPEAL_WITHDRAWN)
    assert appeal.state == AppealState.WITHDRAWN
    assert (delivery.to_name, delivery.to, [one.to for one in delivery.letter.copies.all()]) == (
        "Freedom of Information Commission", BODY, ["clerk@stamford.example"],
    )  # fmt: skip
    assert (entry.on, entry.data["letter"], entry.data["copies"], entry.delivery) == (
        TODAY, "challenge_withdrawal", ["clerk@stamford.example"], None,
    )  # fmt: skip
    assert appeal.records_request.state == "under_appeal"
    assert compare(appeal.records_request) == []


def test_a_withdrawal_stops_the_bodys_clock():
    appeal = filed()
    clock = appeal.records_request.deadlines.get(clock="appeal_decision")
    assert clock.status == "running"

    write(appeal, WITHDRAWAL)

    headline = appeal.records_request.headlines.get(from_on__lte=TODAY, until_on__gte=TODAY)
    assert headline.step != "await_decision"


def test_withdrawn_twice_it_is_refused_and_one_letter_leaves():
    appeal = filed()
    write(appeal, WITHDRAWAL)

    with pytest.raises(Refused, match="This appeal is withdrawn"):
        write(appeal, WITHDRAWAL)

    assert appeal.letters.filter(kind=WITHDRAWAL).count() == 1


def test_a_draft_is_not_withdrawn_by_a_letter():
    request = in_state("denied")
    draft = appeals.draft(request, route="foic", **acting(request))

    with pytest.raises(Refused, match="Only a challenge that is filed and not decided"):
        challenge_letters.send(
            draft,
            kind=WITHDRAWAL,
            letter=OurLetter("We withdraw.", Sending(Channel.EMAIL, BODY)),
            **acting(request),
        )


def test_a_court_hears_a_withdrawal_from_counsel_alone():
    request = submitted(city_slug="us-ca/stockton", office_role="city_clerk")
    city_determinations.deny(request, answer=said(), **acting(request))
    appeal = appealed(request, "superior_court")

    with pytest.raises(Refused, match="A court hears this from counsel alone"):
        challenge_letters.send(
            appeal,
            kind=WITHDRAWAL,
            letter=OurLetter("We withdraw.", Sending(Channel.EMAIL, BODY)),
            **acting(request),
        )


def test_struck_the_withdrawal_stands_no_more_and_its_letter_stays_at_home():
    appeal = filed()
    delivery = write(appeal, WITHDRAWAL)
    entry = appeal.events.get(kind=EventKind.APPEAL_WITHDRAWN)

    corrections.strike(entry, why="Pressed by mistake.", **acting(appeal.records_request))

    appeal.refresh_from_db()
    assert appeal.state == AppealState.FILED
    assert Delivery.objects.get(pk=delivery.pk).state == DeliveryState.CANCELED


@pytest.mark.parametrize("outcome", [AppealOutcome.REVERSED, AppealOutcome.MODIFIED])
def test_a_decision_for_us_is_demanded_of_the_office_that_was_asked(outcome: str):
    appeal = decided(outcome)

    delivery = write(appeal, DEMAND, required=["give us the reports"])

    appeal.refresh_from_db()
    entry = appeal.events.get(kind=EventKind.COMPLIANCE_DEMANDED)
    assert (appeal.state, delivery.to_name, entry.delivery) == ("decided", "City Clerk", delivery)
    assert "requires the city to give us the reports." in delivery.letter.text


@pytest.mark.parametrize(
    "outcome", [AppealOutcome.AFFIRMED, AppealOutcome.DISMISSED, AppealOutcome.SETTLED]
)
def test_a_decision_that_is_not_for_us_is_not_demanded(outcome: str):
    appeal = decided(outcome)

    with pytest.raises(Refused, match="Only a decision in our favor"):
        write(appeal, DEMAND, required=["give us the reports"])


def test_what_the_decision_requires_is_never_left_open():
    appeal = decided(AppealOutcome.REVERSED)

    with pytest.raises(Refused, match="still has a place to fill in"):
        write(appeal, DEMAND)


def test_the_day_that_a_demand_names_stands_in_the_calendar_once():
    appeal = decided(AppealOutcome.REVERSED)
    entered: dict[str, Any] = {
        "required": ["give us the reports"],
        "comply_by_on": TODAY + timedelta(days=20),
    }

    write(appeal, DEMAND, **entered)
    write(appeal, DEMAND, **entered)

    rows = appeal.records_request.deadlines.filter(clock="comply_by")
    assert [(row.due_on, row.whose) for row in rows] == [(TODAY + timedelta(days=20), "city")]


def test_a_demand_names_the_day_that_was_entered_with_the_decision():
    appeal = filed()
    decision = appeals.Decision(TODAY, AppealOutcome.REVERSED, comply_by_on=TODAY)
    appeals.decide(appeal, decision, **acting(appeal.records_request))

    text = compose_in_challenge(appeal, DEMAND, on=TODAY).text

    assert "The decision itself sets Monday, November 2, 2026 as the day" in text
