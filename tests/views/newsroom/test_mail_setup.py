"""The page of how mail leaves and comes in: each mailbox with what works, and what does not."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app.models import MailboxState, Role
from tests.factories import member
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db
ONE = "imaps://desk:secret@mail.example.org/INBOX"
NAME = "desk at mail.example.org:993/INBOX"


def page() -> str:
    answer = signed_in(member(Role.ADMIN)).get(reverse("mail_setup"))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_without_a_mailbox_it_says_so(settings: Any) -> None:
    settings.IMAP_URL = ""

    assert "None: mail comes in by a webhook" in page()


def test_an_address_that_is_none_says_how_it_should_be(settings: Any) -> None:
    settings.IMAP_URL = "mail.example.org"

    assert "IMAP_URL is not as the desk needs it" in page()


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, "Not looked into yet: is the worker running?"),
        ({"looked_at": 0}, "Looked into each minute, as long as the worker runs"),
        ({"held_until": 1, "is_idle": True}, "Watched: mail is here as soon as the server has it"),
        ({"held_until": 1, "is_idle": False}, "Watched: asked each minute"),
        ({"held_until": -1, "is_idle": True, "looked_at": 0}, "Looked into each minute"),
        ({"failed_at": -1, "trouble": "No such user.", "not_before": 5}, "No such user. Next try"),
    ],
)
def test_it_says_how_it_stands_with_a_mailbox(
    known: dict[str, Any], said: str, settings: Any
) -> None:
    """Times are minutes from now."""
    settings.IMAP_URL = ONE
    at = timezone.now()
    fields = {
        k: v if isinstance(v, (bool, str)) else at + timedelta(minutes=v) for k, v in known.items()
    }
    if fields:
        MailboxState.objects.create(address=NAME, **fields)

    shown = page()

    assert said in shown
    assert NAME in shown
    assert "secret" not in shown


def test_a_mailbox_that_is_not_named_any_more_is_not_shown(settings: Any) -> None:
    settings.IMAP_URL = ONE
    MailboxState.objects.create(address="old at mail.example.org:993/INBOX")

    assert "old at" not in page()
