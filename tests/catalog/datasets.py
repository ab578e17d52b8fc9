"""Portals and datasets for the tests, as a reading of a catalog leaves them."""

from datetime import datetime, timedelta
from typing import Any

from cities.portals.dataset_record import Column, DatasetRecord
from requests_app.catalog.suggestions import index
from requests_app.models import (
    CatalogDataset,
    CityPortal,
    Newsroom,
    PortalPlatform,
    PortalStatus,
)
from tests.factories import NOW

CITY = "us-ct/stamford"


def portal(newsroom: Newsroom | None = None, **said: Any) -> CityPortal:
    """A catalog that was read six hours ago."""
    return CityPortal.objects.create(
        **{
            "city_slug": CITY,
            "newsroom": newsroom,
            "platform": PortalPlatform.CKAN,
            "status": PortalStatus.OK,
            "last_complete_at": NOW - timedelta(hours=6),
            **said,
        }
    )


def record(title: str, columns: str = "", **said: Any) -> DatasetRecord:
    """Its columns by their names: "tow_date make model"."""
    return DatasetRecord(
        external_id=said.pop("external_id", title.lower().replace(" ", "-")),
        title=title,
        columns=tuple(Column(name) for name in columns.split()),
        **said,
    )


def dataset(
    of: CityPortal, title: str, columns: str = "", *, cadence_days: float | None = None, **said: Any
) -> CatalogDataset:
    """Kept and not indexed."""
    made = record(title, columns, **said)
    return CatalogDataset.objects.create(
        portal=of,
        external_id=made.external_id,
        title=made.title,
        steward=made.steward,
        data_updated_at=made.data_updated_at,
        cadence_days=cadence_days,
        facts=made.to_json(),
        facts_sha256="",
        first_seen_at=NOW,
        last_seen_at=NOW,
    )


TOWED = {
    "columns": "tow_date make model tow_company reason released lot",
    "description": "Vehicles towed or impounded at the order of the city.",
    "keywords": ("towing", "impound"),
    "steward": "Police Department",
    "license_text": "Public domain",
    "cadence_text": "Monthly",
}
OTHERS = (
    ("Restaurant Inspections", "establishment inspection_date score violation"),
    ("Street Tree Inventory", "tree_id species diameter planted"),
    ("Building Permits", "permit_no issued contractor valuation"),
    ("Bus Ridership by Route", "route month boardings"),
    ("Council Votes", "file_no member vote"),
)


def small_catalog(newsroom: Newsroom | None = None, **towed: Any) -> CityPortal:
    """Six datasets, of which one is of towed vehicles; read and indexed."""
    made = portal(newsroom)
    said: dict[str, Any] = {**TOWED, "data_updated_at": datetime.fromisoformat("2026-11-01T12:00Z")}
    dataset(made, "Towed Vehicles", **{**said, **towed})
    for title, columns in OTHERS:
        dataset(made, title, columns)
    index.reindex(made)
    return made
