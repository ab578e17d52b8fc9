"""How far a page may rely on the desk's copy of a catalog. "We could not check" is a state."""

from dataclasses import dataclass
from datetime import datetime

from cities.schema.city import City
from requests_app.models import CityPortal, Newsroom, PortalStatus
from requests_app.models.catalog.city_portal import PortalPlatform


@dataclass(frozen=True, slots=True)
class CatalogStatus:
    """`heading` in two or three words; `sentence` says what that means for whoever searches."""

    heading: str
    sentence: str
    could_check: bool
    read_at: datetime | None = None
    portal: CityPortal | None = None

    @property
    def is_old_copy(self) -> bool:
        """Whether datasets stand here of a reading before the one that failed."""
        return not self.could_check and self.read_at is not None


SENTENCES = {
    PortalStatus.UNVERIFIED: "The desk has not read this catalog yet.",
    PortalStatus.MISCONFIGURED: "The address shows another place’s catalog, and none of this "
    "city’s datasets.",
    PortalStatus.BLOCKED: "The portal turns programs away.",
    PortalStatus.UNREACHABLE: "The portal did not answer.",
    PortalStatus.BROKEN: "The portal answered what the desk cannot read.",
    PortalStatus.NONE: "No catalog of this city’s was found.",
}
WHOLE = (PortalStatus.OK, PortalStatus.EMPTY)


def portal_of(newsroom: Newsroom, city: City) -> CityPortal | None:
    return CityPortal.objects.for_newsroom(newsroom).filter(city_slug=city.slug).first()


def status_of(portal: CityPortal | None) -> CatalogStatus:
    if portal is None:
        return CatalogStatus(
            "We could not check", "No portal of this city’s is set up on this desk.", False
        )
    read_at = portal.last_complete_at
    if portal.status in WHOLE:
        words = "The whole catalog, as it was read"
        if portal.status == PortalStatus.EMPTY:
            words = "The portal publishes nothing, as it was read"
        if portal.platform == PortalPlatform.BY_HAND:
            words = "A list that somebody loaded by hand"
        return CatalogStatus(portal.get_status_display(), words, True, read_at, portal)
    why = portal.status_reason or SENTENCES[PortalStatus(portal.status)]
    return CatalogStatus("We could not check", why, False, read_at, portal)
