"""Who is somebody of a city: by the packs, by what the newsroom entered, by whom we wrote to."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Left, Lower

from cities.schema.facts import Stated
from cities.schema.load import all_cities, load_city
from requests_app.models import Channel, Delivery, OfficeEntry, RecordsRequest

# Whoever writes from there is nobody's office by that alone.
PUBLIC_PROVIDERS = frozenset(
    (
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com",
        "yahoo.com", "aol.com", "icloud.com", "me.com", "comcast.net", "proton.me",
        "protonmail.com", "gmx.com",
    )
)  # fmt: skip


def known_senders(address: str, requests: Sequence[RecordsRequest]) -> dict[int, str]:
    """How a sender is known to belong to each request's city, by its key: two queries for all."""
    if not address or not requests:
        return {}
    wrote = written_to(address).filter(records_request__in=requests)
    wrote_about = set(wrote.values_list("records_request_id", flat=True))
    entered = _entered(requests)
    found: dict[int, str] = {}
    for row in requests:
        addresses = _addresses_in_pack(row.city_slug) | entered.get(
            (row.newsroom_id, row.city_slug), set()
        )
        if address in addresses:
            found[row.pk] = f"{address} is an address of an office there"
        elif row.pk in wrote_about:
            found[row.pk] = f"we wrote to {address} about it"
        elif domain := _domain_of(address, addresses, row.city_slug):
            found[row.pk] = f"{domain} is a domain of {row.city.name}"
    return found


def cities_of(address: str) -> set[str]:
    """The slugs of cities whose offices or portals may be at the domain of an address: those that
    `known_senders` is then asked about."""
    domain = address.rpartition("@")[2]
    if "." not in domain or domain in PUBLIC_PROVIDERS:
        return set()
    packs = {
        city.slug
        for city in all_cities()
        if _domain_of(address, _addresses_in_pack(city.slug), city.slug)
    }
    above = ".".join(domain.split(".")[-2:])
    entered = OfficeEntry.objects.filter(way=OfficeEntry.Way.EMAIL, value__iendswith=above)
    return packs | set(entered.order_by().values_list("city", flat=True).distinct())


def written_to(address: str) -> QuerySet[Delivery]:
    """Our e-mails to an address (in lower case), by its index."""
    sent = Delivery.objects.annotate(address=Lower(Left("to", 254)))
    return sent.filter(channel=Channel.EMAIL, address=address)


def _domain_of(address: str, addresses: set[str] | frozenset[str], city_slug: str) -> str:
    domain = address.rpartition("@")[2]
    hosts = {office.rpartition("@")[2] for office in addresses} | _portal_hosts(city_slug)
    return domain if any(_is_of(domain, host) for host in hosts - PUBLIC_PROVIDERS) else ""


def _is_of(domain: str, host: str) -> bool:
    """The same host, or one below the other: clerk@ci.city.gov for an office at city.gov."""
    is_below = domain.endswith(f".{host}") or host.endswith(f".{domain}")
    return domain == host or (is_below and "." in min(domain, host, key=len))


def _entered(requests: Sequence[RecordsRequest]) -> dict[tuple[int, str], set[str]]:
    """E-mail addresses that the newsrooms entered for those cities' offices."""
    wanted = Q()
    for newsroom_id, city in {(row.newsroom_id, row.city_slug) for row in requests}:
        wanted |= Q(newsroom_id=newsroom_id, city=city)
    rows = OfficeEntry.objects.filter(wanted, way=OfficeEntry.Way.EMAIL)
    found: dict[tuple[int, str], set[str]] = {}
    for newsroom_id, city, value in rows.values_list("newsroom_id", "city", "value"):
        found.setdefault((newsroom_id, city), set()).add(value.strip().lower())
    return found


@cache
def _addresses_in_pack(city_slug: str) -> frozenset[str]:
    return frozenset(_stated(city_slug, "email"))


@cache
def _portal_hosts(city_slug: str) -> frozenset[str]:
    """Where its records portals are: NextRequest and the like write from there."""
    urls = _stated(city_slug, "portal_url")
    return frozenset(url.split("://")[-1].split("/")[0].removeprefix("www.") for url in urls)


def _stated(city_slug: str, name: str) -> Iterator[str]:
    city = load_city(city_slug)
    places: list[Any] = [*city.offices, *city.all_routes()]
    for place in places:
        fact = getattr(place, name)
        if isinstance(fact, Stated):
            yield fact.value.lower()
