"""The page of how mail leaves and comes in: each mailbox with what works, and what does not."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app import dns_records
from requests_app.models import MailboxState, MailRoundTrip, MailSignIn, Role
from tests.factories import member
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db
ONE = "imaps://desk:secret@mail.example.org/INBOX"
NAME = "desk at mail.example.org:993/INBOX"


def page(query: str = "") -> str:
    answer = signed_in(member(Role.ADMIN)).get(reverse("mail_setup") + query)
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
        ({"failed_at": -1, "trouble": "No such user.", "not_before": 5}, "No such user. Next try:"),
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


def test_the_domain_is_asked_about_only_when_somebody_wants_it(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL_DOMAIN, settings.EMAIL_HOST = "desk.example.org", "smtp.gmail.com"
    settings.POSTMARK_WEBHOOK_SECRET = "name:password"
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(dns_records, "lookup", lambda name, kind: asked.append((name, kind)) or [])  # type: ignore[func-returns-value]

    assert "Check MX, SPF, DKIM and DMARC" in page()
    assert asked == []
    shown = page("?check=domain")

    assert ("desk.example.org", "MX") in asked
    assert "desk.example.org. MX 10 inbound.postmarkapp.com." in shown
    assert "v=spf1 include:_spf.google.com ~all" in shown
    assert shown.count("to be mended") == 4


def test_of_a_mailbox_at_a_provider_nothing_is_to_be_set(settings: Any) -> None:
    settings.REPLY_MAILBOX, settings.MAIL_DOMAIN = "desk@gmail.com", "gmail.com"

    assert "The domain is its provider’s" in page("?check=domain")


def test_a_test_mail_is_sent_and_shown_with_its_times() -> None:
    admin = member(Role.ADMIN)
    client = signed_in(admin)

    answer = client.post(reverse("mail_round_trip"))
    again = client.post(reverse("mail_round_trip"), follow=True)

    trip = MailRoundTrip.objects.get()
    assert (answer.status_code, trip.by) == (303, admin)
    assert "within the last minute" in again.content.decode()
    assert "not yet: is the worker running?" in again.content.decode()
    MailRoundTrip.objects.update(
        sent_at=trip.begun_at,
        arrived_at=trip.begun_at + timedelta(seconds=42),
        signed_by="desk.example, selector k1",
    )
    shown = " ".join(client.get(reverse("mail_setup")).content.decode().split())
    assert "after 42 s" in shown
    assert "desk.example, selector k1" in shown
    assert "it says nothing of SPF, DKIM and DMARC" in shown


def test_a_refused_account_is_said_on_every_page_of_an_admin(settings: Any) -> None:
    settings.MAIL_OAUTH_PROVIDER = "google"
    MailSignIn.objects.create(account="desk@x.example", is_refused=True, trouble="Give it anew.")

    assert page().count("Give it anew.") == 2  # above the page, and in the table
    assert "Give it anew." in signed_in(member(Role.ADMIN)).get("/").content.decode()
    assert "Give it anew." not in signed_in(member(Role.EDITOR)).get("/").content.decode()


def test_a_mailbox_that_is_not_named_any_more_is_not_shown(settings: Any) -> None:
    settings.IMAP_URL = ONE
    MailboxState.objects.create(address="old at mail.example.org:993/INBOX")

    assert "old at" not in page()
