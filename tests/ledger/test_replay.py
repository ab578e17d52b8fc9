"""Where a request stands is what its entries give, taken through the transitions again."""

from io import StringIO

import pytest
from django.core.management import call_command

from requests_app import ledger
from requests_app.actions.requests import appeals, city_determinations
from requests_app.ledger.inputs import events_of
from requests_app.ledger.replay import ImpossibleHistoryError, fold
from requests_app.models import Appeal, AppealOutcome, EventKind, RecordsRequest, RequestState
from requests_app.models.guards.state_guard import StateIsGuardedError, state_may_change
from requests_app.models.requests.transition_decorator import replay
from tests.factories import TODAY, acting, appealed, clarified, deemed_denied, in_state, said

pytestmark = pytest.mark.django_db


def entries_of(request: RecordsRequest):
    return events_of([request])[request.pk]


@pytest.mark.parametrize("state", RequestState.values)
def test_every_state_is_what_its_ledger_gives(state: str):
    assert ledger.compare(in_state(state)) == []


@pytest.mark.parametrize("reach", [clarified, deemed_denied])
def test_every_day_is_what_its_ledger_gives(reach):
    assert ledger.compare(reach()) == []


def test_a_fold_asks_the_database_nothing(django_assert_num_queries):
    request = in_state(RequestState.IN_LITIGATION)
    entries = entries_of(request)

    with django_assert_num_queries(0):
        replayed = fold(request, entries)

    assert replayed.request.state == RequestState.IN_LITIGATION
    assert [appeal.state for appeal in replayed.appeals.values()] == ["decided", "filed"]


def test_what_was_filed_before_the_newsroom_reviewed_stays_filed():
    request = in_state(RequestState.SUBMITTED)
    request.newsroom.reviews_before_filing = True
    request.newsroom.save()

    assert ledger.compare(request) == []


def test_an_open_appeal_keeps_a_replayed_request_from_closing():
    request = in_state(RequestState.CLOSED)
    closing = entries_of(request)
    other = in_state(RequestState.DENIED)
    appeals.draft(other, route="foic", **acting(other))

    with pytest.raises(ImpossibleHistoryError) as refused:
        fold(other, [*entries_of(other), closing[-1]._replace(pk=2**31)])

    assert str(refused.value) == (
        "“closed” of Mon Nov 2, 2026: An appeal is still open: record its decision or withdraw it "
        "first."
    )


def test_an_entry_that_answers_another_needs_it():
    request = in_state(RequestState.UNDER_APPEAL)
    decision = appeals.Decision(TODAY, AppealOutcome.REVERSED)
    appeals.decide(request.appeals.get(), decision, **acting(request))
    city_determinations.comply(request, answer=said(), **acting(request))
    without = [e for e in entries_of(request) if e.kind != EventKind.APPEAL_DECIDED]

    with pytest.raises(ImpossibleHistoryError) as refused:
        fold(request, without)

    assert str(refused.value) == (
        "“decision complied with” of Mon Nov 2, 2026: it needs “appeal decided” before it."
    )


def test_a_stored_row_is_never_replayed_upon():
    with pytest.raises(StateIsGuardedError):
        replay(in_state(RequestState.SUBMITTED), EventKind.GRANTED, on=TODAY, data={})


def test_a_state_past_the_ledger_is_named_and_mended():
    request = in_state(RequestState.DENIED)
    appeal = appealed(request)
    with state_may_change():
        RecordsRequest.objects.filter(pk=request.pk).update(state=RequestState.GRANTED)
        Appeal.objects.filter(pk=appeal.pk).update(filed_on=TODAY.replace(day=1))
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("rederive", "--check", stdout=out)
    call_command("rederive", stdout=out)
    call_command("rederive", "--check", stdout=out)

    name = request.reference
    assert out.getvalue().splitlines() == [
        *(lines := [
            f"{name}: state is granted, the ledger gives under_appeal",
            f"{name}: appeal {appeal.pk}: filed_on is 2026-11-01, the ledger gives 2026-11-02",
        ]),
        "1 of 1 requests differ.",
        *lines,
        "1 of 1 requests were mended.",
        "0 of 1 requests differ.",
    ]  # fmt: skip


def test_a_difference_of_a_day_is_named():
    request = in_state(RequestState.DENIED)
    appealed(request)
    RecordsRequest.objects.filter(pk=request.pk).update(denied_on=None)
    request.refresh_from_db()

    assert ledger.compare(request) == ["denied_on is None, the ledger gives 2026-11-02"]
