"""From which address somebody calls, where proxies stand in front of the desk."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

IPV6_OF_ONE_PLACE = 64  # bits: what a provider gives to one household or office


def address_of(request: HttpRequest) -> str:
    """Each proxy adds whom it heard from at the end: `TRUSTED_PROXIES` entries back stands the
    client. What comes before that entry, the client wrote itself."""
    heard: str = request.META.get("REMOTE_ADDR", "")
    named = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < settings.TRUSTED_PROXIES <= len(named):
        return _address(named[-settings.TRUSTED_PROXIES]) or heard
    return heard


def place_of(request: HttpRequest) -> str:
    """The address for counting: of IPv6, the network that one subscriber has."""
    address = _address(address_of(request))
    if address and ":" in address:
        network = ipaddress.IPv6Network(f"{address}/{IPV6_OF_ONE_PLACE}", strict=False)
        return str(network.network_address)
    return address


def is_this_machine(request: HttpRequest) -> bool:
    """Whether the caller runs here, and no proxy speaks for somebody else."""
    forwarded = {"X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Via"} & {*request.headers}
    address = _address(request.META.get("REMOTE_ADDR", ""))
    return bool(address) and ipaddress.ip_address(address).is_loopback and not forwarded


def _address(written: str) -> str:
    """An address without its port; "" for what is none. IPv4 within IPv6 is IPv4."""
    bare = written.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(address)
