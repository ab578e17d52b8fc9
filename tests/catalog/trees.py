"""The dataset that the tests of requests to a steward are about, and later readings of it."""

from datetime import datetime

from cities.portals.dataset_record import Column
from requests_app.models import CatalogDataset
from tests.catalog.catalogs import KANSAS_CITY, dataset, portal, read_again

__all__ = ["KANSAS_CITY", "read_again", "trees"]


def trees(city: str = KANSAS_CITY) -> CatalogDataset:
    return dataset(
        portal(city),
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
