"""Which portal is read for a city: the one the pack knows, shared by all, or a newsroom's own."""

from datetime import datetime, time, timedelta

from django.db import transaction

from cities.portals.address import PortalAddress
from cities.schema.city import City
from cities.schema.load import all_cities, load_city
from requests_app.models import CityPortal, Newsroom, PortalPlatform, PortalStatus

READ_BY_PROGRAM = frozenset(
    {PortalPlatform.SOCRATA, PortalPlatform.ARCGIS_HUB, PortalPlatform.CKAN, PortalPlatform.DCAT_US}
)
NIGHT_BEGINS = time(2)
SPREAD_OVER = 180  # minutes: neighbors in the list are not read in the same one
STEP = 37
FAILED_TOO_OFTEN = 3


@transaction.atomic
def ensure_portals() -> int:
    """A row for the portal of each pack, as the pack says it now. How many were made or changed.

    What a reading found out about a portal stays, until the pack names another.
    """
    shared = CityPortal.objects.filter(newsroom__isnull=True).select_for_update(no_key=True)
    rows = {row.city_slug: row for row in shared}
    changed = 0
    for city in all_cities():
        wanted, row = _as_the_pack_says(city), rows.get(city.slug)
        if row is None:
            wanted.save()
        elif _identity(row) != _identity(wanted):
            wanted.pk = row.pk
            wanted.save()
        else:
            continue
        changed += 1
    return changed


def _as_the_pack_says(city: City) -> CityPortal:
    reading, portal = city.portal.reading, city.portal
    status = {"none": PortalStatus.NONE, "misconfigured": PortalStatus.MISCONFIGURED}
    return CityPortal(
        city_slug=city.slug,
        platform=reading.platform if reading else PortalPlatform.NONE,
        base_url=reading.base_url if reading else "",
        organization=reading.organization if reading else "",
        status=status.get(portal.status, PortalStatus.UNVERIFIED),
        status_reason=portal.note if portal.status in status else "",
    )


def _identity(row: CityPortal) -> tuple[str, str, str]:
    return row.platform, row.base_url, row.organization


def portal_of(city_slug: str, newsroom: Newsroom | None = None) -> CityPortal:
    """The newsroom's own, else the shared one. LookupError: no such city."""
    load_city(city_slug)
    rows = CityPortal.objects.filter(city_slug=city_slug)
    if newsroom and (own := rows.for_newsroom(newsroom).filter(newsroom=newsroom).first()):
        return own
    shared = rows.filter(newsroom__isnull=True).first()
    if shared is None:
        ensure_portals()
        shared = rows.get(newsroom__isnull=True)
    return shared


def city_named(name: str) -> City:
    """The city of a slug, "us-mo/kansas-city" or its last part. LookupError names those there are.

    The last part alone is enough where only one state has a city of that name.
    """
    cities = [city for city in all_cities() if name in {city.slug, city.slug.partition("/")[2]}]
    if len(cities) == 1:
        return cities[0]
    there = ", ".join(city.slug for city in (cities or all_cities()))
    if cities:
        raise LookupError(f"More than one city is called {name!r}: say which of {there}.")
    raise LookupError(f"There is no city {name!r}; there are {there}.")


def address_of(portal: CityPortal) -> PortalAddress:
    """Where it is read, and whose datasets count. LookupError: no program can read it."""
    if portal.platform not in READ_BY_PROGRAM:
        raise LookupError(f"{_NOT_READ[PortalPlatform(portal.platform)]}")
    pack = load_city(portal.city_slug).portal.reading
    if portal.newsroom_id is None and pack:
        return PortalAddress.of_pack(pack)
    return PortalAddress.of_newsroom(portal.platform, portal.base_url, portal.organization)


_NOT_READ = {
    PortalPlatform.NONE: "No portal of this city is known: there is nothing to read.",
    PortalPlatform.BY_HAND: "This city's list of datasets is loaded by hand: there is no portal "
    "to read.",
}


def is_due(portal: CityPortal, *, at: datetime) -> bool:
    """Whether it was never read, or tonight's reading, by the city's own clock, is to come."""
    zone = load_city(portal.city_slug).tz
    here = at.astimezone(zone)
    begins = datetime.combine(here.date(), NIGHT_BEGINS, zone)
    begins += timedelta(minutes=portal.pk * STEP % SPREAD_OVER)
    tried = portal.last_tried_at
    return tried is None or tried < begins <= here


def has_failed_too_often(portal: CityPortal) -> bool:
    return portal.failures_in_a_row >= FAILED_TOO_OFTEN
