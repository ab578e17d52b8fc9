"""The portal that a newsroom sets for a city itself, instead of the one that the pack knows."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cities.portals.address import PortalAddress
from cities.portals.csv_list import CsvFaultsError, datasets_of_csv
from cities.portals.safe_address import BadAddressError, check_base_url
from cities.schema.load import load_city
from requests_app.actions.errors import Refused
from requests_app.catalog.reading.city_portals import READ_BY_PROGRAM
from requests_app.catalog.reading.trial import Trial, look_at
from requests_app.catalog.reading.writing import CatalogWriter, in_batches
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.security import security_log
from requests_app.models import CityPortal, Newsroom, PortalPlatform, PortalStatus
from requests_app.permissions import require
from requests_app.vocabulary.dates_and_amounts import count, short_day
from requests_app.vocabulary.security_kinds import SecurityKind

ANOTHER_PORTAL = "portal_changed"  # beside "withdrawn": it was not the city that took it away


@dataclass(frozen=True, slots=True)
class EnteredPortal:
    """What a newsroom typed."""

    platform: str
    base_url: str
    organization: str = ""

    def address(self) -> PortalAddress:
        """Refused: no program may read that address."""
        if self.platform not in READ_BY_PROGRAM:
            raise Refused("Choose the platform that the portal runs on.")
        try:
            base = check_base_url(self.base_url)
        except BadAddressError as error:
            raise Refused(str(error)) from error
        return PortalAddress.of_newsroom(self.platform, base, self.organization)


@dataclass(frozen=True, slots=True)
class LoadedList:
    """What a list that was loaded by hand did to the catalog."""

    total: int
    created: int
    changed: int
    withdrawn: tuple[str, ...]  # their titles

    def __str__(self) -> str:
        gone = f", {len(self.withdrawn)} withdrawn" if self.withdrawn else ""
        return (
            f"{count(self.total, 'dataset')} in the list: {self.created} new, "
            f"{self.changed} changed{gone}."
        )


def try_portal(city_slug: str, entered: EnteredPortal, *, by: Attribution) -> Trial:
    """What would be read there. Nothing is kept. Refused, PermissionDenied."""
    require(by.user, "set_portal")
    load_city(city_slug)
    return look_at(entered.address())


@transaction.atomic
def set_portal(
    newsroom: Newsroom, city_slug: str, entered: EnteredPortal, *, by: Attribution
) -> CityPortal:
    """Read that one from now on, for this newsroom alone. The next round of the night begins it."""
    require(by.user, "set_portal")
    base = entered.address().base_url
    identity = (entered.platform, base, entered.organization.strip())
    portal = _own(newsroom, city_slug, identity, by=by)
    _note(newsroom, city_slug, base, by=by)
    return portal


@transaction.atomic
def use_the_packs(newsroom: Newsroom, city_slug: str, *, by: Attribution) -> None:
    """Back to the portal that the pack knows. What was read from our own stays, out of sight."""
    require(by.user, "set_portal")
    own = CityPortal.objects.in_use().filter(newsroom=newsroom, city_slug=city_slug)
    if not own.update(given_up_at=by.at):
        raise Refused("Your newsroom has set no portal for this city.")
    _note(newsroom, city_slug, "the portal that the desk knows", by=by)


@transaction.atomic
def load_list(newsroom: Newsroom, city_slug: str, content: bytes, *, by: Attribution) -> LoadedList:
    """Put a list kept by hand in the place of the catalog. CsvFaultsError: nothing was loaded.

    Loaded again it changes nothing; what is no longer in it is withdrawn.
    """
    require(by.user, "set_portal")
    records = datasets_of_csv(content)
    portal = _own(newsroom, city_slug, (PortalPlatform.BY_HAND, "", ""), by=by)
    before = {row.pk: row.title for row in portal.datasets.published()}
    writer = CatalogWriter(portal, by.at)
    for batch in in_batches(iter(records)):
        writer.write(batch)
    writer.finish(may_withdraw=True)
    gone = portal.datasets.filter(pk__in=before, withdrawn_at=by.at)
    portal.status, portal.last_tried_at, portal.last_complete_at = PortalStatus.OK, by.at, by.at
    portal.status_reason = (
        f"{count(len(records), 'dataset')}, loaded by hand {short_day(timezone.localdate(by.at))}."
    )
    portal.failures_in_a_row = 0
    portal.save()
    _note(newsroom, city_slug, f"a list of {count(len(records), 'dataset')}", by=by)
    return LoadedList(
        len(records), writer.created, writer.changed, tuple(sorted(row.title for row in gone))
    )


def _note(newsroom: Newsroom, city_slug: str, changed: str, *, by: Attribution) -> None:
    kind = SecurityKind.PORTAL_CHANGED
    security_log.record(
        kind, by=by.user, newsroom=newsroom, at=by.at, city=city_slug, changed=changed
    )


def _own(
    newsroom: Newsroom, city_slug: str, identity: tuple[str, str, str], *, by: Attribution
) -> CityPortal:
    """The newsroom's row for that city; what another portal gave it is no longer published."""
    load_city(city_slug)
    rows = CityPortal.objects.select_for_update(no_key=True)
    portal, is_new = rows.get_or_create(
        newsroom=newsroom, city_slug=city_slug, defaults={"platform": identity[0]}
    )
    before = (portal.platform, portal.base_url, portal.organization)
    portal.platform, portal.base_url, portal.organization = identity
    portal.set_by, portal.given_up_at = by.user, None
    if is_new or before != identity:
        CatalogWriter(portal, by.at).withdraw(portal.datasets.published(), ANOTHER_PORTAL)
        portal.status, portal.status_reason = PortalStatus.UNVERIFIED, ""
        portal.last_tried_at = portal.last_complete_at = None
        portal.etag = portal.last_modified = ""
        portal.failures_in_a_row = 0
    portal.save()
    return portal


__all__ = [
    "CsvFaultsError", "EnteredPortal", "LoadedList", "load_list", "set_portal", "try_portal",
    "use_the_packs",
]  # fmt: skip
