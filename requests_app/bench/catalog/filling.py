"""A newsroom, its portal and its datasets, indexed: for a transaction that is rolled back."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from cities.portals.dataset_record import DatasetRecord
from requests_app.catalog.suggestions import index
from requests_app.models import (
    CatalogDataset,
    CityPortal,
    Newsroom,
    PortalPlatform,
    PortalStatus,
)

CITY = "us-or/portland"


def fill(records: Iterable[DatasetRecord], *, at: datetime) -> CityPortal:
    """The portal, read an hour before."""
    newsroom = Newsroom.objects.create(name="Bench Ledger", address="1 Main Street")
    portal = CityPortal.objects.create(
        city_slug=CITY,
        newsroom=newsroom,
        platform=PortalPlatform.SOCRATA,
        status=PortalStatus.OK,
        last_complete_at=at - timedelta(hours=1),
    )
    CatalogDataset.objects.bulk_create(
        [row_of(portal, record, at=at) for record in records], batch_size=500
    )
    index.reindex(portal)
    return portal


def row_of(portal: CityPortal, record: DatasetRecord, *, at: datetime) -> CatalogDataset:
    return CatalogDataset(
        portal=portal,
        external_id=record.external_id,
        title=record.title,
        steward=record.steward,
        data_updated_at=record.data_updated_at,
        facts=record.to_json(),
        facts_sha256="",
        first_seen_at=at,
        last_seen_at=at,
    )
