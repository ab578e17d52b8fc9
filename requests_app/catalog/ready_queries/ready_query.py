"""What a dataset's page shows to copy: one query, in curl and in Python, and what to mind."""

from dataclasses import dataclass
from datetime import date

from cities.portals.dataset_record import DatasetRecord
from requests_app.catalog.ready_queries import arcgis, ckan, socrata, whole_file
from requests_app.models import PortalPlatform


@dataclass(frozen=True, slots=True)
class ReadyQuery:
    title: str
    curl: str
    python: str
    notes: tuple[str, ...]


def ready_query(
    record: DatasetRecord, *, platform: str, base_url: str, since: date
) -> ReadyQuery | None:
    """By what the portal runs, else by what its links are; None where nothing can be asked.

    `since` is the day from which rows are asked for, where the dataset has a column of dates.
    """
    if platform == PortalPlatform.SOCRATA and (found := _socrata(record, base_url, since)):
        return found
    if platform == PortalPlatform.CKAN and (found := _ckan(record, base_url)):
        return found
    return _arcgis(record, since) or _whole_file(record)


def _socrata(record: DatasetRecord, base_url: str, since: date) -> ReadyQuery | None:
    address = socrata.rows_address(record, base_url)
    has_rows = record.columns or any(one.kind == "api" for one in record.distributions)
    if not address or not has_rows:
        return None
    asked = socrata.parameters(record, since)
    return ReadyQuery(
        "Ask for rows (SODA 2.1)",
        socrata.curl_query(address, asked),
        socrata.python_query(address, asked),
        socrata.NOTES,
    )


def _arcgis(record: DatasetRecord, since: date) -> ReadyQuery | None:
    address = arcgis.rows_address(record)
    if not address:
        return None
    asked = arcgis.parameters(record, since)
    return ReadyQuery(
        "Ask for rows (ArcGIS REST)",
        arcgis.curl_query(address, asked),
        arcgis.python_query(address, asked),
        arcgis.NOTES,
    )


def _ckan(record: DatasetRecord, base_url: str) -> ReadyQuery | None:
    address = ckan.rows_address(record, base_url)
    if not address:
        return None
    asked = ckan.parameters(record)
    return ReadyQuery(
        "Ask for rows (CKAN datastore_search)",
        ckan.curl_query(address, asked),
        ckan.python_query(address, asked),
        ckan.NOTES,
    )


def _whole_file(record: DatasetRecord) -> ReadyQuery | None:
    file = whole_file.file_of(record)
    if file is None:
        return None
    return ReadyQuery(
        "Download the file",
        whole_file.curl_query(file),
        whole_file.python_query(file),
        whole_file.NOTES,
    )
