"""Which addresses may be told: https alone, and no machine inside a private network.

What a name leads to is looked up at each sending, by `CheckedTransport`.
"""

import ipaddress
from urllib.parse import urlsplit

from cities.portals.safe_address import BadAddressError, is_public, is_this_machine

MOST = 500


def check_address(url: str) -> str:
    """The address as it is kept. BadAddressError says what to write instead."""
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadAddressError(f"“{text}” is no address: {error}.") from error
    if parts.scheme != "https" or not host or len(text) > MOST or parts.fragment:
        raise BadAddressError("Write an address that begins with https:// and names a host.")
    if parts.username or parts.password:
        raise BadAddressError("Leave name and password out: messages are signed instead.")
    if is_this_machine(host) or not _may_be_public(host):
        raise BadAddressError(f"{host} is an address inside a private network: it is not told.")
    return text


def _may_be_public(host: str) -> bool:
    """A name is looked up once it is told; a number says by itself where it leads."""
    try:
        return is_public(ipaddress.ip_address(host))
    except ValueError:
        return not host.endswith((".local", ".internal", ".localhost"))
