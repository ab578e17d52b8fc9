"""A message that may be from somebody else: it is said, suggests nothing and decides nothing."""

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from requests_app.actions.mail import incoming
from requests_app.dns_records import DnsUnavailableError
from requests_app.models import InboundMail
from tests.factories import NOW, submitted
from tests.inbound.messages import answer_to, kept, message
from tests.mail.meaning.test_sender_proof import signed

pytestmark = pytest.mark.django_db
OURS = "mx.ledger.example"
DENIED = "Your request is denied under section 7."


@pytest.fixture(autouse=True)
def trusted(settings) -> None:
    settings.MAIL_TRUSTED_RECEIVER = OURS


def no_dns(name: bytes, timeout: float = 5) -> None:
    raise DnsUnavailableError(name)


def came(raw: bytes, *stated: str) -> InboundMail:
    head = "".join(f"Authentication-Results: {OURS}; {one}\n" for one in stated)
    mail = incoming.take_in(kept(head.encode() + raw), at=NOW, lookup=no_dns)
    mail.refresh_from_db()
    return mail


def suggested(mail: InboundMail) -> list[str]:
    return [one["kind"] for one in mail.standing_communication().suggestions]


@pytest.mark.parametrize("method", ["spf", "dkim", "dmarc"])
def test_what_failed_is_a_warning_and_never_a_quiet_suggestion(method: str) -> None:
    request = submitted()
    denial = answer_to(request, text=DENIED)

    mail = came(denial, f"{method}=fail header.from=city.example")

    assert mail.sender_is_refuted
    assert suggested(mail) == []


def test_what_passed_suggests_and_warns_of_nothing() -> None:
    request = submitted()

    mail = came(answer_to(request, text=DENIED), "spf=pass; dkim=pass; dmarc=pass")

    assert "denial" in suggested(mail)


def test_what_nobody_says_is_not_known_and_suggests() -> None:
    mail = came(answer_to(submitted(), text=DENIED))

    assert (mail.sender_proofs, mail.sender_is_refuted) == ([], False)
    assert "denial" in suggested(mail)


@pytest.mark.parametrize("by", ["number", "subject"])
def test_a_known_address_that_fails_asks_a_person(by: str) -> None:
    request = submitted()
    subject = f"Re: {request.reference}" if by == "number" else f"Re: {request.subject}"

    known = came(message(subject=subject, text=DENIED), "dmarc=pass")
    failing = came(message(subject=subject, text=DENIED, message_id="<2@x>"), "dmarc=fail")

    assert known.standing_communication().records_request == request
    assert (failing.is_waiting, failing.standing_communication()) == (True, None)
    assert [one["request"] for one in failing.candidates] == [request.pk]
    assert "a check of who sent it failed" in failing.candidates[0]["why"][0]


def test_without_a_trusted_receiver_its_header_counts_for_nothing(settings) -> None:
    settings.MAIL_TRUSTED_RECEIVER = ""

    assert came(answer_to(submitted(), text=DENIED), "dmarc=fail").sender_proofs == []


def test_without_a_trusted_receiver_a_dns_that_is_away_is_not_known(settings) -> None:
    settings.MAIL_TRUSTED_RECEIVER = ""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    raw = answer_to(submitted(), text=DENIED)

    mail = came(signed(key, raw, domain=b"stamford.example"))

    assert [(one["result"], one["by"]) for one in mail.sender_proofs] == [("unknown", "the desk")]
    assert "denial" in suggested(mail)
