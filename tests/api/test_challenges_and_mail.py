"""Mail filed, letters in a challenge, exhibits, sendings and webhooks, by program."""

import pytest
from django.urls import reverse

from requests_app.models import DeliveryState, Exhibit, InboundMail, Webhook
from tests.api.callers import with_token
from tests.api.test_writing import post
from tests.factories import member
from tests.views.conftest import _monday, _plain_http  # noqa: F401  as for the pages
from tests.views.test_every_url import (
    _by_hand,
    _call,
    _challenge_day,
    _drafted_appeal,
    _filed_appeal,
    _waiting_mail,
    _webhook_message,
)
from tests.views.world import World, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build()


def test_mail_of_the_inbox_is_filed_to_a_request(world: World) -> None:
    [pk] = _waiting_mail(world)
    client = with_token(world.denied.created_by)

    waiting = client.get(reverse("api_inbox")).json()["results"]
    filed = post(client, "mail_file", pk, body={"reference": world.denied.reference})
    again = post(client, "mail_file", pk, body={"reference": world.denied.reference})

    assert [row["id"] for row in waiting] == [pk]
    assert filed.json()["is_waiting"] is False
    assert again.status_code == 409
    assert InboundMail.objects.get().standing_communication().records_request == world.denied


def test_letter_in_a_challenge_is_written_by_its_wording(world: World) -> None:
    [pk] = _filed_appeal(world)
    client = with_token(world.denied.created_by)

    sent = post(client, "challenge_letter_withdrawal", pk, body={"channel": "email"})
    late = post(client, "challenge_letter_withdrawal", pk, body={"channel": "email"})

    assert sent.status_code == 200, sent.json()
    assert sent.json()["state"] == "withdrawn"
    assert late.status_code == 409
    letters = client.get(reverse("api_appeal_filings", args=[pk])).json()["results"]
    assert [row["kind"] for row in letters] == ["appeal", "challenge_withdrawal"]


def test_day_of_a_challenge_is_moved_and_over(world: World) -> None:
    pk, number = _challenge_day(world)
    client = with_token(world.denied.created_by)

    moved = post(client, "day_move", pk, number, body={"due_on": "2026-11-20", "hour": "10:00"})
    stands = client.get(reverse("api_challenge_days", args=[pk])).json()
    over = post(client, "day_over", pk, number, body={"came": "canceled"})
    unknown = post(client, "day_over", pk, 99, body={"came": "canceled"})

    assert moved.status_code == 200, moved.json()
    assert [(row["kind"], row["due_on"], row["hour"]) for row in stands] == [
        ("hearing", "2026-11-20", "10:00")
    ]
    assert over.status_code == 200, over.json()
    assert unknown.status_code == 404


def test_exhibits_are_moved_renamed_and_removed(world: World) -> None:
    [pk] = _drafted_appeal(world)
    client = with_token(world.denied.created_by)
    rows = client.get(reverse("api_exhibits", args=[pk])).json()["results"]
    first, last = rows[0]["id"], rows[-1]["id"]

    moved = post(client, "exhibit_move", last, body={"to": 1})
    named = post(client, "exhibit_rename", first, body={"title": "The request"})
    removed = post(client, "exhibit_remove", last)

    assert moved.json()["position"] == 1
    assert named.json()["title"] == "The request"
    assert removed.status_code == 200
    assert not Exhibit.objects.filter(pk=last).exists()


def test_letter_by_hand_is_handed_over(world: World) -> None:
    [pk] = _by_hand(world)
    client = with_token(world.denied.created_by)

    handed = post(client, "hand_over", pk, body={"confirmation": "9405 5"})

    assert handed.status_code == 200, handed.json()
    assert (handed.json()["state"], handed.json()["confirmation"]) == (DeliveryState.SENT, "9405 5")


def test_call_is_entered_and_answered(world: World) -> None:
    client = with_token(world.denied.created_by)

    entered = post(
        client,
        "call_or_letter",
        world.denied.public_id,
        body={"channel": "phone", "text": "Call again.", "meaning": "correspondence"},
    )
    answered = post(
        client, "reply", *_call(world), body={"to": "clerk@stamford.example", "text": "We do."}
    )

    assert entered.status_code == 201, entered.json()
    assert entered.json()["waits_to_be_read"] is False
    assert answered.status_code == 201, answered.json()


def test_webhook_is_ones_own_without_its_secret(world: World) -> None:
    [message] = _webhook_message(world)
    client, webhook = with_token(world.denied.created_by), Webhook.objects.get()

    read = client.get(reverse("api_webhook", args=[webhook.pk]))
    told = client.get(reverse("api_webhook_messages", args=[webhook.pk])).json()["results"]
    ended = post(client, "webhook_end", webhook.pk)
    others = with_token(member(newsroom=world.denied.newsroom))

    assert webhook.secret not in read.content.decode()
    assert [row["id"] for row in told] == [message]
    assert ended.json()["ended_at"]
    assert post(client, "webhook_end", webhook.pk).status_code == 409
    assert others.get(reverse("api_webhook", args=[webhook.pk])).status_code == 404
