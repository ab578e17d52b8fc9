"""What proves a message Amazon's, and everything that is only made to look like it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from requests_app.inbound import sns
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


@pytest.fixture(autouse=True)
def _forget_certificates() -> Iterator[None]:
    """What a test made them be, no other test may find."""
    yield
    sns.fetch_certificate.cache_clear()


def verify(told: dict[str, Any], *, pem: bytes = b"", at: datetime | None = None) -> Certificates:
    kept = Certificates({URL: pem} if pem else {})
    sns.verify(told, topic=TOPIC, at=at or datetime.now(UTC), fetch=kept.fetch)
    return kept


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.parametrize("more", [{}, {"Subject": "Amazon SES Email Receipt Notification"}])
def test_both_versions_are_believed_with_a_subject_or_without(
    version: str, more: dict[str, str]
) -> None:
    assert verify(signed({"Message": "mail: é\n\U0001f4e8", **more}, version=version)).asked == [
        URL
    ]


@pytest.mark.parametrize("kind", ["SubscriptionConfirmation", "UnsubscribeConfirmation"])
def test_what_is_signed_of_a_subscription_is_other_than_of_a_notification(kind: str) -> None:
    verify(subscription(Type=kind))


@pytest.mark.parametrize("name", ["Message", "MessageId", "Timestamp", "Subject"])
def test_an_altered_notification_is_refused(name: str) -> None:
    told = signed({"Message": "The fee is $10.", "Subject": "mail"})
    changed = (datetime.now(UTC) - timedelta(hours=1)).isoformat() if name == "Timestamp" else "x"

    with pytest.raises(sns.Forged, match="not that of what it says"):
        verify({**told, name: changed})


@pytest.mark.parametrize("name", ["SubscribeURL", "Token", "Message"])
def test_an_altered_subscription_is_refused(name: str) -> None:
    with pytest.raises(sns.Forged, match="not that of what it says"):
        verify({**subscription(), name: "https://sns.us-east-1.amazonaws.com/?Action=other"})


def test_words_moved_from_one_field_to_another_are_refused() -> None:
    told = signed({"Message": "m"})
    moved = {**told, "Message": f"m\nMessageId\n{told['MessageId']}", "MessageId": ""}

    with pytest.raises(sns.Forged):
        verify(moved)


def test_a_strangers_signature_and_a_version_that_was_not_signed_are_refused() -> None:
    for told in (
        signed({"Message": "m"}, key=strangers_key()),
        {**signed({"Message": "m"}, version="1"), "SignatureVersion": "2"},
    ):
        with pytest.raises(sns.Forged, match="not that of what it says"):
            verify(told)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Type", "Notice"),
        ("TopicArn", TOPIC + "-2"),
        ("TopicArn", None),
        ("SignatureVersion", "3"),
        ("SignatureVersion", None),
        ("Timestamp", "yesterday"),
        ("Timestamp", "2026-11-21T13:00:00"),
        ("Timestamp", None),
        ("Signature", "not base64!"),
        ("Signature", None),
        ("Message", None),
        ("Message", 5),
    ],
)
def test_nonsense_is_refused(field: str, value: Any) -> None:
    with pytest.raises(sns.Forged):
        verify({**signed({"Message": "m"}), field: value})


@pytest.mark.parametrize(
    "url",
    [
        URL.replace("https", "http"),
        "https://sns.us-east-1.amazonaws.com.evil.example/a.pem",
        "https://evil.example/sns.us-east-1.amazonaws.com/a.pem",
        "https://sns.us-east-1.amazonaws.com@evil.example/a.pem",
        "https://user@sns.us-east-1.amazonaws.com/a.pem",
        "https://sns.us-east-1.amazonaws.com:444/a.pem",
        "https://sns.us-east-1.amazonaws.com/a.pem?Action=Publish",
        "https://sns.us-east-1.amazonaws.com/bucket/a.pem",
        "https://sns.us-east-1.amazonaws.com/?a.pem",
        "https://sns.us-east-1.amazonaws.com/a.pem\n",
        "https://s3.us-east-1.amazonaws.com/a.pem",
        "https://bucket.sns.us-east-1.amazonaws.com/a.pem",
        "https://sns.us-east-1amazonaws.com/a.pem",
        "https://snsxus-east-1.amazonaws.com/a.pem",
        "https://[sns/a.pem",
        "",
    ],
)
def test_no_certificate_is_fetched_from_elsewhere(url: str) -> None:
    kept = Certificates()

    with pytest.raises(sns.Forged, match="SigningCertURL"):
        told = signed({"Message": "m", "SigningCertURL": url})
        sns.verify(told, topic=TOPIC, at=datetime.now(UTC), fetch=kept.fetch)

    assert kept.asked == []


def test_chinas_host_is_amazons_too() -> None:
    url = URL.replace("us-east-1.amazonaws.com", "cn-north-1.amazonaws.com.cn")

    assert verify(signed({"Message": "m", "SigningCertURL": url})).asked == [url]


@pytest.mark.parametrize(
    "pem",
    [
        certificate(since=-60 * DAY, until=-30 * DAY),
        certificate(since=DAY, until=30 * DAY),
        certificate(ec.generate_private_key(ec.SECP256R1())),
        b"<html>not found</html>",
    ],
    ids=["expired", "not yet valid", "no RSA", "no certificate"],
)
def test_a_bad_certificate_is_refused(pem: bytes) -> None:
    with pytest.raises(sns.Forged, match="certificate"):
        verify(signed({"Message": "m"}), pem=pem)


def test_an_old_message_and_one_of_tomorrow_are_refused_and_a_late_one_is_not() -> None:
    told, now = signed({"Message": "m"}), datetime.now(UTC)

    verify(told, at=now + timedelta(hours=20))
    for at in (now + timedelta(hours=25), now - timedelta(hours=1)):
        with pytest.raises(sns.Forged, match="not of these days"):
            verify(told, at=at)


class Answering:
    """Instead of httpx's own way to the network."""

    def __init__(self, monkeypatch: Any, status: int = 200, content: bytes = b"pem") -> None:
        self.asked: list[str] = []
        self.status, self.content = status, content
        client = httpx.Client(transport=httpx.MockTransport(self._answer))
        monkeypatch.setattr(httpx, "stream", client.stream)
        monkeypatch.setattr(httpx, "get", client.get)
        sns.fetch_certificate.cache_clear()

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        if not self.status:
            raise httpx.ConnectTimeout("no way there")
        return httpx.Response(self.status, content=self.content)


def test_a_certificate_is_fetched_once_for_each_address(monkeypatch: Any) -> None:
    amazon = Answering(monkeypatch)

    assert [sns.fetch_certificate(url) for url in (URL, URL, URL + "2.pem")] == [b"pem"] * 3
    assert amazon.asked == [URL, URL + "2.pem"]


@pytest.mark.parametrize("status", [0, 302, 404, 503])
def test_a_failure_to_fetch_is_no_verdict_and_not_kept(monkeypatch: Any, status: int) -> None:
    Answering(monkeypatch, status)
    with pytest.raises(sns.AmazonUnavailable):
        sns.fetch_certificate(URL)

    Answering(monkeypatch)
    assert sns.fetch_certificate(URL) == b"pem"


def test_what_is_too_large_for_a_certificate_is_not_read(monkeypatch: Any) -> None:
    Answering(monkeypatch, content=b"x" * (sns.MAX_CERTIFICATE_BYTES + 1))

    with pytest.raises(sns.AmazonUnavailable, match="more than a certificate"):
        sns.fetch_certificate(URL)


def test_a_subscription_is_confirmed_at_amazon_alone(monkeypatch: Any) -> None:
    amazon = Answering(monkeypatch)

    sns.confirm(SUBSCRIBE)
    with pytest.raises(sns.Forged, match="SubscribeURL"):
        sns.confirm("https://metadata.internal/")

    assert amazon.asked == [SUBSCRIBE]
    Answering(monkeypatch, 500)
    with pytest.raises(sns.AmazonUnavailable):
        sns.confirm(SUBSCRIBE)
