"""Webhook bodies as the providers document them; forged ones are refused."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import clear_url_caches
from django.urls.resolvers import URLPattern

from requests_app.actions.mail import incoming
from requests_app.inbound import sns, webhooks
from requests_app.models import InboundMail
from tests.factories import submitted
from tests.inbound.messages import answer_to, message
from tests.inbound.signing import CERTIFICATES, TOPIC, signed

pytestmark = pytest.mark.django_db

SECRET, KEY = "postmark:a-long-secret", "key-of-mailgun"
BASIC = {"HTTP_AUTHORIZATION": "Basic " + base64.b64encode(SECRET.encode()).decode()}
urlpatterns: list[URLPattern] = []


@pytest.fixture(autouse=True)
def _configured(settings: Any, monkeypatch: Any) -> Iterator[None]:
    settings.POSTMARK_WEBHOOK_SECRET = settings.SES_WEBHOOK_SECRET = SECRET
    settings.MAILGUN_SIGNING_KEY = KEY
    settings.SES_TOPIC_ARN = TOPIC
    monkeypatch.setattr(sns, "fetch_certificate", CERTIFICATES.fetch)
    settings.SECURE_SSL_REDIRECT = False
    urlpatterns[:] = webhooks.urls()
    settings.ROOT_URLCONF = __name__
    clear_url_caches()
    yield
    urlpatterns.clear()
    clear_url_caches()


def posted(url: str, body: Any, **headers: Any) -> Any:
    return Client().post(url, json.dumps(body), content_type="application/json", **headers)


def stored() -> bytes:
    mail = InboundMail.objects.get()
    with mail.raw.open("rb") as file:
        return bytes(file.read())


def postmark(raw: bytes) -> dict[str, Any]:
    """https://postmarkapp.com/developer/webhooks/inbound-webhook"""
    return {
        "FromName": "City Clerk",
        "MessageStream": "inbound",
        "From": "clerk@stamford.example",
        "FromFull": {"Email": "clerk@stamford.example", "Name": "City Clerk", "MailboxHash": ""},
        "To": "desk@mail.records-desk.test",
        "OriginalRecipient": "desk@mail.records-desk.test",
        "Subject": "Your request",
        "MessageID": "73e6d360-66eb-11e1-8e72-a8904824019b",
        "TextBody": "We have it.",
        "Headers": [{"Name": "Return-Path", "Value": "<clerk@stamford.example>"}],
        "Attachments": [],
        "RawEmail": raw.decode(),
    }


def mailgun(raw: bytes, *, key: str = KEY, age: float = 0, token: str = "") -> dict[str, str]:
    """https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/

    A token of its own each time, as Mailgun gives it: the cache may be one for several processes.
    """
    token, timestamp = token or secrets.token_hex(25), str(int(time.time() - age))
    signed = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {
        "recipient": "desk@mail.records-desk.test",
        "sender": "clerk@stamford.example",
        "from": "City Clerk <clerk@stamford.example>",
        "subject": "Your request",
        "body-mime": raw.decode(),
        "timestamp": timestamp,
        "token": token,
        "signature": signed,
    }


def ses(content: str, *, encoding: str = "BASE64", kind: str = "SNS") -> dict[str, Any]:
    """https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-examples.html"""
    event = {
        "notificationType": "Received",
        "mail": {"source": "clerk@stamford.example", "messageId": "o3vrnil0e2ic28tr"},
        "receipt": {
            "recipients": ["desk@mail.records-desk.test"],
            "action": {"type": kind, "topicArn": "arn:aws:sns:x", "encoding": encoding},
        },
        "content": content,
    }
    return signed({"Message": json.dumps(event)})


def test_postmark_hands_over_the_raw_message_once() -> None:
    request = submitted()
    raw = answer_to(request)

    answers = [posted("/inbound/postmark/", postmark(raw), **BASIC) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert stored() == raw


def test_mailgun_hands_over_the_raw_message_as_a_form() -> None:
    raw = message(text="Ça va bien, said the clerk.")

    answer = Client().post("/inbound/mailgun/mime", mailgun(raw))

    assert answer.status_code == 200
    assert InboundMail.objects.get().envelope_to == "desk@mail.records-desk.test"
    assert stored() == raw


def test_mailgun_may_send_it_urlencoded() -> None:
    from urllib.parse import urlencode

    raw = message()
    answer = Client().post(
        "/inbound/mailgun/mime",
        urlencode(mailgun(raw)),
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 200
    assert stored() == raw


def test_ses_hands_over_the_raw_message_in_base64() -> None:
    raw = message()

    answer = posted("/inbound/ses/", ses(base64.b64encode(raw).decode()), **BASIC)

    assert answer.status_code == 200
    assert stored() == raw


def test_amazon_is_asked_to_sign_in_first() -> None:
    answer = posted("/inbound/ses/", ses(""))

    assert answer.status_code == 401
    assert "Basic" in answer.headers["WWW-Authenticate"]


WRONG = {"HTTP_AUTHORIZATION": "Basic " + base64.b64encode(b"postmark:guess").decode()}


@pytest.mark.parametrize("headers", [{}, WRONG])
def test_a_forged_postmark_is_refused(headers: dict[str, str]) -> None:
    answer = posted("/inbound/postmark/", postmark(message()), **headers)

    assert answer.status_code == 400
    assert not InboundMail.objects.exists()


def test_a_forged_amazon_is_refused() -> None:
    answer = posted("/inbound/ses/", ses(base64.b64encode(message()).decode()), **WRONG)

    assert answer.status_code == 403
    assert not InboundMail.objects.exists()


@pytest.mark.parametrize("missing", ["signature", "token", "timestamp", ""])
def test_a_forged_mailgun_is_refused(missing: str) -> None:
    body = mailgun(message(), key="another-key" if not missing else KEY)
    body.pop(missing, None)

    answer = Client().post("/inbound/mailgun/mime", body)

    assert answer.status_code == 400
    assert not InboundMail.objects.exists()


@pytest.mark.parametrize("age", [25 * 3600, -3600])
def test_a_mailgun_of_other_days_is_refused(age: float, caplog: Any) -> None:
    answer = Client().post("/inbound/mailgun/mime", mailgun(message(), age=age))

    assert answer.status_code == 400
    assert "not of these days" in caplog.text
    assert not InboundMail.objects.exists()


def test_a_mailgun_that_was_read_on_its_way_signs_no_other_message(caplog: Any) -> None:
    seen = mailgun(message())
    first = Client().post("/inbound/mailgun/mime", seen)
    again = Client().post("/inbound/mailgun/mime", seen)
    forged = {**seen, "body-mime": message(text="We deny it.").decode()}

    other = Client().post("/inbound/mailgun/mime", forged)

    assert [a.status_code for a in (first, again, other)] == [200, 200, 400]
    assert "another message" in caplog.text
    assert stored() == message()


def test_a_token_cut_elsewhere_from_its_timestamp_is_the_same_token() -> None:
    """The signature covers the two joined: 1780000000 and e0… sign as 1780000000e0 and … do."""
    seen = mailgun(message(), token=f"e0{secrets.token_hex(24)}")
    cut = {"timestamp": f"{seen['timestamp']}e0", "token": seen["token"][2:]}
    forged = {**seen, **cut, "body-mime": message(text="We deny it.").decode()}

    answers = [Client().post("/inbound/mailgun/mime", body) for body in (seen, forged)]

    assert [answer.status_code for answer in answers] == [200, 400]
    assert stored() == message()


def test_long_tokens_that_begin_alike_are_two_tokens() -> None:
    long = secrets.token_hex(150)
    bodies = [mailgun(message(text=f"{n}"), token=f"{long}{n}") for n in range(2)]

    answers = [Client().post("/inbound/mailgun/mime", body) for body in bodies]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_a_strange_mailgun_is_refused_and_breaks_nothing() -> None:
    for field, value in (("timestamp", "nan"), ("timestamp", "soon"), ("token", "é"), ("sig", "é")):
        answer = Client().post("/inbound/mailgun/mime", {**mailgun(message()), field: value})
        assert answer.status_code == (200 if field == "sig" else 400)


def without(body: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != name}


def test_a_provider_that_parses_the_mail_is_told_how_to_send_it_whole() -> None:
    parsed = posted("/inbound/postmark/", without(postmark(message()), "RawEmail"), **BASIC)
    form = Client().post("/inbound/mailgun/mime", without(mailgun(message()), "body-mime"))
    s3 = json.loads(ses("")["Message"])
    del s3["content"]
    away = posted("/inbound/ses/", signed({"Message": json.dumps(s3)}), **BASIC)

    assert [a.status_code for a in (parsed, form, away)] == [422, 422, 422]
    assert "Include raw email content" in parsed.content.decode()
    assert "/mime" in form.content.decode()
    assert "SNS action" in away.content.decode()


@pytest.mark.parametrize("body", ["", "[]", "null", '{"Message": 5}'])
def test_nonsense_is_refused(body: str) -> None:
    for url in ("/inbound/postmark/", "/inbound/ses/"):
        answer = Client().post(url, body, content_type="application/json", **BASIC)  # type: ignore[arg-type]
        assert answer.status_code == (403 if "ses" in url and "{" in body else 422)


def test_what_could_not_be_stored_is_asked_for_again(monkeypatch: Any) -> None:
    def away(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("disk full")

    monkeypatch.setattr(incoming, "store", away)

    assert posted("/inbound/postmark/", postmark(message()), **BASIC).status_code == 503


def test_a_large_message_passes_djangos_limit_on_forms(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    raw = message(text="x" * 70 + "\n" + "long " * 2000)

    assert Client().post("/inbound/mailgun/mime", mailgun(raw)).status_code == 200
    assert posted("/inbound/postmark/", postmark(raw), **BASIC).status_code == 200


def test_one_larger_than_the_desks_own_limit_is_refused(settings: Any) -> None:
    settings.INBOUND_MAX_BYTES = 100

    assert posted("/inbound/postmark/", postmark(message()), **BASIC).status_code == 413


def test_an_address_without_a_secret_is_not_served(settings: Any) -> None:
    settings.POSTMARK_WEBHOOK_SECRET = settings.SES_WEBHOOK_SECRET = ""
    settings.MAILGUN_SIGNING_KEY = settings.SES_TOPIC_ARN = ""

    assert webhooks.urls() == []


def test_a_password_alone_opens_no_address_for_amazon(settings: Any, caplog: Any) -> None:
    settings.SES_TOPIC_ARN = ""

    assert [url.name for url in webhooks.urls()] == ["inbound_postmark", "inbound_mailgun"]
    assert "SES_TOPIC_ARN is not" in caplog.text


def test_whoever_proves_nothing_again_and_again_has_to_wait(settings: Any) -> None:
    settings.API_STRANGERS_PER_MINUTE = 2
    forged = {**mailgun(message()), "signature": "0" * 64}

    answers = [Client().post("/inbound/mailgun/mime", forged) for _ in range(3)]
    elsewhere = Client(REMOTE_ADDR="2001:db8::7").post("/inbound/mailgun/mime", mailgun(message()))

    assert [answer.status_code for answer in answers] == [400, 400, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert elsewhere.status_code == 200
