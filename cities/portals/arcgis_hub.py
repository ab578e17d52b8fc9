"""ArcGIS Hub: the site's DCAT-US feed; where there is none, its OGC API Records.

A site whose scope was left empty gives everybody's catalog and looks in order: see `_whose`.
Both are documented at https://doc.arcgis.com/en/hub (feeds; the Search API).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import quote

from cities.portals import dcat_us
from cities.portals.address import PortalAddress
from cities.portals.dataset_record import DatasetRecord, Distribution
from cities.portals.known_terms import spdx_of
from cities.portals.outcome import ReadingFailedError, Tally
from cities.portals.pages import Page, fetch_what_comes_whole
from cities.portals.plain_values import (
    day,
    host_of,
    items,
    line,
    lines,
    mapping,
    moment,
    number,
    paragraphs,
    web_address,
)
from cities.portals.polite_client import AbsentError, PoliteClient, refuse_error_in_body
from cities.portals.stewards import steward_of

FEED = "/api/feed/dcat-us/1.1.json"
ITEMS = "/api/search/v1/collections/dataset/items"
SIZE = 100  # the most that the server gives
CLAMP = 10_000  # the most that it counts, and the last that it gives
MOST_OF_ONE = 0.5  # a city's own site holds mostly one organization's items
NEWEST_FIRST = "-properties.modified"
MOST_WINDOWS = 50
REST = "ArcGIS GeoServices REST API"
ORG_ID = re.compile(r"[A-Za-z0-9]{16}")
_IN_ADDRESS = re.compile(
    r"(?:[?&]id=|/datasets/(?:[^/]*::)?)(?P<item>[0-9a-f]{32})(?:_(?P<layer>\d+))?"
    r"(?:&sublayer=(?P<sublayer>\d+))?"
)


@dataclass(frozen=True, slots=True)
class Query:
    """The parameters of the Search API; None is left out. The names are the server's own."""

    limit: int = SIZE
    startindex: int = 1  # the first is 1
    sortBy: str | None = NEWEST_FIRST
    filter: str | None = None

    def parameters(self) -> dict[str, str]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in values.items() if value is not None}


@dataclass(slots=True)
class _Window:
    """The newest items up to a moment, as far as the server gives them: ten thousand."""

    client: PoliteClient
    before: int | None = None  # milliseconds since 1970
    matched: int | None = None
    oldest: int | None = None

    @property
    def is_clamped(self) -> bool:
        return self.matched is not None and self.matched >= CLAMP

    def pages(self, tally: Tally) -> Iterator[list[Any]]:
        start, size, barren = 0, SIZE, 0
        while start < CLAMP and barren < 2:  # twice nothing new: one page whatever is asked
            page, size = fetch_what_comes_whole(self._fetch, start, size)
            met = tally.met
            yield page.entries
            barren = 0 if tally.met > met else barren + 1
            start += len(page.entries)
            if not page.entries or (self.matched is not None and start >= self.matched):
                return

    def _fetch(self, start: int, size: int) -> Page:
        bound = f"modified <= {self.before}" if self.before else None
        query = Query(limit=min(size, CLAMP - start), startindex=start + 1, filter=bound)
        body = self.client.page(ITEMS, query.parameters())
        refuse_error_in_body(body)
        if "features" not in body:
            raise ReadingFailedError("broken", "Its answer holds no list of datasets (“features”).")
        self.matched = number(body.get("numberMatched"))
        entries = items(body["features"])
        days = [number(_properties(entry).get("modified")) for entry in entries]
        self.oldest = min([day_ for day_ in (*days, self.oldest) if day_], default=None)
        return Page(entries, self.matched)


def records(address: PortalAddress, client: PoliteClient, tally: Tally) -> Iterator[DatasetRecord]:
    """Every dataset of the city's own. ReadingFailedError."""
    try:
        with client.document(FEED, seen=tally.validators) as document:
            yield from dcat_us.records_in(document, address, tally, name_of=item_and_layer)
    except AbsentError:
        yield from _by_records(address, client, tally)


def item_and_layer(identifier: str) -> str:
    """An item is called the same in the feed and in the Search API: its id, and its layer's."""
    if found := _IN_ADDRESS.search(identifier):
        layer = found["layer"] or found["sublayer"]
        return f"{found['item']}_{layer}" if layer else found["item"]
    return identifier


def _by_records(
    address: PortalAddress, client: PoliteClient, tally: Tally
) -> Iterator[DatasetRecord]:
    """Newest first; where the server gives no further page, again from the oldest one's day on."""
    window = _Window(client)
    for _ in range(MOST_WINDOWS):
        met = tally.met
        for entries in window.pages(tally):
            if not tally.met:
                _refuse_everybodys(entries, address, window)
            for entry in entries:
                yield from _ours(entry, address, tally, needs_proof=window.is_clamped)
        if not window.is_clamped:
            if window.before is None:
                tally.stated = window.matched
            return
        if tally.met == met or window.oldest in {None, window.before}:
            break
        window = _Window(client, before=window.oldest)
    raise ReadingFailedError(
        "broken", f"It gives no more than {CLAMP:,} entries at a time; {tally.met:,} came in all."
    )


def _refuse_everybodys(entries: list[Any], address: PortalAddress, window: _Window) -> None:
    """Raises ReadingFailedError where the first page is everybody's and nothing on it ours."""
    if not entries or any(_whose(entry, address) == "ours" for entry in entries):
        return
    owners = Counter(line(_properties(entry).get("orgId")) for entry in entries)
    most = owners.most_common(1)[0][1] / len(entries)
    if window.is_clamped or (len(owners) > 1 and most < MOST_OF_ONE):
        many = f"{CLAMP:,} or more" if window.is_clamped else f"{window.matched or len(entries):,}"
        raise ReadingFailedError(
            "misconfigured",
            f"It shows the catalog of all ArcGIS organizations ({many} entries) and nothing of "
            f"{address.place}. Nothing was stored. Say which organization is meant.",
        )


def _whose(entry: Any, address: PortalAddress) -> str:
    """ "ours", "theirs", or "" where the entry does not tell."""
    properties = _properties(entry)
    organization, url = line(properties.get("orgId")), web_address(properties.get("url"))
    ours = address.organization
    if ours and (organization == ours or dcat_us.names_organization(ours, url)):
        return "ours"
    if host_of(url) in address.hosts:
        return "ours"
    return "theirs" if organization and ORG_ID.fullmatch(ours) else ""


def _ours(
    entry: Any, address: PortalAddress, tally: Tally, *, needs_proof: bool
) -> Iterator[DatasetRecord]:
    properties = _properties(entry)
    identifier = line(mapping(entry).get("id") or properties.get("id"), 300)
    if not tally.is_new(identifier, entry):
        return
    whose = _whose(entry, address)
    if whose == "theirs" or (needs_proof and whose != "ours"):
        tally.belongs_elsewhere(f"organization {line(properties.get('orgId')) or 'unknown'}")
    else:
        yield to_record(properties, identifier, address)


def to_record(raw: dict[str, Any], identifier: str, address: PortalAddress) -> DatasetRecord:
    source, access = line(raw.get("source")), line(raw.get("access")).lower()
    license_ = line(raw.get("license"))
    stated = "" if license_.lower() in {"none", "custom"} else license_
    words = line(raw.get("licenseInfo"))
    url = web_address(raw.get("url"))
    service = (Distribution(line(raw.get("type")) or "Service", url, "api", REST),) if url else ()
    return DatasetRecord(
        external_id=item_and_layer(identifier),
        title=line(raw.get("title")) or line(raw.get("name")) or identifier,
        description=paragraphs(raw.get("description")) or paragraphs(raw.get("snippet")),
        landing_url=f"{address.site_url}/datasets/{quote(identifier)}",
        publisher=source or line(raw.get("accessInformation")),
        steward=steward_of((), source),
        license_text=stated or words,
        license_spdx=spdx_of(stated, words),
        license_url=web_address(words),
        access_level="public" if access == "public" else "",
        themes=lines(raw.get("categories")),
        keywords=lines(raw.get("tags")),
        data_updated_at=None,  # `modified` is the item's, which moves when its page is edited
        metadata_updated_at=moment(raw.get("modified")),
        issued_on=day(raw.get("created")),
        distributions=service,
    )


def _properties(entry: Any) -> dict[str, Any]:
    return mapping(mapping(entry).get("properties"))
