"""Questions to the domain name system, asked of this machine's own resolver."""

from collections.abc import Callable
from typing import Any

import dns.resolver
from dns.exception import DNSException
from dns.rdtypes.ANY.MX import MX
from dns.rdtypes.ANY.TXT import TXT

SECONDS = 3.0  # for one name
# (name, "MX" or "TXT") -> the records: of MX "10 mail.example.org", of TXT the whole text.
Lookup = Callable[[str, str], list[str]]


class DnsUnavailableError(Exception):
    """No answer, which says nothing of whether there are records."""


def lookup(name: str, kind: str) -> list[str]:
    """[] where there is no such record or name. Raises DnsUnavailableError."""
    return [_text(record) for record in _records(name, kind, SECONDS)]


def txt(name: bytes | str, timeout: float = SECONDS) -> bytes | None:
    """The first TXT record, as libraries ask for it; None where there is none. Raises
    DnsUnavailableError."""
    asked = name.decode("ascii", "replace") if isinstance(name, bytes) else name
    records = _records(asked, "TXT", min(timeout, SECONDS))
    return b"".join(records[0].strings) if records else None


def _records(name: str, kind: str, seconds: float) -> list[Any]:
    try:
        return list(dns.resolver.resolve(name, kind, lifetime=seconds, search=False))
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (DNSException, OSError, ValueError) as error:
        raise DnsUnavailableError(f"{name} could not be asked about ({error}).") from error


def _text(record: object) -> str:
    if isinstance(record, TXT):
        return b"".join(record.strings).decode("utf-8", "replace")
    if isinstance(record, MX):
        return f"{record.preference} {record.exchange.to_text().rstrip('.').lower()}"
    return str(record)
