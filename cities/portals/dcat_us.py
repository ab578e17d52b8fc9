"""DCAT-US 1.1 and 3.0: one file with every dataset, as data.json or as ArcGIS Hub's feed.

What 1.1 writes as a text, 3.0 may write as an object or a list: every field is read as any of them.
https://resources.data.gov/resources/dcat-us/
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from cities.portals.address import PortalAddress
from cities.portals.dataset_record import DatasetRecord, Distribution, DistributionKind
from cities.portals.json_stream import objects_of
from cities.portals.known_terms import period_of, spdx_of
from cities.portals.outcome import Tally
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
    paragraphs,
    web_address,
)
from cities.portals.polite_client import Document, PoliteClient
from cities.portals.stewards import is_somebody, steward_of

PATH = "/data.json"
LISTS = ("dataset", "dcat:dataset")
ACCESS = frozenset({"public", "restricted public", "non-public"})
# Machines of the platform, where everybody's data lies: they say nothing of whose it is.
ANYBODYS = re.compile(r"(?:.+\.)?arcgis\.com|(?:.+\.)?arcgisonline\.com|(?:.+\.)?data\.gov")
SERVICE = re.compile(r"/(?:Feature|Map|Image)Server(?:/\d+)?/?$", re.I)
MOST_WAYS = 50


def records(address: PortalAddress, client: PoliteClient, tally: Tally) -> Iterator[DatasetRecord]:
    """Every dataset of the city's own in the file. ReadingFailedError."""
    path = "" if address.base_url.lower().endswith(".json") else PATH
    with client.document(path, seen=tally.validators) as document:
        yield from records_in(document, address, tally)


def records_in(
    document: Document,
    address: PortalAddress,
    tally: Tally,
    *,
    name_of: Callable[[str], str] = str,
) -> Iterator[DatasetRecord]:
    """Those of a file that is here. `name_of`: what the platform itself calls an identifier."""
    if document.is_unchanged:
        tally.is_unchanged = True
        return
    for entry in objects_of(document.file, LISTS):
        raw = mapping(entry)
        identifier = name_of(_identifier(raw))
        if not tally.is_new(identifier, entry):
            continue
        other = _other_place(raw, address)
        if other:
            tally.belongs_elsewhere(other)
        else:
            yield to_record(raw, identifier)
    tally.validators = document.validators


def _identifier(raw: dict[str, Any]) -> str:
    """As stated, without its HTML address where that is long: Hub's item and layer."""
    stated = raw.get("identifier")
    if isinstance(stated, dict):
        stated = stated.get("@id") or stated.get("notation") or stated.get("schemaAgency")
    if isinstance(stated, list):
        stated = next(iter(stated), "")
    return line(stated or raw.get("@id"), 300)


def _other_place(raw: dict[str, Any], address: PortalAddress) -> str:
    """Whose it is, if it says that it is not this city's. Nothing: ours, or it does not say."""
    publisher = label(raw.get("publisher"))
    if address.organization and publisher:
        if publisher.casefold() == address.organization.casefold():
            return ""
        if address.platform == "dcat_us" and address.hosts == {host_of(address.base_url)}:
            return publisher
    landing = web_address(raw.get("landingPage"))
    links = [landing, web_address(raw.get("identifier")), *_links(raw)]
    if any(host_of(link) in address.hosts for link in links):
        return ""
    if address.organization and any(
        names_organization(address.organization, link) for link in links
    ):
        return ""
    if landing:
        return host_of(landing)
    hosts = [host for link in links if (host := host_of(link)) and not ANYBODYS.fullmatch(host)]
    return hosts[0] if hosts else ""


def names_organization(organization: str, link: str) -> bool:
    """Whether the link holds the organization's name as Hub writes it: /datasets/PDX::streets."""
    plain = link.lower().replace("%3a", ":")
    name = organization.lower()
    return f"/{name}::" in plain or f"/{name}/arcgis/" in plain


def _links(raw: dict[str, Any]) -> list[str]:
    found = [mapping(one) for one in items(raw.get("distribution"))[:MOST_WAYS]]
    links = [web_address(one.get(key)) for one in found for key in ("accessURL", "downloadURL")]
    return [link for link in links if link]


def to_record(raw: dict[str, Any], identifier: str) -> DatasetRecord:
    contact = _contact(raw.get("contactPoint"))
    publisher = label(raw.get("publisher"))
    license_ = label(raw.get("license")) or label(raw.get("rights"))
    license_url = web_address(raw.get("license")) or web_address(license_)
    cadence = label(raw.get("accrualPeriodicity")) or web_address(raw.get("accrualPeriodicity"))
    access = line(raw.get("accessLevel")).lower()
    return DatasetRecord(
        external_id=identifier,
        title=line(label(raw.get("title"))) or identifier,
        description=paragraphs(_text(raw.get("description"))),
        landing_url=web_address(raw.get("landingPage")) or web_address(identifier),
        publisher=publisher,
        steward=steward_of((), contact["name"], publisher),
        contact_url=contact["url"],
        contact_email=contact["email"],
        license_text=license_ or license_url,
        license_spdx=spdx_of(license_url, license_),
        license_url=license_url,
        access_level=access if access in ACCESS else "",
        cadence_text=cadence,
        cadence_iso=period_of(cadence.rpartition("/")[2] if web_address(cadence) else cadence),
        themes=lines(raw.get("theme")),
        keywords=lines(raw.get("keyword")),
        data_updated_at=moment(_text(raw.get("modified"))),
        issued_on=day(_text(raw.get("issued"))),
        temporal=_period(raw.get("temporal")),
        spatial=label(raw.get("spatial")),
        distributions=tuple(_ways_to_have_it(raw)),
    )


def _text(value: Any) -> Any:
    """The text itself, where it is written as {"@value": …} or as a list of such."""
    if isinstance(value, list):
        value = next(iter(value), None)
    return value.get("@value") if isinstance(value, dict) else value


def _contact(value: Any) -> dict[str, str]:
    """The first of the contact points that says anything. An upload account is no person."""
    for raw in map(mapping, items(value)):
        name = line(raw.get("fn")) or label(raw.get("hasOrganization"))
        email = email_address(_text(raw.get("hasEmail")))
        url = web_address(raw.get("hasURL"))
        if name or email or url:
            return {"name": name if is_somebody(name) else "", "email": email, "url": url}
    return {"name": "", "email": "", "url": ""}


def _period(value: Any) -> str:
    raw = next(iter(items(value)), None)
    if isinstance(raw, dict):
        ends = [line(raw.get(key)) for key in ("startDate", "endDate")]
        return "/".join(ends) if any(ends) else ""
    return line(raw)


def _ways_to_have_it(raw: dict[str, Any]) -> Iterator[Distribution]:
    for one in map(mapping, items(raw.get("distribution"))[:MOST_WAYS]):
        file, page = web_address(one.get("downloadURL")), web_address(one.get("accessURL"))
        url = file or page
        if not url:
            continue
        format_, media = label(one.get("format")), label(one.get("mediaType"))
        kind = _kind(url, format_, media, is_file=bool(file))
        yield Distribution(label(one.get("title")) or format_ or "Data", url, kind, format_, media)


def _kind(url: str, format_: str, media: str, *, is_file: bool) -> DistributionKind:
    if SERVICE.search(url) or "api" in format_.lower().split() or "rest" in format_.lower():
        return "api"
    if "html" in media.lower() or "html" in format_.lower() or "web page" in format_.lower():
        return "page"
    return "file" if is_file or media or format_ else "page"
