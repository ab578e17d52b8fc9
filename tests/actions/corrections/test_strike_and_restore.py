"""A mistake in the ledger is struck or restored."""

from datetime import timedelta
from decimal import Decimal

import pytest

from requests_app import ledger
from requests_app.actions.requests import (
    appeals,
    city_determinations,
    city_progress,
    corrections,
    notes,
    silence,
)
from requests_app.models import (
    RecordsRequest,
)
from tests.actions.corrections.correcting import (
    WEEK_AGO,
    WHY,
    K,
    S,
    last,
    refusal,
    restore,
    rows,
    strike,
)
from tests.factories import (
    NOW,
    TODAY,
    acting,
    appealed,
    clarified,
    in_state,
    said,
    submitted,
)

pytestmark = pytest.mark.django_db


def test_a_wrong_grant_is_struck_and_its_clock_runs_again():
    request = submitted(at=WEEK_AGO)
    before = rows(request)
    city_determinations.grant(request, answer=said(), **acting(request))

    strike(request, K.GRANTED)

    assert rows(request) == before
    assert ledger.compare(request) == []


def test_who_struck_what_and_why_stands_in_the_ledger():
    request = in_state(S.GRANTED)

    correction = strike(request, K.GRANTED)

    granted = last(request, K.GRANTED)
    assert (correction.kind, correction.strikes, correction.by, correction.data) == (
        K.ENTRY_STRUCK,
        granted,
        request.created_by,
        {"text": WHY, "struck": "granted", "struck_on": "2026-11-02"},
    )
    assert granted not in request.events.effective()


def test_restoring_brings_back_the_rows_before():
    request = in_state(S.GRANTED)
    before = rows(request)
    strike(request, K.GRANTED)

    restore(request, K.GRANTED)

    assert rows(request) == before
    assert last(request, K.GRANTED) in request.events.effective()


def test_an_entry_can_be_struck_once_more_after_it_was_restored():
    request = in_state(S.GRANTED)
    strike(request, K.GRANTED)
    struck = rows(request)
    restore(request, K.GRANTED)

    strike(request, K.GRANTED)

    assert rows(request) == struck


def test_a_correction_needs_its_reason():
    request = in_state(S.GRANTED)
    before = request.events.count()

    assert refusal(strike, request, K.GRANTED, why=" ") == (
        "Say why: whoever reads the ledger later must know. Nothing was changed."
    )
    assert request.events.count() == before


def test_what_is_struck_is_not_struck_again():
    request = in_state(S.GRANTED)
    strike(request, K.GRANTED)

    assert refusal(strike, request, K.GRANTED) == (
        f"This entry was struck already, by {request.created_by.name} on Mon Nov 2, 2026. "
        "Nothing was changed."
    )


def test_what_stands_is_not_restored():
    request = in_state(S.GRANTED)

    assert refusal(restore, request, K.GRANTED) == (
        "This entry is not struck, so it stands already. Nothing was changed."
    )


def test_what_a_later_entry_rests_on_is_not_struck():
    request = clarified()
    before = rows(request)

    assert refusal(strike, request, K.CLARIFICATION_REQUESTED) == (
        "“clarification given” of Mon Nov 2, 2026 rests on it: strike that entry first. "
        "Nothing was changed."
    )
    assert rows(request) == before
    assert not request.events.filter(kind=K.ENTRY_STRUCK).exists()


@pytest.mark.parametrize("kind", [K.SENT, K.DRAFTED])
def test_what_the_desk_itself_wrote_is_not_struck(kind: str):
    assert refusal(strike, submitted(), kind) == (
        "The desk itself wrote this entry, or it is undone in another way: it stands. "
        "Nothing was changed."
    )


def test_an_appeal_follows_its_decision():
    request = in_state(S.UNDER_APPEAL)
    before = rows(request)
    appeals.decide(request.appeals.get(), appeals.Decision(TODAY, "affirmed"), **acting(request))

    strike(request, K.APPEAL_DECIDED)

    assert rows(request) == before


def test_a_decision_stays_where_another_appeal_by_its_route_was_begun():
    request = in_state(S.UNDER_APPEAL)
    appeals.withdraw(request.appeals.get(), on=TODAY, **acting(request))
    appeals.draft(request, route="foic", **acting(request))

    assert refusal(strike, request, K.APPEAL_WITHDRAWN) == (
        "Another “Appeal to the Freedom of Information Commission” was begun since: withdraw that "
        "one first. Nothing was changed."
    )


def test_silence_taken_for_a_denial_is_struck():
    request = submitted(at=NOW - timedelta(days=20))
    before = rows(request)
    silence.treat_as_denial(request, on=TODAY, **acting(request))

    strike(request, K.DEEMED_DENIED)

    assert rows(request) == before


def test_the_citys_number_goes_and_comes_with_the_answer_that_gave_it():
    request = submitted()
    numbers = []
    answer = said(city_reference="FOI-7")
    acknowledged = city_progress.acknowledge(request, answer=answer, **acting(request))
    corrections.strike(acknowledged, why="Another's letter.", **acting(request))
    request.refresh_from_db()
    numbers.append(request.city_reference)
    corrections.restore(acknowledged, why="It was ours.", **acting(request))
    request.refresh_from_db()
    numbers.append(request.city_reference)

    assert numbers == ["", "FOI-7"]


def test_a_number_of_the_city_that_no_entry_names_stays():
    request = in_state(S.GRANTED)
    RecordsRequest.objects.filter(pk=request.pk).update(city_reference="FOI-6")

    strike(request, K.GRANTED)

    request.refresh_from_db()
    assert request.city_reference == "FOI-6"


def test_a_struck_note_moves_nothing():
    request = in_state(S.ACKNOWLEDGED)
    before = rows(request)
    notes.note(request, on=TODAY, text="She called.", **acting(request))

    strike(request, K.NOTED)

    assert rows(request) == before


def test_a_struck_fee_leaves_no_amount():
    request = submitted()
    before = rows(request)
    city_progress.estimate_fees(request, answer=said(), amount=Decimal(40), **acting(request))

    strike(request, K.FEES_ESTIMATED)

    assert rows(request) == before


def test_a_denial_that_was_appealed_can_still_be_struck_where_silence_may_be_appealed():
    request = in_state(S.DENIED)
    appealed(request)

    strike(request, K.DENIED)

    request.refresh_from_db()
    assert (request.state, request.denied_on) == (S.UNDER_APPEAL, None)
