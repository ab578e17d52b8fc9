"""The one next step of a request, in words, from where it stands."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from requests_app.actions.requests import (
    appeals,
    city_determinations,
    city_progress,
)
from requests_app.actions.sending import our_letters
from requests_app.models import (
    AppealOutcome,
    RecordsRequest,
    RequestState,
    Role,
)
from requests_app.policy.next_step import Page, short
from tests.factories import (
    NOW,
    TODAY,
    acting,
    appealed,
    in_state,
    let_go,
    mailed,
    member,
    said,
    silent,
    submitted,
)
from tests.policy.steps import Step, step_of

pytestmark = pytest.mark.django_db
S = RequestState


PREVIEW = Step(
    "Preview and submit",
    "Read the letter as it will be sent, choose how it goes, and file it.",
    "Submit", Page.SUBMIT, is_ours=True, verb="submit_request",
)  # fmt: skip
ROUTES = Step(
    "Appeal, or close it",
    "The law’s ways to challenge it stand below, in their order. Or close the request.",
    "See the routes", Page.ROUTES, is_ours=True,
)  # fmt: skip
TO_THE_COMMISSION = replace(ROUTES, text=f"You have until Wed Dec 2 to appeal. {ROUTES.text}")
AGAIN = replace(
    ROUTES, text=f"You have until Tue Nov 17 to ask that it be reconsidered. {ROUTES.text}"
)
CLOSE = Step(
    "Close the request",
    "Nothing is open any more. Close it when the newsroom has what it asked for.",
    "Close", Page.ACT, act="closed", is_ours=True, verb="end_request",
)  # fmt: skip
WAIT_FOR_ANSWER = Step(
    "Wait for the city",
    "It is the turn of the City Clerk. It has until Fri Nov 6.",
    "wait for the City Clerk",
)


@pytest.mark.parametrize("state", [S.DRAFT, S.APPROVED])
def test_a_letter_that_nobody_must_read_first_is_filed(state: RequestState) -> None:
    assert step_of(in_state(state)) == PREVIEW


def test_a_draft_waits_for_its_owner_alone() -> None:
    begun = in_state(S.DRAFT)

    assert step_of(begun, member(newsroom=begun.newsroom)) == replace(PREVIEW, is_ours=False)


def test_a_newsroom_that_reviews_reads_a_draft_first_and_files_what_is_approved() -> None:
    begun, approved = in_state(S.DRAFT), in_state(S.APPROVED)
    begun.newsroom.reviews_before_filing = approved.newsroom.reviews_before_filing = True

    assert step_of(approved) == PREVIEW
    assert step_of(begun) == Step(
        "Send it to review",
        "This newsroom reviews before filing. Send the letter to an editor when it is ready.",
        "Send to review", Page.SEND_TO_REVIEW, is_ours=True, is_post=True, verb="send_to_review",
    )  # fmt: skip


def test_a_letter_in_review_waits_for_an_editor_and_not_for_the_reporter() -> None:
    letter = in_state(S.IN_REVIEW)
    title, text = "Review the letter", "An editor reads it before it is filed."

    assert step_of(letter, member(Role.EDITOR)) == Step(
        title, text, "Review", Page.REVIEW, is_ours=True
    )
    assert step_of(letter, member()) == Step(title, text, "", Page.REVIEW, is_ours=False)


def test_a_question_of_the_city_is_answered() -> None:
    assert step_of(in_state(S.AWAITING_CLARIFICATION)) == Step(
        "Answer the clarification",
        "Stamford asked what exactly you mean, and waits for your answer.",
        "Answer", Page.ACT, act="clarified", is_ours=True, verb="reply_to_city",
    )  # fmt: skip


def test_a_fee_is_answered() -> None:
    assert step_of(in_state(S.AWAITING_FEES)) == Step(
        "Answer the fee",
        "Stamford wants $40.00. Accept it, object, or narrow the request.",
        "Answer the fee", Page.ACT, act="fees-accepted", is_ours=True, verb="reply_to_city",
    )  # fmt: skip


def test_while_a_clock_of_the_city_runs_there_is_nothing_to_do() -> None:
    assert step_of(submitted()) == WAIT_FOR_ANSWER


def test_on_its_last_day_the_city_is_not_late() -> None:
    assert step_of(submitted(), on=date(2026, 11, 6)) == WAIT_FOR_ANSWER


def test_an_office_is_named_to_its_first_comma() -> None:
    assert short("City Communications Director, Custodian of Records") == (
        "City Communications Director"
    )


def dataset_asked_for() -> RecordsRequest:
    """No law sets a clock: the newsroom looks again after two weeks, on Monday, November 16."""
    return submitted(
        kind="dataset",
        office_role="dataset_steward",
        particulars={"name_or_topic": "Permits", "purpose": "To map them"},
    )


def test_after_the_newsrooms_own_reminder_it_is_ours_to_follow_up_or_escalate() -> None:
    assert step_of(dataset_asked_for(), on=date(2026, 11, 17)) == Step(
        "No answer for 14 days: follow up or escalate",
        "Nothing has come since Mon Nov 2. No law sets a time for it. Next comes the City Clerk. "
        "The guide sends what the portal does not give to the City Clerk.",
        "Escalate", Page.ACT, act="escalated", is_ours=True, verb="reply_to_city",
    )  # fmt: skip


def test_where_nobody_comes_next_the_step_is_a_records_request() -> None:
    asked = submitted(
        kind="dataset",
        office_role="city_clerk",
        particulars={"name_or_topic": "Permits", "purpose": "To map them"},
    )

    assert step_of(asked, on=date(2026, 11, 17)) == Step(
        "No answer for 14 days: follow up or escalate",
        "Nothing has come since Mon Nov 2. No law sets a time for it. "
        "Nobody comes after: turn it into a records request, under the law.",
        "Turn it into a records request", Page.RECORDS_REQUEST, is_ours=True,
        verb="begin_request",
    )  # fmt: skip


def test_refusal_of_data_is_escalated_or_closed_and_no_law_opens_a_route() -> None:
    refused = dataset_asked_for()
    city_determinations.deny(refused, answer=said(), **acting(refused))

    step = step_of(refused)

    assert (step.title, step.act) == ("Escalate, or close it", "escalated")
    assert step.text.startswith("No law gives a way to challenge it. Next comes the City Clerk.")


def test_until_the_day_of_the_reminder_the_newsroom_waits() -> None:
    asked = dataset_asked_for()
    office = asked.office.name

    assert step_of(asked, on=date(2026, 11, 16)) == Step(
        "Wait for the city",
        f"It is the turn of the {office}. The newsroom looks again on Mon Nov 16.",
        f"wait for the {short(office)}",
    )


def test_silence_that_the_law_calls_a_denial_is_treated_as_one() -> None:
    unanswered = silent()

    assert step_of(unanswered) == Step(
        "Treat the silence as a denial",
        "Stamford had until Mon Oct 19 to answer. You have until Wed Nov 18 to appeal. "
        + unanswered.city.statute.silence.meaning,
        "Treat as denied", Page.ACT, act="deemed-denied", verb="treat_as_denial",
    )  # fmt: skip


def test_silence_that_is_no_denial_is_followed_up() -> None:
    unanswered = submitted(
        at=NOW - timedelta(days=20),
        city_slug="us-mo/kansas-city",
        office_role="records_custodian",
    )

    assert step_of(unanswered) == Step(
        "Follow up",
        "Kansas City had until Fri Oct 16 to answer. "
        "You have until Fri Oct 15, 2027 to go to court. "
        "Remind it in writing; the letter quotes the clock.",
        "Follow up", Page.ACT, act="follow-up", verb="reply_to_city",
    )  # fmt: skip


def test_what_only_perhaps_answers_leaves_our_time_running_and_is_never_waited_for() -> None:
    acknowledged = submitted(at=NOW - timedelta(days=20))
    city_progress.acknowledge(
        acknowledged, answer=said(on=TODAY - timedelta(days=18)), **acting(acknowledged)
    )

    assert step_of(acknowledged) == Step(
        "Appeal by Wed Nov 18, or decide to wait",
        "You have until Wed Nov 18 to appeal. Nothing that the city has sent takes that away on "
        "every reading of the law; waiting past that day does.",
        "See the routes", Page.ROUTES, is_ours=True,
    )  # fmt: skip


def test_a_time_of_ours_that_only_a_silence_would_start_has_not_begun() -> None:
    """On its second day the city's own time still runs, whatever the acknowledgement is worth."""
    acknowledged = in_state(S.ACKNOWLEDGED)

    assert step_of(acknowledged, on=date(2026, 11, 6)) == Step(
        "Wait for the city",
        "It is the turn of the City Clerk. If it stays silent, you have until Fri Dec 4 to appeal.",
        "wait for the City Clerk",
    )


def test_a_time_of_ours_that_is_over_is_not_given_again() -> None:
    acknowledged = in_state(S.ACKNOWLEDGED)

    step = step_of(acknowledged, on=date(2026, 12, 8))

    assert (step.title, step.text) == (
        "Ask how it stands",
        "We had until Fri Dec 4 to appeal. The request itself still stands.",
    )


def fee_accepted_in_kansas_city() -> RecordsRequest:
    """Asked for on Monday, November 2: ninety days to pay it, until Sunday, January 31."""
    request = submitted(city_slug="us-mo/kansas-city", office_role="records_custodian")
    city_progress.estimate_fees(request, answer=said(), amount=Decimal("40"), **acting(request))
    let_go(our_letters.accept_fees(request, **mailed(request)))
    return request


def test_a_fee_that_was_not_paid_in_time_is_not_said_to_have_time() -> None:
    step = step_of(fee_accepted_in_kansas_city(), on=date(2027, 11, 8))

    assert (step.title, step.text) == (
        "Pay the fee",
        "We had until Fri Jan 29 to pay the fee: the city may count the request as ended.",
    )


def test_a_complaint_that_is_filed_stops_no_time_for_another_route() -> None:
    """Missouri: the Attorney General need not answer, and the year for a suit runs."""
    denied = submitted(city_slug="us-mo/kansas-city", office_role="records_custodian")
    city_determinations.deny(denied, answer=said(), **acting(denied))
    appealed(denied, route="attorney_general")

    step = step_of(denied)

    assert (step.title, step.label, step.is_ours) == (
        "Appeal by Tue Nov 2, 2027, or decide to wait", "See the routes", True,
    )  # fmt: skip
    assert step.text == (
        "You have until Tue Nov 2, 2027 to go to court. No decision of the Missouri Attorney "
        "General is needed for that, and none stops the time."
    )


def test_a_long_window_is_no_reason_to_stop_asking() -> None:
    """Missouri: a question is perhaps the answer; a year runs for a suit over the silence."""
    asked = submitted(
        at=NOW - timedelta(days=40),
        city_slug="us-mo/kansas-city",
        office_role="records_custodian",
    )
    city_progress.request_clarification(
        asked, answer=said(on=TODAY - timedelta(days=39)), **acting(asked)
    )
    our_letters.decline_clarification(asked, on=TODAY - timedelta(days=36), **acting(asked))

    step = step_of(asked)

    assert (step.title, step.act, step.is_ours) == (
        "Ask how it stands, or challenge it", "follow-up", True,
    )  # fmt: skip
    assert step.text.startswith("You have until Tue Sep 28, 2027 to go to court.")


def test_what_was_given_is_closed() -> None:
    assert step_of(in_state(S.GRANTED)) == CLOSE


@pytest.mark.parametrize("state", [S.DENIED, S.GRANTED_IN_PART, S.NO_RECORDS, S.REFERRED])
def test_what_was_refused_is_challenged_or_closed(state: RequestState) -> None:
    assert step_of(in_state(state)) == TO_THE_COMMISSION


def test_what_has_ended_says_when() -> None:
    assert step_of(in_state(S.CLOSED)) == Step(
        "Closed", "It ended on Mon Nov 2. The ledger keeps all of it."
    )


def test_an_appeal_that_is_drafted_is_filed() -> None:
    denied = in_state(S.DENIED)
    appeal = appeals.draft(denied, route="foic", by=acting(denied)["by"])

    assert step_of(denied) == Step(
        "File the appeal",
        f"An appeal to the {appeal.pack_route.body} is drafted and not yet filed.",
        "Open the appeal", Page.APPEAL, number=appeal.pk, is_ours=True,
    )  # fmt: skip


def test_an_appeal_that_is_filed_waits_for_its_decision() -> None:
    challenged = in_state(S.UNDER_APPEAL)
    appeal = challenged.appeals.get()

    assert step_of(challenged) == Step(
        "Wait for the decision",
        f"It is the turn of the {appeal.pack_route.body}. Record its decision when it comes.",
        "Open the appeal", Page.APPEAL, number=appeal.pk,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "step"),
    [
        (AppealOutcome.AFFIRMED, AGAIN),
        (AppealOutcome.MODIFIED, AGAIN),
        (AppealOutcome.REVERSED, CLOSE),
        (AppealOutcome.SETTLED, CLOSE),
    ],
)
def test_a_decision_against_us_opens_the_further_routes(outcome: AppealOutcome, step: Step) -> None:
    challenged = in_state(S.UNDER_APPEAL)
    appeals.decide(challenged.appeals.get(), appeals.Decision(TODAY, outcome), **acting(challenged))
    challenged.refresh_from_db()

    assert step_of(challenged) == step
