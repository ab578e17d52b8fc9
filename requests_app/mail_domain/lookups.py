"""Questions to the domain name system: a name and a type in, texts out."""

from collections.abc import Callable

import dns.exception
import dns.resolver
from dns.rdtypes.ANY.MX import MX
from dns.rdtypes.ANY.TXT import TXT

SECONDS = 5.0
# (name, "MX" or "TXT") -> the records: of MX "10 mail.example.org", of TXT the whole text.
Lookup = Callable[[str, str], list[str]]


class LookupFailed(Exception):
    """No answer, which says nothing of whether there are records."""


def lookup(name: str, kind: str) -> list[str]:
    """By the resolver of this machine; [] where there is no such record or name."""
    try:
        answer = dns.resolver.resolve(name, kind, lifetime=SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError, ValueError) as error:
        raise LookupFailed(f"{name} could not be asked about ({error}).") from error
    return [_text(record) for record in answer]


def _text(record: object) -> str:
    if isinstance(record, TXT):
        return b"".join(record.strings).decode("utf-8", "replace")
    if isinstance(record, MX):
        return f"{record.preference} {record.exchange.to_text().rstrip('.').lower()}"
    return str(record)
