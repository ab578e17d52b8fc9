"""Whether a message is Amazon SNS's own, by its signature, and of our topic, and of these days.

No library is kept for it: sns-message-validator (one release, 2020) and aws-sns-message-validator
(2022) know SignatureVersion 1 alone. What is signed:
https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import httpx
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

NOTIFICATION = "Notification"
SUBSCRIPTION = "SubscriptionConfirmation"
SIGNED_FIELDS = {
    NOTIFICATION: ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    **dict.fromkeys(
        (SUBSCRIPTION, "UnsubscribeConfirmation"),
        ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
    ),
}
MAY_BE_MISSING = {"Subject"}
# Version 1 is what a topic signs with until it is notification otherwise.
DIGESTS: dict[str, hashes.HashAlgorithm] = {"1": hashes.SHA1(), "2": hashes.SHA256()}  # noqa: S303
HOST = re.compile(r"sns\.[a-z0-9-]{3,30}\.amazonaws\.com(\.cn)?")
CERTIFICATE = re.compile(r"/[A-Za-z0-9._-]+\.pem")
# SNS itself tries for an hour at most. A day, since what is refused does not come again, and what
# is replayed within it is the same bytes: the same row.
MAX_AGE = timedelta(days=1)
CLOCK_SKEW = timedelta(minutes=15)
MAX_CERTIFICATE_BYTES = 64 * 1024
TIMEOUT_SECONDS = 10.0

Fetch = Callable[[str], bytes]


class Forged(Exception):
    """It is not from Amazon SNS, or not of our topic; the sentence says why."""


class AmazonUnavailable(Exception):
    """Amazon does not answer now: whether the message is its own is not known yet."""


def verify(notification: Mapping[str, Any], *, topic: str, at: datetime, fetch: Fetch) -> None:
    """Raises Forged or AmazonUnavailable.

    What needs no certificate is asked first, so that a stranger costs none.
    """
    names = SIGNED_FIELDS.get(str(notification.get("Type")))
    if names is None:
        raise Forged("its type is none of SNS's; is raw message delivery on?")
    if notification.get("TopicArn") != topic:
        raise Forged(f"its topic {str(notification.get('TopicArn'))[:200]!r} is not SES_TOPIC_ARN")
    _check_age(notification.get("Timestamp"), at=at)
    digest = DIGESTS.get(str(notification.get("SignatureVersion")))
    if digest is None:
        raise Forged("its SignatureVersion is neither 1 nor 2")
    url = str(notification.get("SigningCertURL"))
    if not is_amazons(url) or not CERTIFICATE.fullmatch(urlsplit(url).path) or "?" in url:
        raise Forged(f"its SigningCertURL {url[:200]!r} is not a certificate of SNS's")
    try:
        signature = base64.b64decode(str(notification.get("Signature")), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Forged("its signature is not Base64") from error
    key = _key_of(fetch(url), at=at)
    try:
        key.verify(signature, signed_text(notification, names), padding.PKCS1v15(), digest)
    except InvalidSignature as error:
        raise Forged("its signature is not that of what it says") from error


def is_amazons(url: str) -> bool:
    """Whether an https address is SNS's own host, and nothing that only looks like it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_whole = url.isascii() and url.isprintable()  # urlsplit drops line ends without a word
    return is_whole and parts.scheme == "https" and HOST.fullmatch(parts.netloc) is not None


def signed_text(notification: Mapping[str, Any], names: tuple[str, ...]) -> bytes:
    """The names and values that are signed, each on a line of its own, in the order of names."""
    lines = []
    for name in names:
        value = notification.get(name)
        if value is None and name in MAY_BE_MISSING:
            continue
        if not isinstance(value, str):
            raise Forged(f"it has no {name}")
        lines.append(f"{name}\n{value}\n")
    return "".join(lines).encode("utf-8", "replace")


@lru_cache(maxsize=32)
def fetch_certificate(url: str) -> bytes:
    """Amazon's certificate, once for each address; over TLS, which is what proves it Amazon's."""
    try:
        with httpx.stream("GET", url, timeout=TIMEOUT_SECONDS) as answer:
            if answer.status_code != httpx.codes.OK:
                raise AmazonUnavailable(f"{url} answered {answer.status_code}")
            found = b""
            for piece in answer.iter_bytes():
                found += piece
                if len(found) > MAX_CERTIFICATE_BYTES:
                    raise AmazonUnavailable(f"{url} answered more than a certificate has")
            return found
    except httpx.HTTPError as error:
        raise AmazonUnavailable(f"{url} could not be fetched: {error}") from error


def confirm(url: str) -> None:
    """Tell Amazon that we asked for the topic's messages. Raises Forged or AmazonUnavailable."""
    if not is_amazons(url):
        raise Forged(f"its SubscribeURL {url[:200]!r} is not SNS's")
    try:
        answer = httpx.get(url, timeout=TIMEOUT_SECONDS)
    except httpx.HTTPError as error:
        raise AmazonUnavailable(f"the subscription could not be confirmed: {error}") from error
    if answer.status_code != httpx.codes.OK:
        raise AmazonUnavailable(
            f"the subscription could not be confirmed: Amazon said {answer.status_code}"
        )


def _check_age(stamp: object, *, at: datetime) -> None:
    try:
        sent = datetime.fromisoformat(str(stamp))
    except ValueError as error:
        raise Forged("its Timestamp is not a moment") from error
    if sent.tzinfo is None or not at - MAX_AGE <= sent <= at + CLOCK_SKEW:
        raise Forged(f"its Timestamp {str(stamp)[:40]} is not of these days: is the clock right?")


def _key_of(pem: bytes, *, at: datetime) -> rsa.RSAPublicKey:
    try:
        certificate = x509.load_pem_x509_certificate(pem)
    except ValueError as error:
        raise Forged("what its SigningCertURL has is not a certificate") from error
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise Forged("its certificate is not valid on this day")
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise Forged("its certificate's key is not RSA")
    return key
