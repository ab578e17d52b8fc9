"""Messages signed as Amazon SNS signs them, with keys and certificates of our own."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

TOPIC = "arn:aws:sns:us-east-1:123456789012:incoming-mail"
URL = "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem"
SUBSCRIBE = "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=x&Token=t"
DAY = timedelta(days=1)
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def amazons_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def strangers_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(
    key: Key | None = None, *, since: timedelta = -30 * DAY, until: timedelta = 30 * DAY
) -> bytes:
    """Valid around today, unless told otherwise."""
    key, today = key or amazons_key(), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(today + since).not_valid_after(today + until)
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@dataclass
class Certificates:
    """Instead of the network: what lies at which address, and which were asked for."""

    at: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str) -> bytes:
        self.asked.append(url)
        return self.at.get(url) or certificate()


CERTIFICATES = Certificates()


def signed(
    said: Mapping[str, Any], *, version: str = "1", key: rsa.RSAPrivateKey | None = None
) -> dict[str, Any]:
    """A notification, or what `said` makes of it, with its signature over what it then says."""
    told = {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": TOPIC,
        "Timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
        "SignatureVersion": version,
        "SigningCertURL": URL,
        "UnsubscribeURL": "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe",
        **said,
    }
    digest = hashes.SHA1() if version == "1" else hashes.SHA256()
    made = (key or amazons_key()).sign(as_signed(told).encode(), padding.PKCS1v15(), digest)
    return {**told, "Signature": base64.b64encode(made).decode()}


def subscription(**said: Any) -> dict[str, Any]:
    told = {"Type": "SubscriptionConfirmation", "Token": "2336412f37f", "SubscribeURL": SUBSCRIBE}
    return signed({**told, "Message": "You have chosen to subscribe.", **said})


def as_signed(told: Mapping[str, Any]) -> str:
    """Written down from Amazon's page, and not by the code that is tested."""
    if told["Type"] == "Notification":
        subject = f"Subject\n{told['Subject']}\n" if "Subject" in told else ""
        return (
            f"Message\n{told['Message']}\nMessageId\n{told['MessageId']}\n{subject}"
            f"Timestamp\n{told['Timestamp']}\nTopicArn\n{told['TopicArn']}\nType\nNotification\n"
        )
    return (
        f"Message\n{told['Message']}\nMessageId\n{told['MessageId']}\n"
        f"SubscribeURL\n{told['SubscribeURL']}\nTimestamp\n{told['Timestamp']}\n"
        f"Token\n{told['Token']}\nTopicArn\n{told['TopicArn']}\nType\n{told['Type']}\n"
    )
