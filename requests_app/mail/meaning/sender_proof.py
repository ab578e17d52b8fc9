"""What proves who sent a message: SPF, DKIM and DMARC (RFC 7208, 6376, 7489).

The trusted receiver says it in Authentication-Results (RFC 8601), or DKIM alone is verified here.

A receiver writes above what came. So of the headers with its name the topmost counts, and those
right below it for what that one does not say; below the next trace of a server, anybody wrote.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import dkim
from authres import AuthResError, FeatureContext, dmarc

from requests_app.mail.mime.headers import Headers, split_headers

METHODS = ("dmarc", "dkim", "spf")
MAX_SIGNATURES = 3
MAX_HEADER_BLOCK = 1024 * 1024
_RESULTS = FeatureContext(dmarc)
_FAILED = {"fail", "hardfail", "softfail"}
_FOLD = re.compile(r"\r?\n[ \t]*")
_SIGNED_BY = re.compile(rb"(?:^|;)\s*d\s*=\s*([A-Za-z0-9.-]{1,253})")

Lookup = Callable[..., bytes | None]
"""The TXT record of a name; None where there is none; any other error: nobody could say."""


class Result(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Proof:
    """One method, what it gave, and of which domain."""

    method: str
    result: Result
    domain: str


def stated_by(receiver: str, raw: bytes) -> tuple[Proof, ...]:
    """What the receiver of that name (its authserv-id) says of the message."""
    headers, _ = split_headers(raw, 0, min(len(raw), MAX_HEADER_BLOCK))
    found: dict[str, Proof] = {}
    has_begun = False
    for name, value in headers.fields:
        if name == "received" and has_begun:
            break
        if name != "authentication-results" or not _is_by(receiver, value):
            continue
        has_begun = True
        found = {**_stated_in(value), **found}
    return tuple(found[method] for method in METHODS if method in found)


def verified_here(raw: bytes, from_address: str, lookup: Lookup) -> tuple[Proof, ...]:
    """DKIM of the signatures that the sender's own domain made; () where it made none."""
    headers, _ = split_headers(raw, 0, min(len(raw), MAX_HEADER_BLOCK))
    domain = from_address.rpartition("@")[2].lower()
    own = [
        (number, signer)
        for number, signer in enumerate(_signers(headers))
        if _is_of(domain, signer)
    ][:MAX_SIGNATURES]
    if not own:
        return ()
    results = [_verified(raw, number, lookup) for number, _ in own]
    best = next((one for one in (Result.PASSED, Result.UNKNOWN) if one in results), Result.FAILED)
    if best == Result.PASSED and len(headers.all("from")) != 1:
        best = Result.FAILED  # which of two senders was signed, nobody sees
    return (Proof("dkim", best, own[results.index(best)][1] if best in results else own[0][1]),)


def _is_by(receiver: str, value: bytes) -> bool:
    said = value.decode("latin-1").partition(";")[0].split()
    return bool(said) and said[0].lower() == receiver.lower()


def _stated_in(value: bytes) -> dict[str, Proof]:
    text = _FOLD.sub(" ", value.decode("latin-1"))
    try:
        stated = _RESULTS.parse(f"Authentication-Results: {text}")
    except AuthResError:
        return {}
    found: dict[str, Proof] = {}
    for one in stated.results:
        if one.method not in METHODS:
            continue
        proof = Proof(one.method, _meaning(one.method, str(one.result)), _domain_in(one))
        known = found.get(one.method)
        # Of several signatures one that holds is enough (RFC 6376, 6.1).
        if known is None or proof.result == Result.PASSED:
            found[one.method] = proof
    return found


def _meaning(method: str, said: str) -> Result:
    word = said.lower()
    if word == "pass":
        return Result.PASSED
    return Result.FAILED if word in _FAILED else Result.UNKNOWN


def _domain_in(result: object) -> str:
    for one in getattr(result, "properties", ()):
        if (one.type, one.name) in {("header", "from"), ("header", "d"), ("smtp", "mailfrom")}:
            return str(one.value).rpartition("@")[2].lower()[:253]
    return ""


def _signers(headers: Headers) -> list[str]:
    values = headers.all("dkim-signature")
    found = (_SIGNED_BY.search(value) for value in values)
    return [one[1].decode("ascii").lower() if one else "" for one in found]


def _is_of(domain: str, signer: str) -> bool:
    """Relaxed alignment (RFC 7489, 3.1.1), without the list of public suffixes."""
    return "." in signer and (domain == signer or domain.endswith(f".{signer}"))


def _verified(raw: bytes, number: int, lookup: Lookup) -> Result:
    has_answered = True

    def asked(name: bytes | str, timeout: float = 5) -> bytes | None:
        nonlocal has_answered
        try:
            return lookup(name, timeout)
        except Exception:
            has_answered = False
            raise

    try:
        is_good = dkim.DKIM(raw).verify(idx=number, dnsfunc=asked)
    except Exception:  # noqa: BLE001 a signature of any shape; what DNS could not say is no failure
        is_good = False
    if is_good:
        return Result.PASSED
    return Result.FAILED if has_answered else Result.UNKNOWN
