"""An offer of settlement over HTTP: recorded, then told to the body."""

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.actions.requests import appeals
from requests_app.models import Appeal, Delivery, LetterKind, Role
from tests.factories import acting, appealed, in_state, member
from tests.views.challenges.test_letters import form_of, page
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db
OFFER = {"on": "2026-11-02", "channel": "email", "text": "You may have the first half year."}


@pytest.fixture
def appeal() -> Appeal:
    return appealed(in_state("denied"))


@pytest.fixture
def client(appeal: Appeal) -> Client:
    return signed_in(appeal.created_by)


def offered(client: Client, appeal: Appeal) -> str:
    return flat(client.post(reverse("settlement_offer", args=[appeal.pk]), OFFER, follow=True))


def test_what_was_offered_stands_in_the_ledger_and_leads_to_both_letters(
    client: Client, appeal: Appeal
):
    address = reverse("appeal_page", args=[appeal.pk])
    assert "Say what is settled" not in flat(client.get(address))

    shown = offered(client, appeal)

    assert "Stamford offered or gave something in settlement." in shown
    assert OFFER["text"] in shown
    assert "Say what is settled" in shown
    assert "Withdraw by letter" in shown


def test_the_body_is_told_what_remains(client: Client, appeal: Appeal):
    offered(client, appeal)
    address = page(appeal, "settled-in-part")
    said = {"settled": "the first half year", "remains": "the second half year", "copied": ""}
    written = form_of(client, address, **said, do="write")
    text = client.post(address, written).context["form"]["text"].value()

    client.post(address, {**form_of(client, address, **said), "text": text})

    letter = Delivery.objects.get(letter__kind=LetterKind.SETTLEMENT_REPORT).letter
    assert "the first half year" in letter.text
    assert "the second half year" in letter.text


def test_a_draft_leads_back_with_the_reason(client: Client):
    request = in_state("denied")
    draft = appeals.draft(request, route="foic", **acting(request))

    shown = offered(signed_in(draft.created_by), draft)

    assert "This appeal is draft: there is nothing to settle in it." in shown


def test_another_newsroom_settles_nothing(appeal: Appeal):
    stranger = signed_in(member(Role.ADMIN))

    answer = stranger.post(reverse("settlement_offer", args=[appeal.pk]), OFFER)

    assert answer.status_code == 404
