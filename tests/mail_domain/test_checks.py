"""MX, SPF, DKIM and DMARC, each as domains have them; no network is asked."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from requests_app.dns_records import DnsUnavailableError
from requests_app.mail_domain.checks import (
    Check,
    Domain,
    check_all,
    check_dkim,
    check_dmarc,
    check_mx,
    check_spf,
)

NAME = "desk.example.org"
GOOGLE = Domain(NAME, "smtp.gmail.com", comes_to=())
OWN = Domain(NAME, "mail.example.org", comes_to=())


class Zone:
    """Records by name and type; one with None does not answer."""

    def __init__(self) -> None:
        self.given: dict[tuple[str, str], list[str] | None] = {}

    def with_(self, name: str, kind: str, *texts: str) -> "Zone":
        self.given[name, kind] = list(texts)
        return self

    def silent(self, name: str, kind: str) -> "Zone":
        self.given[name, kind] = None
        return self

    def __call__(self, name: str, kind: str) -> list[str]:
        found = self.given.get((name, kind), [])
        if found is None:
            raise DnsUnavailableError(f"{name} could not be asked about (timed out).")
        return found


def rsa_key(bits: int) -> str:
    public = rsa.generate_private_key(65537, bits).public_key()
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


def test_a_domain_that_has_everything_is_good() -> None:
    zone = (
        Zone()
        .with_(NAME, "MX", "1 smtp.google.com")
        .with_(NAME, "TXT", "some-verification=1", "v=spf1 include:_spf.google.com ~all")
        .with_(f"google._domainkey.{NAME}", "TXT", f"v=DKIM1; k=rsa; p={rsa_key(2048)}")
        .with_("_dmarc.example.org", "TXT", "v=DMARC1; p=reject")  # of the domain above it
    )

    found = check_all(GOOGLE, zone)

    assert [(one.name, one.is_good, one.records) for one in found] == [
        (name, True, ()) for name in ("MX", "SPF", "DKIM", "DMARC")
    ]
    assert found[3].found == ("_dmarc.example.org: v=DMARC1; p=reject",)


def test_a_domain_that_has_nothing_is_told_what_to_set() -> None:
    found = check_all(Domain(NAME, "smtp.gmail.com", ("10 inbound.postmarkapp.com",)), Zone())

    assert [one.is_good for one in found] == [False] * 4
    assert [one.records[0] for one in found] == [
        "desk.example.org. MX 10 inbound.postmarkapp.com.",
        'desk.example.org. TXT "v=spf1 include:_spf.google.com ~all"',
        'google._domainkey.desk.example.org. TXT "v=DKIM1; k=rsa; p=<the provider’s key>"',
        f'_dmarc.{NAME}. TXT "v=DMARC1; p=quarantine; rua=mailto:postmaster@{NAME}"',
    ]


def test_a_server_that_does_not_answer_is_not_called_a_missing_record() -> None:
    found = check_all(GOOGLE, Zone().silent(NAME, "TXT"))

    assert found[1].words.startswith("Not known: desk.example.org could not be asked about")
    assert found[1].records == ()
    assert found[0].words.startswith("No server takes mail")  # the others were asked


@pytest.mark.parametrize(
    ("texts", "comes_to", "is_good", "said"),
    [
        (["10 mail.example.org"], (), True, "has a server"),
        (["0 "], (), False, "takes no mail at all"),
        (["10 old.example.org"], ("10 mxa.mailgun.org",), False, "another server"),
        (["10 mxb.mailgun.org"], ("10 mxa.mailgun.org", "10 mxb.mailgun.org"), True, "a server"),
    ],
)
def test_mx(texts: list[str], comes_to: tuple[str, ...], is_good: bool, said: str) -> None:
    check = check_mx(Domain(NAME, "x.example", comes_to), Zone().with_(NAME, "MX", *texts))

    assert (check.is_good, said in check.words) == (is_good, True)


def spf(domain: Domain, *texts: str) -> Check:
    return check_spf(domain, Zone().with_(NAME, "TXT", *texts))


@pytest.mark.parametrize(
    ("text", "is_good", "said", "record"),
    [
        ("v=spf1 include:_spf.google.com -all", True, "who sends", None),
        ("V=SPF1 redirect=_spf.example.org", True, "who sends", None),
        ("v=spf1 mx +all", False, "lets anybody", "v=spf1 mx ~all"),
        ("v=spf1 include:_spf.google.com ?all", False, "lets anybody",
         "v=spf1 include:_spf.google.com ~all"),
        ("v=spf1", False, "lets anybody", "v=spf1 ~all"),
        ("v=spf1 mx -all", False, "does not name smtp.gmail.com",
         "v=spf1 mx include:_spf.google.com -all"),
        ("v=spf1 " + " ".join(f"include:{n}.example" for n in range(11)) + " -all", False,
         "asks 11 other names", None),
        ("v=spf10 mx -all", False, "Nobody can tell", "v=spf1 include:_spf.google.com ~all"),
    ],
)  # fmt: skip
def test_spf(text: str, is_good: bool, said: str, record: str | None) -> None:
    check = spf(GOOGLE, text)

    assert (check.is_good, said in check.words) == (is_good, True), check
    assert check.records == ((f'{NAME}. TXT "{record}"',) if record else ())


def test_two_spf_records_are_put_into_one() -> None:
    check = spf(OWN, "v=spf1 mx -all", "v=spf1 include:a.example mx ~all")

    assert not check.is_good
    assert check.records == ('desk.example.org. TXT "v=spf1 mx include:a.example ~all"',)


def test_spf_of_a_server_of_ones_own_may_name_it_as_it_likes() -> None:
    assert spf(OWN, "v=spf1 ip4:192.0.2.1 -all").is_good
    assert spf(OWN).records == ('desk.example.org. TXT "v=spf1 a:mail.example.org ~all"',)


def dkim(text: str) -> Check:
    zone = Zone().with_(f"mine._domainkey.{NAME}", "TXT", text)
    return check_dkim(Domain(NAME, "smtp.gmail.com", (), selectors=("other", "mine")), zone)


def test_dkim_keys() -> None:
    public = ed25519.Ed25519PrivateKey.generate().public_key()
    small = base64.b64encode(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
    key = rsa_key(2048)

    assert dkim(f"v=DKIM1; p={key[:60]} {key[60:]}").is_good  # spaces in it mean nothing
    assert dkim(f"v=DKIM1; k=ed25519; p={small}").is_good
    assert "taken back" in dkim("v=DKIM1; p=").words
    assert "cut off or mistyped" in dkim(f"v=DKIM1; p={key[:-40]}").words
    assert "No key was found under other, mine" in dkim("v=spf1 -all").words


def test_a_short_dkim_key_does_not_count() -> None:
    """Of 512 bits, which no library makes any more."""
    numbers = rsa.RSAPublicNumbers(65537, (1 << 511) + 111)
    der = numbers.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    check = dkim(f"v=DKIM1; p={base64.b64encode(der).decode()}")

    assert (check.is_good, "512 bits" in check.words) == (False, True)


@pytest.mark.parametrize(
    ("text", "is_good", "has_record"),
    [
        ("v=DMARC1; p=reject; rua=mailto:a@b.example", True, False),
        ("v=DMARC1;p=quarantine", True, False),
        ("v=DMARC1; p=none", True, True),
        ("v=DMARC1; rua=mailto:a@b.example", False, True),
        ("v=spf1 -all", False, True),
    ],
)
def test_dmarc(text: str, is_good: bool, has_record: bool) -> None:
    check = check_dmarc(GOOGLE, Zone().with_(f"_dmarc.{NAME}", "TXT", text))

    assert (check.is_good, bool(check.records)) == (is_good, has_record)


def test_two_dmarc_records_do_not_count() -> None:
    zone = Zone().with_(f"_dmarc.{NAME}", "TXT", "v=DMARC1; p=none", "v=DMARC1; p=reject")

    assert "keep one" in check_dmarc(GOOGLE, zone).words
