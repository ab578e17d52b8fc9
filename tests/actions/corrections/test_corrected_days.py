"""A day entered wrongly is put right: as if it had been entered so."""

from datetime import timedelta
from decimal import Decimal

import pytest

from requests_app import ledger
from requests_app.actions.requests import (
    city_determinations,
    city_progress,
    corrections,
    submission,
)
from requests_app.actions.sending import deliveries as sending
from requests_app.letters import Sending
from requests_app.models import (
    Channel,
)
from tests.actions.corrections.correcting import (
    WEEK_AGO,
    WHY,
    K,
    S,
    last,
    refusal,
    rows,
)
from tests.factories import (
    TODAY,
    acting,
    draft,
    in_state,
    said,
    submitted,
)

pytestmark = pytest.mark.django_db


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
