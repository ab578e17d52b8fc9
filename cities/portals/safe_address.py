"""Keeps a reading to the portal's own host, and away from machines that are nobody's business.

The address of a portal is typed by people. The name is looked up here, every address it has is
checked, and the connection goes to the address that was checked: a name that answers otherwise the
second time (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from cities.portals.outcome import ReadingFailedError

Resolve = Callable[[str, int], Sequence[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # an IPv4 address inside an IPv6 one
MOST_ADDRESS = 300


@dataclass(frozen=True, slots=True)
class BadAddressError(ValueError):
    """What is wrong with an address, and what to write instead."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


def check_base_url(url: str, *, by_hand: bool = False) -> str:
    """The address without its last slash. BadAddressError: it is none that may be read.

    `by_hand`: typed at this machine by whoever runs it, so this machine itself may be meant.
    """
    text = url.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadAddressError(f"“{url}” is no address: {error}.") from error
    if not host or len(text) > MOST_ADDRESS or parts.username or parts.query or parts.fragment:
        raise BadAddressError(
            f"“{url}” is no address of a portal: write it as https://data.example.gov."
        )
    if parts.scheme == "https" and (by_hand or not is_this_machine(host)):
        return text
    if parts.scheme == "http" and by_hand and is_this_machine(host):
        return text
    if is_this_machine(host):
        raise BadAddressError(f"“{host}” is this machine: a portal is read from the city's own.")
    raise BadAddressError(f"“{url}” must begin with https://.")


def is_this_machine(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_public(address: Address) -> bool:
    """Whether anybody on the Internet could reach it; an address in disguise is looked through."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address.sixtofour or address.teredo or address in _TRANSLATED:
            return False
    return address.is_global and not address.is_multicast


def look_up(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class CheckedTransport(httpx.BaseTransport):
    """Connects to the address it has checked, under the name that was asked for."""

    def __init__(
        self,
        inner: httpx.BaseTransport | None = None,
        *,
        may_be_this_machine: bool = False,
        resolve: Resolve = look_up,
    ) -> None:
        self._inner = inner or httpx.HTTPTransport(trust_env=False)
        self._may_be_this_machine = may_be_this_machine
        self._resolve = resolve

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        extensions: dict[str, Any] = {**request.extensions, "sni_hostname": host}
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=self._checked(host, port)),
            headers=request.headers,  # `Host` is in them already
            stream=request.stream,
            extensions=extensions,
        )
        return self._inner.handle_request(pinned)

    def close(self) -> None:
        self._inner.close()

    def _checked(self, host: str, port: int) -> str:
        """One of the host's addresses, when all of them may be connected to."""
        try:
            found = [ipaddress.ip_address(one.partition("%")[0]) for one in self._names(host, port)]
        except (OSError, UnicodeError, ValueError) as error:
            raise ReadingFailedError("unreachable", f"No machine has the name {host}.") from error
        if not found:
            raise ReadingFailedError("unreachable", f"No machine has the name {host}.")
        if self._may_be_this_machine and all(address.is_loopback for address in found):
            return str(found[0])
        if refused := next((address for address in found if not is_public(address)), None):
            raise ReadingFailedError(
                "unreachable",
                f"{host} leads to {refused}, an address inside a private network: it is not read.",
            )
        return str(found[0])

    def _names(self, host: str, port: int) -> Sequence[str]:
        try:
            return [str(ipaddress.ip_address(host))]
        except ValueError:
            return self._resolve(host, port)
