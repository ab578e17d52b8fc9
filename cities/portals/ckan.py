"""CKAN: package_search lists datasets with their files; a file's columns are asked for apart.

Every answer says `success`; one that says false is an error whatever its status.
https://docs.ckan.org/en/latest/api/
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import quote

from cities.portals.address import PortalAddress
from cities.portals.dataset_record import Column, DatasetRecord, Distribution, DistributionKind
from cities.portals.known_terms import period_of, spdx_of
from cities.portals.outcome import ReadingFailedError, Tally
from cities.portals.pages import Page, all_entries
from cities.portals.plain_values import (
    day,
    email_address,
    items,
    label,
    line,
    lines,
    mapping,
    moment,
    number,
    paragraphs,
    web_address,
)
from cities.portals.polite_client import PoliteClient
from cities.portals.stewards import cadence_of, is_somebody, steward_of

ACTIONS = "/api/3/action/"
SIZE = 100  # larger pages break off on some servers
MOST_FILES = 100
KINDS: dict[str, DistributionKind] = {"html": "page", "api": "api"}


@dataclass(frozen=True, slots=True)
class Search:
    """The parameters of package_search; None is left out. The names are the server's own."""

    rows: int = SIZE
    start: int = 0
    sort: str = "name asc"
    fq: str | None = None

    def parameters(self) -> dict[str, str]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in values.items() if value is not None}


def records(address: PortalAddress, client: PoliteClient, tally: Tally) -> Iterator[DatasetRecord]:
    """Every dataset, of the named organization where one is named. ReadingFailedError."""
    name = address.organization.replace("\\", "").replace('"', "")
    only = f'organization:"{name}"' if name else None

    def fetch(start: int, size: int) -> Page:
        result = _result(client, "package_search", Search(size, start, fq=only).parameters())
        if "results" not in result:
            raise ReadingFailedError("broken", "Its answer holds no list of datasets (“results”).")
        return Page(items(result["results"]), number(result.get("count")))

    for entry in all_entries(fetch, tally, SIZE):
        raw = mapping(entry)
        identifier = line(raw.get("id") or raw.get("name"), 300)
        if not tally.is_new(identifier, entry):
            continue
        kind = line(raw.get("type")).lower()
        if kind not in {"", "dataset"}:
            tally.other_kinds[kind] += 1
        elif other := _other_organization(raw, address.organization):
            tally.belongs_elsewhere(other)
        elif raw.get("private") is True or line(raw.get("state")) not in {"", "active"}:
            tally.other_kinds["draft"] += 1
        else:
            yield to_record(raw, identifier, address)


def columns_of_file(client: PoliteClient, resource_id: str) -> tuple[Column, ...]:
    """Of a file that CKAN has read into its DataStore. ReadingFailedError."""
    query = {"resource_id": resource_id, "limit": "0"}
    found = items(_result(client, "datastore_search", query).get("fields"))
    return tuple(
        Column(
            line(one.get("id")),
            line(mapping(one.get("info")).get("label")),
            line(one.get("type")),
            paragraphs(mapping(one.get("info")).get("notes")),
        )
        for one in map(mapping, found)
        if line(one.get("id")) not in {"", "_id"}
    )


def file_with_columns(record: DatasetRecord) -> str:
    """The id of the first file whose columns CKAN knows; as `to_record` left it. "": none."""
    marked = (way.url for way in record.distributions if way.label == DATASTORE)
    return next((url.rpartition("resource_id=")[2] for url in marked), "")


DATASTORE = "CKAN DataStore API"


def _result(client: PoliteClient, action: str, query: dict[str, str]) -> dict[str, Any]:
    body = client.page(ACTIONS + action, query)
    if body.get("success") is not True:
        error = mapping(body.get("error"))
        kind, words = line(error.get("__type")), line(error.get("message") or body.get("error"))
        told = f": “{words}”" if words else ""
        status = "blocked" if kind == "Authorization Error" else "broken"
        raise ReadingFailedError(status, f"It says that the question failed{told}.")  # type: ignore[arg-type]
    return mapping(body.get("result"))


def _other_organization(raw: dict[str, Any], ours: str) -> str:
    """The organization it belongs to, if that is another than ours. Nothing: it is ours."""
    organization = mapping(raw.get("organization"))
    names = [line(organization.get(key)) for key in ("name", "title", "id")]
    stated = [name for name in names if name]
    is_ours = not ours or not stated or ours.casefold() in {name.casefold() for name in stated}
    return "" if is_ours else stated[0]


def to_record(raw: dict[str, Any], identifier: str, address: PortalAddress) -> DatasetRecord:
    extras = [
        (line(mapping(one).get("key")), line(mapping(one).get("value")))
        for one in items(raw.get("extras"))
    ]
    named = [*((key, line(raw.get(key))) for key in ("frequency", "update_frequency")), *extras]
    organization = label(raw.get("organization"))
    people = [name for key in ("maintainer", "author") if is_somebody(name := line(raw.get(key)))]
    cadence = cadence_of(named)
    license_ = line(raw.get("license_title")) or line(raw.get("license_id"))
    license_url = web_address(raw.get("license_url"))
    files = [mapping(one) for one in items(raw.get("resources"))[:MOST_FILES]]
    changed = [at for file in files if (at := moment(file.get("last_modified")))]
    name = line(raw.get("name")) or identifier
    return DatasetRecord(
        external_id=identifier,
        title=line(raw.get("title")) or name,
        description=paragraphs(raw.get("notes")),
        landing_url=_page_of(name, address) or web_address(raw.get("url")),
        publisher=organization,
        steward=steward_of(extras, *people, organization),
        contact_email=email_address(raw.get("maintainer_email"))
        or email_address(raw.get("author_email")),
        license_text=license_,
        license_spdx=spdx_of(license_url, line(raw.get("license_id")), license_),
        license_url=license_url,
        access_level="public" if raw.get("private") is False else "",
        cadence_text=cadence,
        cadence_iso=period_of(cadence),
        themes=lines(raw.get("groups")),
        keywords=lines([label(one) for one in items(raw.get("tags"))]),
        data_updated_at=max(changed, default=None),
        metadata_updated_at=moment(raw.get("metadata_modified")),
        issued_on=day(raw.get("metadata_created")),
        distributions=tuple(_ways_to_have_it(files, address)),
    )


def _page_of(name: str, address: PortalAddress) -> str:
    """CKAN's own page of a dataset. A catalog behind another site's pages has none here."""
    is_plain = "/@" not in address.site_url
    return f"{address.site_url}/dataset/{quote(name)}" if is_plain else ""


def _ways_to_have_it(files: list[dict[str, Any]], address: PortalAddress) -> Iterator[Distribution]:
    for file in files:
        url, format_ = web_address(file.get("url")), line(file.get("format"))
        media = line(file.get("mimetype"))
        if url:
            name = line(file.get("name")) or format_ or "Data"
            yield Distribution(name, url, KINDS.get(format_.lower(), "file"), format_, media)
        if file.get("datastore_active") is True and (known := line(file.get("id"), 100)):
            query = f"{address.site_url}{ACTIONS}datastore_search?resource_id={quote(known)}"
            yield Distribution(DATASTORE, query, "api", "JSON", "application/json")
