"""Filing over HTTP: what is asked, what is refused and said, and that nothing happens twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.actions.drafts import versions
from requests_app.models import Delivery, OfficeEntry, RecordsRequest, Role
from tests.factories import NOW, TODAY, draft, member, office_known
from tests.views.conftest import signed_in
from tests.views.drafts.pages import opened

pytestmark = pytest.mark.django_db

FOUND = {"to": "clerk@stamford.example", "source": "the city's page", "checked_on": str(TODAY)}


@pytest.fixture
def request_and_client() -> tuple[RecordsRequest, Client]:
    reporter = member()
    return draft(reporter), signed_in(reporter)


def _submit(rr: RecordsRequest, client: Client, **fields: Any) -> Any:
    seen = {"version": versions.current_number(rr), **fields}
    return client.post(reverse("request_submit", args=[rr.public_id]), seen)


def test_submit_by_email_keeps_the_address_with_its_source(
    request_and_client: tuple[RecordsRequest, Client],
) -> None:
    rr, client = request_and_client

    answer = _submit(rr, client, channel="email", **FOUND)

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/requests/{rr.public_id}/")
    entry = OfficeEntry.objects.get()
    assert (entry.value, entry.source, entry.office) == (FOUND["to"], FOUND["source"], "city_clerk")
    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.to, delivery.state) == ("email", FOUND["to"], "queued")


def test_submit_without_a_source_is_refused_and_changes_nothing(
    request_and_client: tuple[RecordsRequest, Client],
) -> None:
    rr, client = request_and_client

    answer = _submit(rr, client, channel="email", to=FOUND["to"], checked_on=FOUND["checked_on"])

    assert answer.status_code == 422
    assert "Nothing was changed" in answer.content.decode()
    assert not Delivery.objects.exists()


def test_submit_twice_makes_one_delivery_and_says_when_it_was_submitted(
    request_and_client: tuple[RecordsRequest, Client],
) -> None:
    rr, client = request_and_client
    _submit(rr, client, channel="email", **FOUND)

    again = _submit(rr, client, channel="email")

    assert again.status_code == 422
    assert "already submitted on Nov 2" in again.content.decode().lower().replace("nov", "Nov")
    assert Delivery.objects.count() == 1


def test_submit_by_post_in_the_future_is_refused_with_the_reason(
    request_and_client: tuple[RecordsRequest, Client],
) -> None:
    rr, client = request_and_client
    tomorrow = TODAY + timedelta(days=1)
    to = "888 Washington Boulevard\nStamford, CT 06901"
    fields = {**FOUND, "to": to, "handed_over_on": str(tomorrow)}

    answer = _submit(rr, client, channel="post", **fields)

    assert answer.status_code == 422
    assert "has not come yet" in answer.content.decode()
    assert not Delivery.objects.exists()


def test_submit_by_hand_waits_on_the_board_until_somebody_says_when(
    request_and_client: tuple[RecordsRequest, Client],
) -> None:
    rr, client = request_and_client
    _submit(rr, client, channel="in_person", **{**FOUND, "to": "888 Washington Boulevard"})
    delivery = Delivery.objects.get()
    assert "Say when it went" in client.get("/").content.decode()

    handed = {"on": str(TODAY), "confirmation": "taken by Ms. Ruiz"}
    client.post(reverse("delivery_hand_over", args=[delivery.pk]), handed)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.confirmation) == ("sent", "taken by Ms. Ruiz")
    assert "Say when it went" not in client.get("/").content.decode()


def test_review_stands_between_draft_and_submission(
    request_and_client: tuple[RecordsRequest, Client],
) -> None:
    rr, client = request_and_client
    rr.newsroom.reviews_before_filing = True
    rr.newsroom.save()
    editor = signed_in(member(Role.EDITOR, rr.newsroom))

    early = _submit(rr, client, channel="email", **FOUND)
    client.post(reverse("send_to_review", args=[rr.public_id]))
    silent = editor.post(reverse("return_to_draft", args=[rr.public_id]), follow=True)
    office_known(rr.newsroom, FOUND["to"])
    read = opened(editor, reverse("review_page", args=[rr.public_id]))
    editor.post(reverse("approve", args=[rr.public_id]), {**read, "note": "good"})
    late = _submit(rr, client, channel="email")

    assert (early.status_code, late.status_code) == (422, 303)
    assert "Say what should change" in silent.content.decode()
    rr.refresh_from_db()
    assert (rr.state, rr.submitted_on) == ("submitted", NOW.date())
