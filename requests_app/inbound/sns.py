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
SIGNED = {
    NOTIFICATION: ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    **dict.fromkeys(
        (SUBSCRIPTION, "UnsubscribeConfirmation"),
        ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
    ),
}
MAY_BE_MISSING = {"Subject"}
# Version 1 is what a topic signs with until it is told otherwise.
DIGESTS: dict[str, hashes.HashAlgorithm] = {"1": hashes.SHA1(), "2": hashes.SHA256()}  # noqa: S303
HOST = re.compile(r"sns\.[a-z0-9-]{3,30}\.amazonaws\.com(\.cn)?")
CERTIFICATE = re.compile(r"/[A-Za-z0-9._-]+\.pem")
# SNS itself tries for an hour at most. A day, since what is refused does not come again, and what
# is replayed within it is the same bytes: the same row.
OLDEST = timedelta(days=1)
AHEAD = timedelta(minutes=15)
MOST_BYTES = 64 * 1024
SECONDS = 10.0

Fetch = Callable[[str], bytes]


class Forged(Exception):
    """Not to be believed; the sentence says why."""


class Away(Exception):
    """Amazon's certificate cannot be had now: nothing is known of the message yet."""


def verify(told: Mapping[str, Any], *, topic: str, at: datetime, fetch: Fetch) -> None:
    """Raises Forged or Away. What needs no certificate is asked first, so a stranger costs none."""
    names = SIGNED.get(str(told.get("Type")))
    if names is None:
        raise Forged("its type is none of SNS's; is raw message delivery on?")
    if told.get("TopicArn") != topic:
        raise Forged(f"its topic {str(told.get('TopicArn'))[:200]!r} is not SES_TOPIC_ARN")
    _check_age(told.get("Timestamp"), at=at)
    digest = DIGESTS.get(str(told.get("SignatureVersion")))
    if digest is None:
        raise Forged("its SignatureVersion is neither 1 nor 2")
    url = str(told.get("SigningCertURL"))
    if not is_amazons(url) or not CERTIFICATE.fullmatch(urlsplit(url).path) or "?" in url:
        raise Forged(f"its SigningCertURL {url[:200]!r} is not a certificate of SNS's")
    try:
        signature = base64.b64decode(str(told.get("Signature")), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Forged("its signature is not Base64") from error
    key = _key_of(fetch(url), at=at)
    try:
        key.verify(signature, signed_text(told, names), padding.PKCS1v15(), digest)
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


def signed_text(told: Mapping[str, Any], names: tuple[str, ...]) -> bytes:
    """The names and values that are signed, each on a line of its own, in the order of names."""
    lines = []
    for name in names:
        value = told.get(name)
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
        with httpx.stream("GET", url, timeout=SECONDS) as answer:
            if answer.status_code != httpx.codes.OK:
                raise Away(f"{url} answered {answer.status_code}")
            found = b""
            for piece in answer.iter_bytes():
                found += piece
                if len(found) > MOST_BYTES:
                    raise Away(f"{url} answered more than a certificate has")
            return found
    except httpx.HTTPError as error:
        raise Away(f"{url} could not be fetched: {error}") from error


def confirm(url: str) -> None:
    """Tell Amazon that we asked for the topic's messages. Raises Forged or Away."""
    if not is_amazons(url):
        raise Forged(f"its SubscribeURL {url[:200]!r} is not SNS's")
    try:
        answer = httpx.get(url, timeout=SECONDS)
    except httpx.HTTPError as error:
        raise Away(f"the subscription could not be confirmed: {error}") from error
    if answer.status_code != httpx.codes.OK:
        raise Away(f"the subscription could not be confirmed: Amazon said {answer.status_code}")


def _check_age(stamp: object, *, at: datetime) -> None:
    try:
        sent = datetime.fromisoformat(str(stamp))
    except ValueError as error:
        raise Forged("its Timestamp is not a moment") from error
    if sent.tzinfo is None or not at - OLDEST <= sent <= at + AHEAD:
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
