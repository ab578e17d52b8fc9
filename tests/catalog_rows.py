"""A portal and its datasets for the tests, and what a later reading finds changed."""

from datetime import datetime
from typing import Any

from cities.portals.dataset_record import Column, DatasetRecord
from requests_app.models import (
    CatalogDataset,
    CityPortal,
    DatasetVersion,
    PortalPlatform,
    PortalStatus,
)
from tests.factories import NOW

KANSAS_CITY = "us-mo/kansas-city"
TREES = DatasetRecord(
    external_id="k7rx-29qm",
    title="Street Tree Inventory",
    landing_url="https://data.city.example/d/k7rx-29qm",
    publisher="City of Example",
    steward="Parks Department",
    contact_email="trees@city.example",
    cadence_text="daily",
    data_updated_at=datetime.fromisoformat("2026-11-01T12:00:00+00:00"),
    columns=(Column("street", "Street", "text"), Column("species", "Species", "text")),
    row_count=1200,
)


def dataset(city: str = KANSAS_CITY, record: DatasetRecord = TREES) -> CatalogDataset:
    """In the catalog that every newsroom reads for that city."""
    portal, _ = CityPortal.objects.get_or_create(
        city_slug=city,
        newsroom=None,
        defaults={"platform": PortalPlatform.SOCRATA, "status": PortalStatus.OK},
    )
    return CatalogDataset.objects.create(
        portal=portal,
        external_id=record.external_id,
        title=record.title,
        steward=record.steward,
        facts=record.to_json(),
        facts_sha256="0" * 64,
        first_seen_at=NOW,
        last_seen_at=NOW,
    )


def changed(of: CatalogDataset, *, at: datetime, **facts: Any) -> DatasetVersion:
    """What a reading at that moment found: the row is as it is now, and a version says so."""
    of.facts = {**of.facts, **facts}
    of.last_seen_at = at
    of.save()
    version: DatasetVersion = DatasetVersion.objects.create(
        dataset=of, seen_at=at, changed=sorted(facts), facts=facts
    )
    return version
