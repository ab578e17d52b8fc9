"""SES by SNS at the desk's own address: what is stored, confirmed, refused, and said of it."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_url_caches
from django.urls.resolvers import URLPattern

from requests_app.inbound import sns, webhooks
from requests_app.models import InboundMail
from tests.inbound.messages import message
from tests.inbound.signing import (
    DAY,
    SUBSCRIBE,
    TOPIC,
    URL,
    Certificates,
    certificate,
    signed,
    strangers_key,
    subscription,
)

pytestmark = pytest.mark.django_db
urlpatterns: list[URLPattern] = []


@pytest.fixture
def certificates(settings: Any, monkeypatch: Any) -> Iterator[Certificates]:
    """The desk served with a topic and no password, and Amazon's certificates at hand."""
    settings.SES_TOPIC_ARN, settings.SES_WEBHOOK_SECRET = TOPIC, ""
    settings.SECURE_SSL_REDIRECT = False
    kept = Certificates()
    monkeypatch.setattr(sns, "fetch_certificate", kept.fetch)
    urlpatterns[:] = webhooks.urls()
    settings.ROOT_URLCONF = __name__
    clear_url_caches()
    yield kept
    urlpatterns.clear()
    clear_url_caches()


@pytest.fixture
def confirmed(monkeypatch: Any) -> list[str]:
    asked: list[str] = []
    monkeypatch.setattr(sns, "confirm", asked.append)
    return asked


def mail(**said: Any) -> dict[str, Any]:
    event = {
        "notificationType": "Received",
        "receipt": {"recipients": ["a@b.example"], "action": {"type": "SNS", "encoding": "BASE64"}},
        "content": base64.b64encode(message()).decode(),
    }
    return {"Message": json.dumps(event), **said}


def posted(told: Any) -> int:
    body = json.dumps(told)
    return Client().post("/inbound/ses/", body, content_type="text/plain").status_code


@pytest.mark.parametrize("version", ["1", "2"])
def test_signed_mail_is_stored_once(certificates: Certificates, version: str) -> None:
    told = signed(mail(), version=version)

    assert [posted(told), posted(told)] == [200, 200]
    assert InboundMail.objects.get().envelope_to == "a@b.example"


def ago(**time: int) -> str:
    return (datetime.now(UTC) - timedelta(**time)).isoformat()


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"Type": "Notification", **mail()}, "SES_TOPIC_ARN"),
        (signed(mail(), key=strangers_key()), "not that of what it says"),
        ({**signed(mail()), "Message": "{}"}, "not that of what it says"),
        (signed(mail(TopicArn=TOPIC.replace("12345", "66666"))), "SES_TOPIC_ARN"),
        (signed(mail(SigningCertURL="https://evil.example/a.pem")), "SigningCertURL"),
        (signed(mail(Timestamp=ago(hours=30))), "not of these days"),
        (subscription(TopicArn=TOPIC + "2"), "SES_TOPIC_ARN"),
        ({**subscription(), "Token": "another"}, "not that of what it says"),
    ],
    ids=["unsigned", "stranger", "altered", "topic", "host", "old", "subscribe", "token"],
)
def test_what_is_not_amazons_is_refused_said_and_not_stored(
    certificates: Certificates, confirmed: list[str], caplog: Any, told: Any, why: str
) -> None:
    assert posted(told) == 403
    assert why in caplog.text
    assert confirmed == []
    assert not InboundMail.objects.exists()


def test_an_expired_certificate_is_refused(certificates: Certificates, caplog: Any) -> None:
    certificates.at[URL] = certificate(since=-9 * DAY, until=-8 * DAY)

    assert posted(signed(mail())) == 403
    assert "not valid on this day" in caplog.text
    assert not InboundMail.objects.exists()


def test_the_topics_own_subscription_is_confirmed(
    certificates: Certificates, confirmed: list[str]
) -> None:
    assert posted(subscription()) == 200
    assert confirmed == [SUBSCRIBE]
    assert not InboundMail.objects.exists()


def test_the_end_of_a_subscription_is_told(certificates: Certificates, caplog: Any) -> None:
    assert posted(subscription(Type="UnsubscribeConfirmation")) == 200
    assert "no mail comes any more" in caplog.text


def test_mail_is_asked_for_again_while_amazons_certificate_cannot_be_had(
    certificates: Certificates, monkeypatch: Any
) -> None:
    def away(url: str) -> bytes:
        raise sns.AmazonUnavailable("no way there")

    monkeypatch.setattr(sns, "fetch_certificate", away)

    assert posted(signed(mail())) == 503
    assert not InboundMail.objects.exists()
