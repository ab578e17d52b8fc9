"""TXT records, asked of the machine's own resolver."""

import dns.resolver
from dns.exception import DNSException

LONGEST = 3  # seconds for one name


class DnsUnavailableError(Exception):
    """Nobody could say whether there is such a record."""


def txt(name: bytes | str, timeout: float = LONGEST) -> bytes | None:
    """The first TXT record of that name; None where there is none. Raises DnsUnavailableError."""
    asked = name.decode("ascii", "replace") if isinstance(name, bytes) else name
    try:
        answer = dns.resolver.resolve(asked, "TXT", lifetime=min(timeout, LONGEST), search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return None
    except (DNSException, OSError) as error:
        raise DnsUnavailableError(asked) from error
    return b"".join(next(iter(answer)).strings)
