"""SPF, DKIM and DMARC: whose word counts, which header, and what is only not known."""

import base64

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from requests_app.dns_records import DnsUnavailableError
from requests_app.mail.meaning.sender_proof import Proof, Result, stated_by, verified_here

OURS = "mx.ledger.example"
HEADERS = (
    b"From: City Clerk <clerk@city.example>\r\nTo: desk@ledger.example\r\nSubject: Your request\r\n"
)
BODY = b"\r\nYour request is denied.\r\n"


def came(*above: str) -> bytes:
    return "".join(f"{line}\r\n" for line in above).encode() + HEADERS + BODY


def results(raw: bytes) -> dict[str, str]:
    return {proof.method: proof.result.value for proof in stated_by(OURS, raw)}


def says(stated: str, *, by: str = OURS) -> str:
    return f"Authentication-Results: {by}; {stated}"


# -- the trusted receiver -------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["spf", "dkim", "dmarc"])
@pytest.mark.parametrize(
    ("said", "means"),
    [("pass", "passed"), ("fail", "failed"), ("none", "unknown"), ("temperror", "unknown")],
)
def test_what_the_receiver_says_is_read(method: str, said: str, means: str) -> None:
    assert results(came(says(f"{method}={said}"))) == {method: means}


def test_a_folded_header_with_comments_is_read() -> None:
    raw = came(
        f"Authentication-Results: {OURS.upper()};\r\n"
        " spf=softfail (city.example: 1.2.3.4 is not allowed) smtp.mailfrom=clerk@city.example;\r\n"
        "\tdmarc=fail (p=REJECT) header.from=city.example"
    )

    assert stated_by(OURS, raw) == (
        Proof("dmarc", Result.FAILED, "city.example"),
        Proof("spf", Result.FAILED, "city.example"),
    )


def test_another_server_of_any_name_counts_for_nothing() -> None:
    assert results(came(says("spf=fail", by="mx.else.example"))) == {}
    assert results(came(says("dmarc=pass", by=f"{OURS}.evil.example"))) == {}


def test_a_forged_header_below_a_servers_trace_counts_for_nothing() -> None:
    forged = says("dmarc=pass; spf=pass; dkim=pass")

    assert results(came(says("dmarc=fail"), "Received: from evil by mx", forged)) == {
        "dmarc": "failed"
    }


def test_a_forged_header_right_below_changes_nothing_that_is_said() -> None:
    assert results(came(says("dmarc=fail"), says("dmarc=pass"))) == {"dmarc": "failed"}


def test_a_receiver_that_writes_one_header_a_method_is_read_whole() -> None:
    assert results(came(says("spf=pass"), says("dkim=fail"))) == {
        "spf": "passed", "dkim": "failed"
    }  # fmt: skip


def test_one_signature_that_holds_is_enough() -> None:
    assert results(came(says("dkim=fail; dkim=pass"))) == {"dkim": "passed"}


@pytest.mark.parametrize("broken", ["", ";;;=", "spf=", "spf", "\x00", "none"])
def test_a_header_that_says_nothing_is_not_known(broken: str) -> None:
    assert results(came(says(broken))) == {}


# -- DKIM by the desk -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def signed(key: rsa.RSAPrivateKey, raw: bytes, *, domain: bytes = b"city.example") -> bytes:
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    return bytes(dkim.sign(raw, b"s1", domain, pem)) + raw


def published(key: rsa.RSAPrivateKey):
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return lambda name, timeout=5: b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


def no_such_name(name: bytes, timeout: float = 5) -> None:
    return None


def no_answer(name: bytes, timeout: float = 5) -> None:
    raise DnsUnavailableError(name)


def checked(raw: bytes, lookup) -> list[str]:
    found = verified_here(raw, "clerk@city.example", lookup)
    assert {(proof.method, proof.domain) for proof in found} <= {("dkim", "city.example")}
    return [proof.result.value for proof in found]


def test_a_good_signature_passes(key) -> None:
    assert checked(signed(key, HEADERS + BODY), published(key)) == ["passed"]


def test_changed_words_fail(key) -> None:
    raw = signed(key, HEADERS + BODY).replace(b"denied", b"granted")

    assert checked(raw, published(key)) == ["failed"]


def test_a_signature_without_a_published_key_fails(key) -> None:
    assert checked(signed(key, HEADERS + BODY), no_such_name) == ["failed"]


def test_a_dns_that_does_not_answer_is_not_known(key) -> None:
    assert checked(signed(key, HEADERS + BODY), no_answer) == ["unknown"]


def test_an_unsigned_message_is_not_known_and_asks_no_dns() -> None:
    assert checked(HEADERS + BODY, no_answer) == []


def test_a_signature_of_another_domain_proves_nothing(key) -> None:
    raw = signed(key, HEADERS + BODY, domain=b"evil.example")

    assert checked(raw, published(key)) == []


def test_a_second_sender_spoils_a_signature_that_holds(key) -> None:
    raw = b"From: mayor@city.example\r\n" + signed(key, HEADERS + BODY)

    assert checked(raw, published(key)) == ["failed"]


def test_a_signature_that_is_none_fails_and_raises_nothing() -> None:
    raw = b"DKIM-Signature: v=1; d=city.example; s=\xff; b=!\r\n" + HEADERS + BODY

    assert checked(raw, no_such_name) == ["failed"]
