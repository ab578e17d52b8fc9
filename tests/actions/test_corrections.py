"""A mistake in the ledger is struck, restored, or put on its right day."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from requests_app import ledger
from requests_app.actions.errors import Refused
from requests_app.actions.requests import (
    appeals,
    city_determinations,
    city_progress,
    corrections,
    ending,
    notes,
    silence,
    submission,
)
from requests_app.actions.sending import deliveries as sending
from requests_app.actions.sending import our_letters
from requests_app.delivery import outbox
from requests_app.ledger.attribution import ByTheDesk
from requests_app.letters import Sending
from requests_app.models import (
    Appeal,
    Channel,
    Delivery,
    Event,
    EventKind,
    RecordsRequest,
    RequestState,
)
from tests.factories import (
    BY_EMAIL,
    NOW,
    TODAY,
    acting,
    appealed,
    clarified,
    draft,
    in_state,
    mailed,
    said,
    submitted,
)

pytestmark = pytest.mark.django_db

K, S = EventKind, RequestState
WHY = "The letter says the opposite."
WEEK_AGO = NOW - timedelta(days=7)
DEADLINE_COLUMNS = ("clock", "route", "occurrence", "status", "due_on", "met_on", "explanation")


def last(request: RecordsRequest, kind: str) -> Event:
    found = request.events.filter(kind=kind).in_order().last()
    assert found is not None
    return found


def rows(request: RecordsRequest) -> dict[str, Any]:
    """All that follows from its ledger, but for when the rows were written."""
    stored = RecordsRequest.objects.values().get(pk=request.pk)
    stored.pop("changed_at")
    of_appeals = [
        {name: value for name, value in row.items() if name != "changed_at"}
        for row in Appeal.objects.filter(records_request=request).order_by("pk").values()
    ]
    clocks = request.deadlines.order_by("clock", "route", "occurrence")
    return {
        "request": stored,
        "appeals": of_appeals,
        "deadlines": list(clocks.values(*DEADLINE_COLUMNS)),
        "deliveries": list(request.deliveries.order_by("pk").values("pk", "state", "sent_at")),
    }


def strike(request: RecordsRequest, kind: str, why: str = WHY) -> Event:
    return corrections.strike(last(request, kind), why=why, **acting(request))


def restore(request: RecordsRequest, kind: str) -> Event:
    return corrections.restore(last(request, kind), why="It was right.", **acting(request))


def refusal(act, *arguments: Any, **facts: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(*arguments, **facts)
    return str(refused.value)


# -- striking --
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


@pytest.mark.parametrize("kind", [K.SENT, K.DRAFTED])
def test_what_the_desk_itself_wrote_is_not_struck(kind: str):
    assert refusal(strike, submitted(), kind) == (
        "The desk itself wrote this entry, or it is undone in another way: it stands. "
        "Nothing was changed."
    )


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


# -- a letter that did not come back --
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


# -- the day --
def test_a_day_is_corrected_as_if_it_had_been_entered_so():
    request = submitted(at=WEEK_AGO)
    other = submitted(at=WEEK_AGO)
    city_determinations.deny(request, answer=said(on=TODAY), **acting(request))
    city_determinations.deny(other, answer=said(on=TODAY - timedelta(days=2)), **acting(other))

    day = TODAY - timedelta(days=2)
    corrections.correct_day(last(request, K.DENIED), on=day, why="Misread.", **acting(request))

    request.refresh_from_db()
    assert request.denied_on == day
    assert rows(request)["deadlines"] == rows(other)["deadlines"]
    assert ledger.compare(request) == []


def test_a_corrected_day_keeps_its_place_before_what_came_later():
    request = submitted(at=WEEK_AGO)
    city_progress.acknowledge(request, answer=said(on=TODAY - timedelta(days=1)), **acting(request))
    city_determinations.deny(request, answer=said(), **acting(request))

    day = TODAY - timedelta(days=3)
    acknowledged = last(request, K.ACKNOWLEDGED)
    corrections.correct_day(acknowledged, on=day, why="Misread.", **acting(request))

    request.refresh_from_db()
    assert (request.state, request.acknowledged_on) == (S.DENIED, day)


def test_a_corrected_day_keeps_its_place_among_what_happened_that_day():
    request = submitted(at=WEEK_AGO)
    eve = TODAY - timedelta(days=1)
    acknowledged = city_progress.acknowledge(request, answer=said(on=eve), **acting(request))
    city_determinations.deny(request, answer=said(), **acting(request))

    corrections.correct_day(acknowledged, on=TODAY, why="Misread.", **acting(request))

    request.refresh_from_db()
    assert (request.state, request.acknowledged_on) == (S.DENIED, TODAY)


def test_a_day_before_what_was_entered_earlier_moves_the_entry_back():
    request = submitted(at=WEEK_AGO)
    eve, before = TODAY - timedelta(days=1), TODAY - timedelta(days=2)
    city_progress.estimate_fees(request, answer=said(on=eve), amount=Decimal(40), **acting(request))
    asked = city_progress.request_clarification(request, answer=said(), **acting(request))
    states = [request.state]

    corrections.correct_day(asked, on=before, why="Misread.", **acting(request))

    request.refresh_from_db()
    assert [*states, request.state] == [S.AWAITING_CLARIFICATION, S.AWAITING_FEES]


def test_a_day_that_contradicts_what_came_later_is_refused():
    request = submitted(at=WEEK_AGO)
    city_progress.acknowledge(request, answer=said(on=TODAY - timedelta(days=4)), **acting(request))
    city_determinations.deny(request, answer=said(on=TODAY - timedelta(days=2)), **acting(request))
    before = rows(request)
    acknowledged = last(request, K.ACKNOWLEDGED)

    said_ = refusal(
        corrections.correct_day, acknowledged, on=TODAY, why="Misread.", **acting(request)
    )

    assert said_ == (
        "It cannot have happened on Mon Nov 2, 2026: the request would be denied, so it could not "
        "be acknowledged. Nothing was changed."
    )
    assert rows(request) == before


def test_a_day_before_the_request_is_refused():
    request = in_state(S.ACKNOWLEDGED)

    said_ = refusal(
        corrections.correct_day,
        last(request, K.ACKNOWLEDGED),
        on=TODAY - timedelta(days=1),
        why="Misread.",
        **acting(request),
    )

    assert (
        said_
        == "Sun Nov 1, 2026 is before Mon Nov 2, 2026, the day it was submitted: check the date."
    )


def test_the_day_of_a_handing_over_is_corrected_with_its_delivery():
    request = draft(at=WEEK_AGO)
    delivery = submission.submit(
        request,
        sending=Sending(Channel.IN_PERSON, "888 Washington Blvd"),
        **acting(request, WEEK_AGO),
    )
    sending.hand_over(delivery, on=TODAY, **acting(request))

    day = TODAY - timedelta(days=3)
    corrections.correct_day(last(request, K.SENT), on=day, why="It was Friday.", **acting(request))

    delivery.refresh_from_db()
    assert delivery.sent_at is not None
    assert request.city.local_date(delivery.sent_at) == day
    assert request.deadlines.get(clock="response").starts_on == day


def test_the_day_a_server_says_is_not_corrected():
    request = submitted(at=WEEK_AGO)

    assert (
        refusal(
            corrections.correct_day, last(request, K.SENT), on=TODAY, why=WHY, **acting(request)
        )
        == "The mail server says when it left: the day stands. Nothing was changed."
    )


def test_taking_a_corrected_day_back_brings_back_the_first():
    request = submitted(at=WEEK_AGO)
    city_determinations.deny(request, answer=said(), **acting(request))
    before = rows(request)
    first = last(request, K.DENIED)
    day = TODAY - timedelta(days=2)
    corrected = corrections.correct_day(first, on=day, why="Misread.", **acting(request))

    corrections.strike(corrected, why="Not misread.", **acting(request))
    corrections.restore(first, why="Not misread.", **acting(request))

    assert rows(request) == before


def test_what_stands_corrected_is_not_restored_beside_its_correction():
    request = submitted(at=WEEK_AGO)
    city_determinations.deny(request, answer=said(), **acting(request))
    first = last(request, K.DENIED)
    day = TODAY - timedelta(days=2)
    corrections.correct_day(first, on=day, why="Misread.", **acting(request))

    assert refusal(corrections.restore, first, why="Both.", **acting(request)) == (
        "It was put on another day, Sat Oct 31, 2026: strike that entry first. Nothing was changed."
    )


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


def test_an_appeal_that_waits_to_be_sent_is_a_draft_again():
    request = in_state(S.DENIED)
    appeal = appeals.draft(request, route="foic", **acting(request))
    appeals.file(appeal, sending=BY_EMAIL, **acting(request))

    strike(request, K.APPEAL_FILED)

    appeal.refresh_from_db()
    request.refresh_from_db()
    assert (appeal.state, appeal.filed_on, request.state) == ("draft", None, S.DENIED)


def test_a_denial_that_was_appealed_can_still_be_struck_where_silence_may_be_appealed():
    request = in_state(S.DENIED)
    appealed(request)

    strike(request, K.DENIED)

    request.refresh_from_db()
    assert (request.state, request.denied_on) == (S.UNDER_APPEAL, None)
