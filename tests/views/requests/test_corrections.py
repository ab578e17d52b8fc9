"""A mistake in the ledger, put right on the request's page."""

import pytest
from django.urls import reverse

from requests_app.actions.requests import city_determinations
from requests_app.models import EventKind, RecordsRequest, RequestState, Role
from tests.factories import NOW, TODAY, acting, in_state, member, said, submitted
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db


def address(name: str, request: RecordsRequest, kind: str) -> str:
    entry = request.events.get(kind=kind)
    return reverse(name, args=[request.public_id, entry.pk])


def page_of(request: RecordsRequest, user=None) -> str:
    client = signed_in(user or request.created_by)
    return flat(client.get(reverse("request_page", args=[request.public_id])))


def test_a_wrong_grant_is_struck_and_the_request_waits_for_the_city_again():
    request = submitted()
    city_determinations.grant(request, answer=said(), **acting(request))
    client = signed_in(request.created_by)
    strike = address("entry_strike", request, EventKind.GRANTED)
    assert f'href="{strike}"' in page_of(request)
    assert "Struck" not in page_of(request)

    asked = flat(client.get(strike))
    done = client.post(strike, {"why": "The letter is a denial."}, follow=True)

    assert "Stamford gave the records." in asked
    assert "Struck. What followed from it was worked out again." in flat(done)
    request.refresh_from_db()
    assert request.state == RequestState.SUBMITTED
    assert request.deadlines.get(clock="response").status == "running"


def test_a_struck_entry_is_read_crossed_out_with_who_when_and_why():
    request = in_state(RequestState.GRANTED)
    client = signed_in(request.created_by)
    client.post(
        address("entry_strike", request, EventKind.GRANTED), {"why": "The letter is a denial."}
    )

    page = page_of(request)

    assert '<span class="for-readers">Struck: </span><s>Stamford gave the records.</s>' in page
    assert f"Struck by {request.created_by} on" in page
    assert "The letter is a denial." in page
    assert address("entry_restore", request, EventKind.GRANTED) in page
    assert address("entry_strike", request, EventKind.GRANTED) not in page


def test_a_struck_entry_is_restored():
    request = in_state(RequestState.GRANTED)
    client = signed_in(request.created_by)
    client.post(address("entry_strike", request, EventKind.GRANTED), {"why": "A mistake."})

    client.post(address("entry_restore", request, EventKind.GRANTED), {"why": "It was right."})

    request.refresh_from_db()
    assert request.state == RequestState.GRANTED
    page = page_of(request)
    assert "<s>Stamford gave the records.</s>" not in page
    assert "<s>Struck: “Records produced” of Mon Nov 2, 2026.</s>" in page
    assert "Restored: “Records produced” of Mon Nov 2, 2026. <span" in page
    assert "/restore/" not in page


def test_the_day_is_corrected_with_its_words():
    request = submitted(at=NOW.replace(day=1, month=10))
    city_determinations.deny(request, answer=said(text="We withhold it."), **acting(request))
    client = signed_in(request.created_by)

    client.post(
        address("entry_day", request, EventKind.DENIED), {"on": "2026-10-20", "why": "Misread."}
    )

    request.refresh_from_db()
    assert str(request.denied_on) == "2026-10-20"
    assert page_of(request).count("We withhold it.") == 2  # the struck one, and the right one


@pytest.mark.parametrize(
    ("name", "fields", "sentence"),
    [
        ("entry_strike", {"why": ""}, "This field is required."),
        ("entry_strike", {"why": " "}, "This field is required."),
        ("entry_restore", {"why": "It was right."}, "This entry is not struck"),
        ("entry_day", {"why": "Misread."}, "This field is required."),
        (
            "entry_day",
            {"why": "Misread.", "on": TODAY},
            "It is entered on Mon Nov 2, 2026 already.",
        ),
    ],
)
def test_what_is_missing_or_impossible_is_said_and_changes_nothing(name, fields, sentence):
    request = in_state(RequestState.GRANTED)
    before = request.events.count()

    answer = signed_in(request.created_by).post(address(name, request, EventKind.GRANTED), fields)

    assert answer.status_code == 422
    assert sentence in flat(answer)
    assert request.events.count() == before


def test_another_reporter_who_works_on_it_asks_an_editor():
    request = in_state(RequestState.GRANTED)
    colleague = member(newsroom=request.newsroom)
    request.shared_with.add(colleague)
    strike = address("entry_strike", request, EventKind.GRANTED)

    answer = signed_in(colleague).post(strike, {"why": "A mistake."})

    assert answer.status_code == 403
    assert strike not in page_of(request, colleague)
    assert strike in page_of(request, member(Role.EDITOR, request.newsroom))


def test_what_left_the_house_is_not_offered_and_is_refused():
    request = submitted()
    strike = address("entry_strike", request, EventKind.SUBMITTED)

    answer = signed_in(request.created_by).post(strike, {"why": "A mistake."})

    assert strike not in page_of(request)
    assert answer.status_code == 422
    assert "Its letter has left the house" in flat(answer)


def test_an_entry_of_another_request_is_not_found():
    one, other = in_state(RequestState.GRANTED), in_state(RequestState.GRANTED)
    entry = other.events.get(kind=EventKind.GRANTED)

    answer = signed_in(one.created_by).get(reverse("entry_strike", args=[one.public_id, entry.pk]))

    assert answer.status_code == 404
