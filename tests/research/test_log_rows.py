"""A tracked appeal stands in the log as its request's ledger has it, from the draft on."""

from datetime import date, timedelta

import pytest

from requests_app import ledger
from requests_app.actions.errors import Refused
from requests_app.actions.requests import appeals, city_determinations, corrections
from requests_app.actions.requests.appeals import DecidedExemption, Decision
from requests_app.ledger.inputs import events_of
from requests_app.models import AppealOutcome, AppealState, LogEntry, RequestState
from requests_app.vocabulary.research.exemption_outcomes import Became
from tests.factories import NOW, TODAY, acting, appealed, in_state, said, submitted

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)
SECTION = "§ 1-210(b)(3)"


def denied_over(claim: str = SECTION):
    request = submitted()
    city_determinations.deny(request, answer=said(), exemptions=[claim], **acting(request))
    return request


def decided(request, *exemptions: DecidedExemption, outcome=AppealOutcome.REVERSED):
    appeal = appealed(request)
    on = TODAY + timedelta(days=30)
    appeals.decide(appeal, Decision(on, outcome, exemptions=exemptions), **acting(request, LATER))
    return appeal


def test_an_appeal_that_is_filed_stands_in_the_log_with_its_next_day():
    request = in_state(RequestState.UNDER_APPEAL)

    entry = LogEntry.objects.get()

    clock = request.deadlines.get(clock="appeal_decision")
    assert (entry.state, entry.filed_on, entry.route) == (AppealState.FILED, TODAY, "foic")
    assert (entry.next_on, entry.next_clock) == (clock.due_on, "appeal_decision")
    assert entry.due_on == clock.due_on


def test_a_decision_ends_its_days_and_says_what_became_of_each_exemption():
    request = denied_over()
    became = DecidedExemption(SECTION, Became.REJECTED, "The exemption does not apply.", "4")

    decided(request, became)

    entry = LogEntry.objects.get()
    [exemption] = entry.exemptions.all()
    assert (entry.state, entry.outcome, entry.days) == ("decided", "reversed", 30)
    assert (exemption.became, exemption.passage, exemption.page) == (
        "rejected", "The exemption does not apply.", "4",
    )  # fmt: skip
    assert exemption.citation.startswith("Conn. Gen. Stat.")


def test_a_decision_on_what_was_not_claimed_is_refused_and_changes_nothing():
    request = denied_over()

    with pytest.raises(Refused, match="did not claim “Drafts” here"):
        decided(request, DecidedExemption("Drafts", Became.UPHELD))

    assert LogEntry.objects.get().state == AppealState.FILED


def test_a_chain_of_one_request_is_in_its_order():
    request = in_state(RequestState.IN_LITIGATION)

    review, court = LogEntry.objects.order_by("pk")

    assert court.follows == review
    assert court.records_request == request


def test_a_decision_that_is_struck_never_was():
    request = denied_over()
    appeal = appealed(request)
    before = LogEntry.objects.values().get()
    on = TODAY + timedelta(days=30)
    event = appeals.decide(appeal, Decision(on, AppealOutcome.AFFIRMED), **acting(request, LATER))

    corrections.strike(event, why="Another case.", **acting(request, LATER))

    after = LogEntry.objects.values().get()
    assert after | {"changed_at": None} == before | {"changed_at": None}


def test_a_row_that_is_not_what_follows_is_named():
    request = in_state(RequestState.UNDER_APPEAL)
    LogEntry.objects.update(docket="FIC 2026-0001", filed_on=date(2020, 1, 1))

    lines = ledger.compare(request)

    assert lines == [
        "the log has docket FIC 2026-0001, derived ",
        "the log has filed_on 2020-01-01, derived 2026-11-02",
    ]


def test_an_appeal_that_is_missing_from_the_log_is_named_and_mended():
    request = in_state(RequestState.UNDER_APPEAL)
    LogEntry.objects.all().delete()
    appeal = request.appeals.get()

    assert ledger.compare(request) == [f"appeal {appeal.pk} is not in the log"]
    ledger.rederive(request, at=NOW, because="derived again")
    assert ledger.compare(request) == []


def test_a_request_without_an_appeal_reads_nothing_for_the_log(django_assert_num_queries):
    request = in_state(RequestState.DENIED)
    ledgers = events_of([request])

    with django_assert_num_queries(0):
        ledger.write_log_entries([request], ledgers)
