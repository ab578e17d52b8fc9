"""What the cities publish: two catalogs read night after night, one dataset withdrawn, one
corrected at our request, one that lost its license, and three catalogs that cannot be checked."""

from dataclasses import replace
from datetime import datetime, timedelta

from cities.portals.dataset_record import Column, DatasetRecord
from requests_app.actions.catalog import citing, following
from requests_app.actions.requests import city_determinations
from requests_app.catalog.corrections import propose_fixed
from requests_app.catalog.dataset_search import DatasetSearch
from requests_app.catalog.reading.city_portals import ensure_portals
from requests_app.catalog.watching import write_news
from requests_app.demo.cast import Cast
from requests_app.demo.catalogs.publish import read_again, records_of
from requests_app.demo.storyteller import Begin
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    CatalogDataset,
    CityPortal,
    PortalPlatform,
    RecordsRequest,
    User,
)

KANSAS_CITY, PORTLAND = "us-mo/kansas-city", "us-or/portland"
PERMITS, RENTALS = "Building Permits Issued", "Short-Term Rental Registrations"
VIOLATIONS = "Property Violations"
VACANT, REMOVALS = "Vacant Property Registry", "Campsite Removals"
NO_LONGER_THERE = (
    Column("applicant", "Applicant", "Text", "Who applied for the permit"),
    Column("applicant_phone", "Applicant phone", "Text"),
)


def tell(cast: Cast, story: Begin) -> None:
    now = story("data").now
    ensure_portals()  # of the other cities, as their packs say what is known of them
    _kansas_city(cast, story, now)
    _portland(cast, story, now)
    write_news(at=now)


def _portal(cast: Cast, city: str, platform: PortalPlatform) -> CityPortal:
    """Set by the newsroom itself, at an address that exists nowhere: nothing real is asked."""
    return CityPortal.objects.create(
        city_slug=city,
        newsroom=cast.newsroom,
        platform=platform,
        base_url=f"https://data.{city.partition('/')[2]}.example",
        set_by=cast.admin,
    )


def _kansas_city(cast: Cast, story: Begin, now: datetime) -> None:
    portal = _portal(cast, KANSAS_CITY, PortalPlatform.SOCRATA)
    today = records_of("kansas_city", portal, at=now)
    first = [_before(one) for one in today if one.title != RENTALS]
    for ago in (60, 10):
        read_again(portal, first, at=now - timedelta(days=ago))
    for person in (cast.by_desk["data"], cast.by_desk["editor"]):
        _follow(portal, PERMITS, person, now - timedelta(days=40))
        _follow(portal, VACANT, person, now - timedelta(days=40))
        search, since = DatasetSearch(q="rental"), Attribution(person, now - timedelta(days=40))
        following.follow_search(KANSAS_CITY, search, by=since)
    _closed_shown_as_open(story, portal)
    later = [one for one in today if one.title not in (VACANT, RENTALS)]
    read_again(portal, [_without_license(one) for one in later], at=now - timedelta(days=9))
    newest = [one for one in today if one.title != VACANT]
    read_again(portal, [_without_license(one) for one in newest], at=now - timedelta(hours=6))
    propose_fixed(portal)
    _refused(story)
    rentals = RecordsRequest.objects.get(
        newsroom=cast.newsroom, subject="Short-term rental permits, 2025"
    )
    _cite(rentals, portal, RENTALS, at=now)


def _before(record: DatasetRecord) -> DatasetRecord:
    """As two of them were until later readings: with more columns, and with rows too many."""
    if record.title == VIOLATIONS:
        return replace(record, row_count=(record.row_count or 0) + 4_112)
    if record.title == PERMITS:
        return replace(record, columns=(*record.columns, *NO_LONGER_THERE))
    return record


def _without_license(record: DatasetRecord) -> DatasetRecord:
    return replace(record, license_text="") if record.title == PERMITS else record


def _closed_shown_as_open(story: Begin, portal: CityPortal) -> None:
    """A correction that waits; a later reading finds the dataset changed."""
    closed = story("data").begin(
        25,
        city=KANSAS_CITY,
        kind="correction",
        office="portal_admin",
        subject="Property violations: closed cases shown as open",
        dataset_identifier=_named(portal, VIOLATIONS).external_id,
        dataset_title=VIOLATIONS,
        rows_affected="4,112 rows of 2025; the column status",
        what_is_wrong="Cases that were closed in 2025 stand once as closed and once as open.",
        suggested_correction="Remove the rows that say open.",
    )
    _cite(closed.request, portal, VIOLATIONS, at=closed.at(25))
    closed.submit(24)


def _refused(story: Begin) -> None:
    names = story("data").begin(
        36,
        city=KANSAS_CITY,
        kind="dataset",
        office="portal_admin",
        subject="Names in the vacant property registry",
        name_or_topic=VACANT,
        purpose="To report on who owns the houses that stand empty",
        fields="owner\nowner address",
        format="CSV",
    )
    names.submit(35).answered(
        city_determinations.deny, 21, "Owners asked not to be listed. The dataset is under review."
    )


def _portland(cast: Cast, story: Begin, now: datetime) -> None:
    portal = _portal(cast, PORTLAND, PortalPlatform.ARCGIS_HUB)
    today = records_of("portland", portal, at=now)
    wrong = [
        replace(one, row_count=51_402, description="Campsites removed, by day and contractor.")
        if one.title == REMOVALS
        else one
        for one in today
    ]
    read_again(portal, wrong, at=now - timedelta(days=60))
    doubled = story("data").begin(
        31,
        city=PORTLAND,
        kind="correction",
        office="it",
        subject="Campsite removals: sites counted twice",
        dataset_identifier=_named(portal, REMOVALS).external_id,
        dataset_title=REMOVALS,
        what_is_wrong="13,287 removals of 2025 stand twice, once for each of two contractors.",
        suggested_correction="Keep the row of the contractor that was paid.",
    )
    _cite(doubled.request, portal, REMOVALS, at=doubled.at(31))
    doubled.submit(30).answered(
        city_determinations.grant, 10, "The double rows were removed. Thank you."
    )
    read_again(portal, today, at=now - timedelta(days=9))
    read_again(portal, today, at=now - timedelta(hours=5))


def _named(portal: CityPortal, title: str) -> CatalogDataset:
    return CatalogDataset.objects.get(portal=portal, title=title)


def _follow(portal: CityPortal, title: str, person: User, since: datetime) -> None:
    following.follow_dataset(_named(portal, title), by=Attribution(person, since))


def _cite(request: RecordsRequest, portal: CityPortal, title: str, *, at: datetime) -> None:
    citing.cite(request, _named(portal, title), at=at)
