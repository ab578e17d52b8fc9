"""Catalogs for the tests: a portal with datasets as a reading leaves them, and later readings."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from cities.portals.dataset_record import Column, DatasetRecord, Distribution
from requests_app.models import CatalogDataset, CityPortal, DatasetVersion, Newsroom
from tests.factories import NOW

KANSAS_CITY = "us-mo/kansas-city"
FIRST_READ = NOW - timedelta(days=30)

PERMITS = DatasetRecord(
    external_id="abcd-1234",
    title="Building permits",
    description="Permits issued by the Planning Department.",
    landing_url="https://data.kcmo.example/d/abcd-1234",
    steward="Planning Department",
    license_text="Public Domain",
    cadence_text="Weekly",
    themes=("Housing",),
    keywords=("construction",),
    data_updated_at=NOW - timedelta(days=3),
    columns=(
        Column("permit_no", "Permit number", "Text", "The number on the permit"),
        Column("issued", "Issued", "Calendar date"),
    ),
    distributions=(
        Distribution("CSV", "https://data.kcmo.example/abcd-1234.csv", "file", "CSV"),
        Distribution("API", "https://data.kcmo.example/resource/abcd-1234.json", "api", "JSON"),
    ),
    row_count=1200,
)


def portal(city: str = KANSAS_CITY, newsroom: Newsroom | None = None, **fields: Any) -> CityPortal:
    """Read whole this morning, unless said otherwise; the one that there is already."""
    stands = {
        "platform": "socrata",
        "base_url": "https://data.kcmo.example",
        "status": "ok",
        "last_tried_at": NOW,
        "last_complete_at": NOW,
        **fields,
    }
    return CityPortal.objects.update_or_create(city_slug=city, newsroom=newsroom, defaults=stands)[
        0
    ]


def dataset(of: CityPortal | None = None, *, days: float | None = 7, **told: Any) -> CatalogDataset:
    """As the first reading found it; `told` are values other than those of PERMITS."""
    found = replace(PERMITS, **told)
    made = CatalogDataset.objects.create(
        portal=of or portal(),
        external_id=found.external_id,
        cadence_days=days,
        first_seen_at=FIRST_READ,
        last_seen_at=NOW,
        **_columns(found),
    )
    DatasetVersion.objects.create(
        dataset=made, seen_at=FIRST_READ, changed=sorted(found.to_json()), facts=found.to_json()
    )
    return made


def read_again(dataset: CatalogDataset, *, at: datetime = NOW, **changed: Any) -> DatasetVersion:
    """A reading that finds these fields of the record otherwise."""
    before, after = dataset.facts, replace(dataset.record, **changed).to_json()
    different = {name: value for name, value in after.items() if value != before[name]}
    CatalogDataset.objects.filter(pk=dataset.pk).update(
        **_columns(DatasetRecord.from_json(after)), last_seen_at=at
    )
    dataset.refresh_from_db()
    return DatasetVersion.objects.create(
        dataset=dataset, seen_at=at, changed=sorted(different), facts=different
    )


def withdrawn(dataset: CatalogDataset, *, at: datetime = NOW) -> DatasetVersion:
    """A complete reading that does not find it."""
    CatalogDataset.objects.filter(pk=dataset.pk).update(withdrawn_at=at)
    dataset.refresh_from_db()
    return DatasetVersion.objects.create(dataset=dataset, seen_at=at, changed=["withdrawn"])


def _columns(record: DatasetRecord) -> dict[str, Any]:
    facts = record.to_json()
    return {
        "title": record.title,
        "steward": record.steward,
        "data_updated_at": record.data_updated_at,
        "facts": facts,
        "facts_sha256": sha256(repr(facts).encode()).hexdigest(),
    }
