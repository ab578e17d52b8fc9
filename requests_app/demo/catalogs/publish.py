"""An invented city's list of datasets, and the readings of it that the desk made."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

from cities.portals.dataset_record import Column, DatasetRecord, Distribution
from cities.portals.known_terms import period_of
from requests_app.catalog.reading.writing import CatalogWriter
from requests_app.catalog.suggestions.index import reindex
from requests_app.models import CityPortal, PortalPlatform, PortalStatus

HERE = Path(__file__).parent
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
        cadence_iso=period_of(row["cadence"]),
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
    writer = CatalogWriter(portal, at)
    writer.write(records)
    writer.finish(may_withdraw=True)
    portal.status, portal.last_tried_at, portal.last_complete_at = PortalStatus.OK, at, at
    portal.save()
    reindex(portal)
