"""An invented city's list of datasets, and the readings of it that the desk made."""

import csv
import json
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cities.portals.dataset_record import Column, DatasetRecord, Distribution
from requests_app.models import CatalogDataset, CityPortal, DatasetVersion, PortalPlatform

HERE = Path(__file__).parent
PERIODS = {
    "Daily": ("P1D", 1.0),
    "Weekly": ("P1W", 7.0),
    "Monthly": ("P1M", 30.4375),
    "Quarterly": ("P3M", 91.3125),
    "Annually": ("P1Y", 365.25),
}
LICENSES = {PortalPlatform.SOCRATA: "Public Domain"}


def records_of(name: str, portal: CityPortal, *, at: datetime) -> list[DatasetRecord]:
    """The datasets of that list as their portal describes them."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            _record(row, portal, number, at=at) for number, row in enumerate(csv.DictReader(file))
        ]


def _record(row: dict[str, str], portal: CityPortal, number: int, *, at: datetime) -> DatasetRecord:
    updated_at = at - timedelta(days=int(row["days_ago"]))
    host = f"{portal.base_url.rstrip('/')}"
    identifier = f"demo-{number:04}"
    return DatasetRecord(
        external_id=identifier,
        title=row["title"],
        description=row["description"],
        landing_url=f"{host}/d/{identifier}",
        steward=row["steward"],
        license_text=LICENSES.get(PortalPlatform(portal.platform), ""),
        access_level="public",
        cadence_text=row["cadence"],
        cadence_iso=PERIODS.get(row["cadence"], ("", 0.0))[0],
        themes=(row["theme"],),
        data_updated_at=updated_at,
        metadata_updated_at=updated_at,
        columns=tuple(_column(field) for field in row["fields"].split(";")),
        distributions=_links(host, identifier, number, portal.platform),
        row_count=int(row["rows"]),
    )


def _column(field: str) -> Column:
    name, _, kind = field.partition(":")
    return Column(name, name.strip("_").replace("_", " ").capitalize(), kind)


def _links(host: str, identifier: str, number: int, platform: str) -> tuple[Distribution, ...]:
    if platform == PortalPlatform.SOCRATA:
        rows = f"{host}/api/views/{identifier}/rows.csv?accessType=DOWNLOAD"
        return (
            Distribution("CSV", rows, "file", "CSV", "text/csv"),
            Distribution("SODA", f"{host}/resource/{identifier}.json", "api", "JSON"),
        )
    layer = f"{host}/od/rest/services/Demonstration/MapServer/{number}"
    return (
        Distribution("CSV", f"{host}/datasets/{identifier}.csv", "file", "CSV", "text/csv"),
        Distribution("GeoJSON", f"{host}/datasets/{identifier}.geojson", "file", "GeoJSON"),
        Distribution("Layer", layer, "api", "ArcGIS GeoServices REST API"),
    )


def read_again(portal: CityPortal, records: list[DatasetRecord], *, at: datetime) -> None:
    """A whole reading that finds exactly these datasets."""
    before = {row.external_id: row for row in CatalogDataset.objects.filter(portal=portal)}
    for record in records:
        _keep(portal, record, before.pop(record.external_id, None), at=at)
    for gone in before.values():
        if gone.withdrawn_at is None:
            CatalogDataset.objects.filter(pk=gone.pk).update(withdrawn_at=at)
            DatasetVersion.objects.create(dataset=gone, seen_at=at, changed=["withdrawn"])
    portal.status, portal.last_tried_at, portal.last_complete_at = "ok", at, at
    portal.save()


def _keep(
    portal: CityPortal, record: DatasetRecord, row: CatalogDataset | None, *, at: datetime
) -> None:
    facts = json.loads(json.dumps(record.to_json()))  # as the database gives it back
    before = row.facts if row else {}
    row = row or CatalogDataset(
        portal=portal, external_id=record.external_id, first_seen_at=at, last_seen_at=at
    )
    row.title, row.steward, row.facts, row.last_seen_at = record.title, record.steward, facts, at
    row.data_updated_at = record.data_updated_at
    row.cadence_days = PERIODS.get(record.cadence_text, ("", None))[1]
    row.facts_sha256 = sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    row.save()
    changed = {name: value for name, value in facts.items() if value != before.get(name)}
    if changed or not before:
        DatasetVersion.objects.create(
            dataset=row, seen_at=at, changed=sorted(changed), facts=changed
        )
