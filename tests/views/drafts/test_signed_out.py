"""A sign-in that ends while somebody writes: what they typed is theirs when they come back."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client

from requests_app.models import RecordsRequest, UnsavedWriting
from requests_app.views.drafts.open_form import SALT
from tests.factories import NOW, draft, in_state, member
from tests.views.conftest import BACKEND, signed_in
from tests.views.drafts.pages import NEW, edit_url, fields_in, opened, sent, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def rr() -> RecordsRequest:
    return draft()


def expired(rr: RecordsRequest, url: str) -> tuple[Client, dict[str, str]]:
    """A browser with the page open, whose session is gone."""
    client = signed_in(rr.created_by)
    page = opened(client, url)
    Session.objects.all().delete()
    return client, page


def test_a_script_is_told_to_sign_in_and_the_words_are_kept(rr: RecordsRequest):
    client, page = expired(rr, edit_url(rr))

    answer = sent(client, edit_url(rr), page, "keep", text="Our own wor")

    assert answer.status_code == 401
    assert "Your sign-in has ended. What you typed is kept" in words_of(answer)
    assert f"/accounts/login/?next=%2Frequests%2F{rr.public_id}%2Fedit%2F" in (
        answer.content.decode()
    )


@pytest.mark.parametrize("do", ["keep", "save", "submit"])
def test_after_signing_in_again_the_words_stand_in_the_page(rr: RecordsRequest, do: str):
    client, page = expired(rr, edit_url(rr))
    sent(client, edit_url(rr), page, do, text="Our own words.")

    client.force_login(rr.created_by, backend=BACKEND)

    assert fields_in(client.get(edit_url(rr)))["text"] == "Our own words."


def test_a_plain_save_leads_to_the_sign_in_and_back(rr: RecordsRequest):
    client, page = expired(rr, edit_url(rr))

    answer = sent(client, edit_url(rr), page, "save", text="Our own words.")

    assert answer.status_code == 302
    assert answer.headers["Location"] == (f"/accounts/login/?next={edit_url(rr)}")
    rr.refresh_from_db()
    assert "Our own words." not in rr.letter_text


def test_a_request_that_was_not_begun_yet_is_not_lost_either(rr: RecordsRequest):
    client, page = expired(rr, NEW)
    typed = {"city": "us-ca/concord", "kind": "dataset", "purpose": "To map parking."}
    sent(client, NEW, page, "begin", **typed)

    client.force_login(rr.created_by, backend=BACKEND)

    shown = fields_in(client.get(NEW))
    assert {name: shown[name] for name in typed} == typed


def test_a_reply_is_not_lost_either():
    rr = in_state("submitted")
    url = f"/requests/{rr.public_id}/record/follow-up/"
    client, page = expired(rr, url)
    sent(client, url, page, "", text="Where does it stand?")

    client.force_login(rr.created_by, backend=BACKEND)

    assert fields_in(client.get(url))["text"] == "Where does it stand?"


def test_paper_beside_the_text_is_no_sign_in_page(rr: RecordsRequest):
    client, _ = expired(rr, edit_url(rr))

    answer = client.post(edit_url(rr), {"do": "look"}, headers={"HX-Request": "true"})

    assert answer.status_code == 401


def _tab(told: list[Any], salt: str = SALT) -> str:
    return signing.dumps(told, salt=salt)


def test_nobody_leaves_words_who_was_not_shown_the_page(rr: RecordsRequest):
    forged = [rr.created_by.pk, "draft", rr.pk, "a", "x" * 16]
    for tab in ("", "nonsense", _tab(forged), _tab(forged, salt="another")):
        Client().post(edit_url(rr), {"do": "keep", "tab": tab, "text": "Not theirs."})

    assert UnsavedWriting.objects.count() == 0


def test_a_changed_password_ends_what_a_page_left_open_may_do(rr: RecordsRequest):
    client, page = expired(rr, edit_url(rr))
    rr.created_by.set_password("another-one-entirely")
    rr.created_by.save()

    sent(client, edit_url(rr), page, "keep", text="Not theirs.")

    assert UnsavedWriting.objects.count() == 0


@pytest.mark.parametrize("gone", ["the person", "the week"])
def test_a_page_left_open_is_not_good_for_ever(rr: RecordsRequest, gone: str):
    client, page = expired(rr, edit_url(rr))
    if gone == "the person":
        rr.created_by.is_active = False
        rr.created_by.save()
    later = NOW + timedelta(days=8 if gone == "the week" else 0)

    with time_machine.travel(later, tick=False):
        sent(client, edit_url(rr), page, "keep", text="Not theirs.")

    assert UnsavedWriting.objects.count() == 0


@pytest.mark.tampered
def test_a_request_that_is_not_theirs_any_more_takes_no_words(rr: RecordsRequest):
    client, page = expired(rr, edit_url(rr))
    RecordsRequest.objects.update(created_by=member(newsroom=rr.newsroom))

    sent(client, edit_url(rr), page, "keep", text="Not theirs.")

    assert UnsavedWriting.objects.count() == 0


def test_a_form_whose_token_is_old_keeps_its_words(rr: RecordsRequest):
    """As after signing in again in another tab, without a script to fetch the new one."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(rr.created_by, backend=BACKEND)
    page = fields_in(client.get(edit_url(rr)))
    old = {**page, "csrfmiddlewaretoken": "x" * 64}

    answer = sent(client, edit_url(rr), old, "save", text="Our own words.")

    assert answer.status_code == 403
    assert "What you typed is kept" in words_of(answer)
    assert fields_in(client.get(edit_url(rr)))["text"] == "Our own words."
