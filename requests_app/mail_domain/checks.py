"""MX, SPF, DKIM and DMARC of a domain: what was found, whether it is good, what to set instead.

MX: RFC 5321, 5.1; SPF: RFC 7208; DKIM: RFC 6376; DMARC: RFC 7489. Pure: the lookups are given.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from requests_app.dns_records import DnsUnavailableError, Lookup
from requests_app.mail_domain.providers import service_of

MOST_SPF_LOOKUPS = 10  # RFC 7208, 4.6.4
ASKING = ("include:", "redirect=", "exists:", "a", "mx", "ptr")
LEAST_KEY_BITS = 1024  # RFC 8301, 3.2
USUAL_SELECTORS = ("default", "dkim", "mail", "desk", "s1", "k1")


@dataclass(frozen=True, slots=True)
class Domain:
    """A mail domain, and what is known of how its mail goes and comes."""

    name: str
    sends_by: str  # the SMTP server's host
    comes_to: tuple[str, ...]  # hosts that MX should name, if they are known: "10 mx.example.org"
    selectors: tuple[str, ...] = ()  # of DKIM, where somebody has named them


@dataclass(frozen=True, slots=True)
class Check:
    """One of the four. `records`: exactly what to set, as `name TYPE "value"`; () if nothing."""

    name: str
    is_good: bool
    found: tuple[str, ...]
    words: str
    records: tuple[str, ...] = ()


def check_all(domain: Domain, lookup: Lookup) -> list[Check]:
    return [
        _unless_failed("MX", lambda: check_mx(domain, lookup)),
        _unless_failed("SPF", lambda: check_spf(domain, lookup)),
        _unless_failed("DKIM", lambda: check_dkim(domain, lookup)),
        _unless_failed("DMARC", lambda: check_dmarc(domain, lookup)),
    ]


def _unless_failed(name: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except DnsUnavailableError as error:
        return Check(name, False, (), f"Not known: {error} Check again later.")


def check_mx(domain: Domain, lookup: Lookup) -> Check:
    found = tuple(sorted(lookup(domain.name, "MX")))
    wanted = tuple(f"{domain.name}. MX {to}." for to in domain.comes_to)
    if not found:
        words = f"No server takes mail for {domain.name}: answers of cities come back to them."
        return Check("MX", False, (), words, wanted or _some_mx(domain))
    hosts = {record.split(" ", 1)[-1] for record in found}
    if hosts <= {"", "."}:
        words = f"{domain.name} says that it takes no mail at all (RFC 7505)."
        return Check("MX", False, found, words, wanted or _some_mx(domain))
    ours = {record.split(" ", 1)[-1] for record in domain.comes_to}
    if ours and not hosts & ours:
        words = "Mail goes to another server than the one by which the desk gets it."
        return Check("MX", False, found, words, wanted)
    return Check("MX", True, found, "Mail for the domain has a server.")


def _some_mx(domain: Domain) -> tuple[str, ...]:
    return (f"{domain.name}. MX 10 <the server that takes your mail>.",)


def check_spf(domain: Domain, lookup: Lookup) -> Check:
    found = tuple(r for r in lookup(domain.name, "TXT") if r.lower().split(" ")[0] == "v=spf1")
    service = service_of(domain.sends_by)
    wanted = service.spf if service else f"a:{domain.sends_by}"

    def record(terms: Sequence[str]) -> tuple[str, ...]:
        return (f'{domain.name}. TXT "{" ".join(["v=spf1", *terms])}"',)

    if not found:
        words = "Nobody can tell whether mail of this domain is yours; much of it will be refused."
        return Check("SPF", False, (), words, record([wanted, "~all"]))
    if len(found) > 1:
        words = "There are several SPF records, so none counts: put them into one."
        terms = [t for r in found for t in r.split()[1:] if not t.lower().endswith("all")]
        return Check("SPF", False, found, words, record([*dict.fromkeys(terms), "~all"]))
    terms = found[0].split()[1:]
    last = terms[-1].lower() if terms else ""
    if "redirect=" not in found[0].lower() and last not in {"-all", "~all"}:
        words = f"It ends in “{last or 'nothing'}”, which lets anybody send as this domain."
        kept = [t for t in terms if not t.lower().endswith("all")]
        return Check("SPF", False, found, words, record([*kept, "~all"]))
    asks = sum(term.lstrip("+-~?").lower().startswith(ASKING) for term in terms) - (last in terms)
    if asks > MOST_SPF_LOOKUPS:
        words = f"It asks {asks} other names; after {MOST_SPF_LOOKUPS} receivers give up."
        return Check("SPF", False, found, words)
    if service and wanted.lower() not in found[0].lower() and "redirect=" not in found[0].lower():
        words = f"It does not name {domain.sends_by}, by which the desk sends."
        return Check("SPF", False, found, words, record([*terms[:-1], wanted, terms[-1]]))
    return Check("SPF", True, found, "It says who sends for the domain.")


def check_dkim(domain: Domain, lookup: Lookup) -> Check:
    service = service_of(domain.sends_by)
    selectors = domain.selectors or (service.selectors if service else ()) or USUAL_SELECTORS
    found, problems = [], []
    for selector in selectors:
        name = f"{selector}._domainkey.{domain.name}"
        for text in lookup(name, "TXT"):
            tags = _tags(text)
            if "p" in tags:
                found.append(f"{name}: {text[:80]}{'…' if len(text) > 80 else ''}")
                if problem := _key_problem(tags):
                    problems.append(f"{selector}: {problem}")
    if not found:
        words = (
            f"No key was found under {', '.join(selectors)}. Your mail provider shows the key that "
            "it signs with; if it has another selector, set DKIM_SELECTOR."
        )
        shown = selectors[0] if service or domain.selectors else "<selector>"
        record = f'{shown}._domainkey.{domain.name}. TXT "v=DKIM1; k=rsa; p=<the provider’s key>"'
        return Check("DKIM", False, (), words, (record,))
    if len(problems) == len(found):
        return Check("DKIM", False, tuple(found), " ".join(problems))
    words = "A key is there. Whether mail is signed with it, the round trip shows."
    return Check("DKIM", True, tuple(found), words)


def _key_problem(tags: dict[str, str]) -> str:
    if not tags["p"]:
        return "the key was taken back (its p= is empty): set the provider’s new one."
    if tags.get("k", "rsa").lower() != "rsa":
        return ""
    try:
        key = load_der_public_key(base64.b64decode(tags["p"], validate=True))
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return "the key cannot be read: it was cut off or mistyped; copy it again."
    if isinstance(key, RSAPublicKey) and key.key_size < LEAST_KEY_BITS:
        return f"the key has {key.key_size} bits, which receivers do not count: make one of 2048."
    return ""


def check_dmarc(domain: Domain, lookup: Lookup) -> Check:
    names = [f"_dmarc.{domain.name}"]
    parent = domain.name.partition(".")[2]
    if "." in parent:
        names.append(f"_dmarc.{parent}")
    reports = f"mailto:postmaster@{domain.name}"
    record = (f'_dmarc.{domain.name}. TXT "v=DMARC1; p=quarantine; rua={reports}"',)
    for name in names:
        found = tuple(r for r in lookup(name, "TXT") if r.lower().startswith("v=dmarc1"))
        if len(found) > 1:
            words = f"There are several at {name}, so none counts: keep one."
            return Check("DMARC", False, found, words, record)
        if found:
            return _policy(found[0], name, record)
    words = "Anybody can send in your name, and large receivers refuse mail of a domain without it."
    return Check("DMARC", False, (), words, record)


def _policy(text: str, name: str, record: tuple[str, ...]) -> Check:
    policy = _tags(text).get("p", "").lower()
    found = (f"{name}: {text}",)
    if policy in {"quarantine", "reject"}:
        words = f"Mail in your name that fails SPF and DKIM is to be met with {policy}."
        return Check("DMARC", True, found, words)
    if policy == "none":
        words = (
            "It only asks for reports: forged mail in your name is let through. Once the reports "
            "show that your own mail passes, set the policy to quarantine."
        )
        return Check("DMARC", True, found, words, record)
    words = "It names no policy (p=none, quarantine or reject), so it does not count."
    return Check("DMARC", False, found, words, record)


def _tags(text: str) -> dict[str, str]:
    """tag=value; tag=value (RFC 6376, 3.2), spaces within a value left out."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, _, value in pairs}
