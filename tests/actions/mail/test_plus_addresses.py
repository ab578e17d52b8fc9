"""A newsroom without a mail domain: plus-addresses of one mailbox, and what comes back by them."""

import os
import subprocess
import sys
from email import message_from_bytes
from typing import Any

import pytest

from bootstrap.paths import ROOT
from requests_app.delivery.channels.message import content_of
from requests_app.models import InboundMail, RecordsRequest
from requests_app.reply_addresses import reply_address, sender_address
from tests.factories import submitted
from tests.inbound.messages import message, taken_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_mailbox(settings: Any) -> None:
    settings.REPLY_MAILBOX, settings.MAIL_DOMAIN = "news.desk@gmail.com", "gmail.com"


def where(mail: InboundMail) -> RecordsRequest | None:
    filed = mail.standing_communication()
    return filed.records_request if filed else None


def test_a_letter_is_from_the_mailbox_and_answered_at_the_requests_own_address() -> None:
    """Gmail puts the mailbox in place of another From; Microsoft refuses to send as another."""
    request = submitted()
    delivery = request.deliveries.get()

    sent = message_from_bytes(content_of(delivery))

    assert "<news.desk@gmail.com>" in sent["From"]
    assert sent["Reply-To"] == reply_address(request)
    assert reply_address(request).startswith(f"news.desk+r-{request.public_id}-")
    assert reply_address(request).endswith("@gmail.com")
    assert sender_address(request) == "news.desk@gmail.com"


@pytest.mark.parametrize(
    "changed",
    [
        str,
        str.upper,
        lambda a: a.replace("+r-", "+R-"),
        lambda a: f'"{a}" <news.desk@gmail.com>',  # kept in the name alone
        lambda a: f"Ledger <{a}>",
    ],
)
def test_an_answer_to_it_is_filed_however_it_is_written(changed: Any) -> None:
    request = submitted()

    mail = taken_in(message(to=changed(reply_address(request)), sender="x@nowhere.example"))

    assert where(mail) == request
    assert mail.match_reason == "It was sent to this request's own address."


def test_where_a_server_strips_the_plus_the_thread_decides() -> None:
    request = submitted()
    answered = request.deliveries.get().message_id

    mail = taken_in(
        message(to="news.desk@gmail.com", sender="x@nowhere.example", in_reply_to=answered)
    )

    assert where(mail) == request


def test_where_thread_and_plus_are_gone_our_reference_from_its_city_decides() -> None:
    request = submitted()

    mail = taken_in(message(to="news.desk@gmail.com", subject=f"Re: [{request.reference}]"))

    assert where(mail) == request


def test_another_mailbox_of_the_same_provider_is_not_ours() -> None:
    request = submitted()

    mail = taken_in(
        message(to="somebody+newsletter@gmail.com", sender="x@nowhere.example", subject="Hello")
    )

    assert where(mail) is None
    assert request.communications.count() == 0


def settings_say(**environment: str) -> subprocess.CompletedProcess[str]:
    says = "from django.conf import settings as s; print(s.MAIL_DOMAIN, s.DEFAULT_FROM_EMAIL)"
    return subprocess.run(
        [sys.executable, "-c", says],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        capture_output=True,
        text=True,
    )


def test_its_domain_is_the_desks_and_its_address_the_sender_of_the_desks_own_mail() -> None:
    said = settings_say(REPLY_MAILBOX="Desk@Gmail.com", MAIL_DOMAIN="").stdout

    assert said == "gmail.com Records Desk <desk@gmail.com>\n"


@pytest.mark.parametrize("wrong", ["desk", "desk+x@gmail.com", "@gmail.com"])
def test_what_is_no_mailbox_is_refused_with_an_example(wrong: str) -> None:
    assert "as desk@gmail.com" in settings_say(REPLY_MAILBOX=wrong).stderr
