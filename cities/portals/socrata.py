"""Socrata (Tyler Data & Insights): its Discovery API gives datasets with their columns.

An unknown parameter is taken there for a filter and answers 200 with nothing: `Query` knows all
that are used, so that none can be misspelled. Documented at https://dev.socrata.com (Discovery).
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from cities.portals.address import PortalAddress
from cities.portals.dataset_record import Column, DatasetRecord, Distribution
from cities.portals.known_terms import period_of, spdx_of
from cities.portals.outcome import Tally
from cities.portals.pages import Page, all_entries, fetch_what_comes_whole
from cities.portals.plain_values import (
    day,
    email_address,
    host_of,
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
from cities.portals.polite_client import PoliteClient, refuse_error_in_body
from cities.portals.stewards import cadence_of, steward_of

PATH = "/api/catalog/v1"
ONLY = "dataset,map,href,file"
KINDS = frozenset({"dataset", "map", "href", "federated_href", "file", ""})
TABLES = frozenset({"dataset", ""})  # with rows that a query can ask for
SIZE = 500
MOST_BY_OFFSET = 10_000  # beyond it the server refuses an offset, and wants a scroll_id


@dataclass(frozen=True, slots=True)
class Query:
    """The parameters of the catalog; None is left out. The names are the server's own."""

    domains: str
    search_context: str
    only: str = ONLY
    limit: int = SIZE
    offset: int | None = None
    order: str | None = None
    scroll_id: str | None = None

    def parameters(self) -> dict[str, str]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in values.items() if value is not None}


def records(address: PortalAddress, client: PoliteClient, tally: Tally) -> Iterator[DatasetRecord]:
    """Every dataset of the city's own domains. ReadingFailedError."""
    domains = ",".join(sorted(address.hosts))
    context = host_of(address.base_url) if len(address.hosts) > 1 else domains
    context = context if context in address.hosts else min(address.hosts)

    def by_offset(start: int, size: int) -> Page:
        if start + size > MOST_BY_OFFSET:
            return Page([], None)
        return _page(client, Query(domains, context, limit=size, offset=start, order="dataset_id"))

    for entry in all_entries(by_offset, tally, SIZE):
        yield from _ours(entry, address, tally)
    if tally.stated is not None and tally.stated > MOST_BY_OFFSET:
        for entry in _scrolled(client, Query(domains, context, scroll_id=""), tally):
            yield from _ours(entry, address, tally)


def _scrolled(client: PoliteClient, query: Query, tally: Tally) -> Iterator[Any]:
    """From the beginning, each page from the last entry of the one before. No order is allowed."""

    def fetch(_start: int, size: int) -> Page:
        return _page(client, Query(query.domains, query.search_context, limit=size, scroll_id=last))

    last, size = "", SIZE
    while True:
        page, size = fetch_what_comes_whole(fetch, 0, size)
        yield from page.entries
        before = last
        last = _identifier(page.entries[-1]) if page.entries else ""
        if not last or last == before:
            return


def _page(client: PoliteClient, query: Query) -> Page:
    body = client.page(PATH, query.parameters())
    refuse_error_in_body(body)
    return Page(items(body.get("results")), number(body.get("resultSetSize")))


def _identifier(entry: Any) -> str:
    return line(mapping(mapping(entry).get("resource")).get("id"), 300)


def _ours(entry: Any, address: PortalAddress, tally: Tally) -> Iterator[DatasetRecord]:
    """The entry as a record, if it is met for the first time, holds data, and is this city's."""
    raw = mapping(entry)
    resource, identifier = mapping(raw.get("resource")), _identifier(raw)
    if not tally.is_new(identifier, entry):
        return
    kind = line(resource.get("type")).lower()
    domain = _domain(raw)
    if domain and domain not in address.hosts:
        tally.belongs_elsewhere(domain)
    elif kind not in KINDS or ":" in identifier:
        tally.other_kinds["draft" if ":" in identifier else kind] += 1
    else:
        yield to_record(raw, domain or min(address.hosts))


def _domain(raw: dict[str, Any]) -> str:
    """Whose it is; where the entry does not say so, by its address."""
    stated = line(mapping(raw.get("metadata")).get("domain")).lower()
    links = (web_address(raw.get(name)) for name in ("permalink", "link"))
    return stated or next((host for link in links if (host := host_of(link))), "")


def to_record(raw: dict[str, Any], domain: str) -> DatasetRecord:
    resource, classes = mapping(raw.get("resource")), mapping(raw.get("classification"))
    identifier = _identifier(raw)
    named = [
        (line(mapping(one).get("key")), label(mapping(one).get("value")))
        for one in items(classes.get("domain_metadata"))
    ]
    cadence, license_ = cadence_of(named), label(mapping(raw.get("metadata")).get("license"))
    attribution = line(resource.get("attribution"))
    return DatasetRecord(
        external_id=identifier,
        title=line(resource.get("name")) or identifier,
        description=paragraphs(resource.get("description")),
        landing_url=web_address(raw.get("permalink")) or web_address(raw.get("link")),
        publisher=attribution,
        steward=steward_of(named, attribution),
        contact_email=email_address(resource.get("contact_email")),
        license_text=license_,
        license_spdx=spdx_of(license_),
        license_url=web_address(license_),
        cadence_text=cadence,
        cadence_iso=period_of(cadence),
        themes=lines([classes.get("domain_category"), *items(classes.get("categories"))]),
        keywords=lines([*items(classes.get("domain_tags")), *items(classes.get("tags"))]),
        data_updated_at=moment(resource.get("data_updated_at")),
        metadata_updated_at=moment(resource.get("metadata_updated_at"))
        or moment(resource.get("updatedAt")),
        issued_on=day(resource.get("publication_date")) or day(resource.get("createdAt")),
        columns=_columns(resource),
        distributions=_ways_to_have_it(line(resource.get("type")).lower(), domain, identifier),
    )


def _columns(resource: dict[str, Any]) -> tuple[Column, ...]:
    """Parallel lists; one of another length than the names' could tell of the wrong column."""
    names = items(resource.get("columns_field_name")) or items(resource.get("columns_name"))

    def beside(key: str) -> list[Any]:
        found = items(resource.get(key))
        return found if len(found) == len(names) else [""] * len(names)

    rows = zip(
        names, beside("columns_name"), beside("columns_datatype"), beside("columns_description"),
        strict=True,
    )  # fmt: skip
    return tuple(
        Column(line(name), line(label_), line(type_), paragraphs(description))
        for name, label_, type_, description in rows
        if line(name) and not line(name).startswith(":@computed")
    )


def _ways_to_have_it(kind: str, domain: str, identifier: str) -> tuple[Distribution, ...]:
    if kind not in TABLES:
        return ()
    base = f"https://{domain}"
    csv = f"{base}/api/views/{identifier}/rows.csv?accessType=DOWNLOAD"
    return (
        Distribution("CSV", csv, "file", "CSV", "text/csv"),
        Distribution(
            "SODA API", f"{base}/resource/{identifier}.json", "api", "JSON", "application/json"
        ),
        Distribution(
            "API documentation", f"https://dev.socrata.com/foundry/{domain}/{identifier}", "page"
        ),
    )
