"""Bodies of the shapes that the platforms document, about a city that does not exist."""

from collections.abc import Sequence
from typing import Any

from tests.portals.portal_server import NOT_FOUND, Answer, Asked, Reply

HOST = "data.franklin.example"
ITEM = "0123456789abcdef0123456789abcd{:02x}"


def asset(number: int, *, domain: str | None = HOST, **resource: Any) -> dict[str, Any]:
    """One result of Socrata's Discovery API."""
    identifier = f"aaaa-{number:04d}"
    return {
        "resource": {
            "id": identifier,
            "name": f"Dataset {number}",
            "description": "Rows of <b>things</b>.",
            "attribution": "Office of Things",
            "type": "dataset",
            "updatedAt": "2026-11-20T08:00:00.000Z",
            "createdAt": "2020-01-02T03:04:05.000Z",
            "data_updated_at": "2026-11-19T08:00:00.000Z",
            "columns_name": ["Case number", "Opened"],
            "columns_field_name": ["case_number", "opened"],
            "columns_datatype": ["Text", "Calendar date"],
            "columns_description": ["The case.", ""],
            **resource,
        },
        "classification": {
            "domain_category": "Things",
            "domain_tags": ["things"],
            "domain_metadata": [{"key": "Source-Information_Update-Frequency", "value": "Daily"}],
        },
        "metadata": {"domain": domain} if domain else {},
        "permalink": f"https://{domain or HOST}/d/{identifier}",
    }


def socrata(assets: Sequence[Any], *, stated: int | None = None, most: int = 10_000) -> Answer:
    """The Discovery API over those assets, its limit on offsets included."""

    def answer(asked: Asked) -> Reply:
        if asked.path != "/api/catalog/v1":
            return NOT_FOUND
        query, limit = asked.query, int(asked.query.get("limit", "100"))
        start = int(query.get("offset", "0"))
        if "scroll_id" in query:
            if "order" in query:
                return Reply({"error": "order and scroll_id"}, 400)
            ids = [one["resource"]["id"] for one in assets]
            start = ids.index(query["scroll_id"]) + 1 if query["scroll_id"] else 0
        elif start + limit > most:
            return Reply({"error": "offset and limit"}, 400)
        total = len(assets) if stated is None else stated
        return Reply({"results": assets[start : start + limit], "resultSetSize": total})

    return answer


def entry(number: int, *, host: str = HOST, **fields: Any) -> dict[str, Any]:
    """One dataset of a DCAT-US 1.1 file."""
    return {
        "@type": "dcat:Dataset",
        "identifier": f"https://{host}/id/{number}",
        "title": f"Dataset {number}",
        "description": "Rows of things.",
        "publisher": {"name": "Office of Things"},
        "contactPoint": {"fn": "A. Person", "hasEmail": "mailto:things@franklin.example"},
        "accessLevel": "public",
        "accrualPeriodicity": "R/P1D",
        "modified": "2026-11-19",
        "landingPage": f"https://{host}/datasets/{number}",
        "distribution": [
            {"title": "CSV", "mediaType": "text/csv", "downloadURL": f"https://{host}/{number}.csv"}
        ],
        **fields,
    }


def catalog(entries: Sequence[Any], **more: Any) -> dict[str, Any]:
    return {"@type": "dcat:Catalog", "conformsTo": "v1.1", **more, "dataset": list(entries)}


def feature(number: int, *, org: str = "franklin", **properties: Any) -> dict[str, Any]:
    """One item of ArcGIS Hub's Search API; a larger number is an older one."""
    return {
        "id": f"{number:032x}",
        "properties": {
            "title": f"Layer {number}",
            "type": "Feature Service",
            "orgId": org,
            "source": "Office of Things",
            "modified": 1_790_000_000_000 - number,
            "created": 1_600_000_000_000,
            "license": "CC-BY-4.0",
            "access": "public",
            "url": f"https://{HOST}/arcgis/rest/services/Things{number}/FeatureServer",
            **properties,
        },
    }


def hub_search(features: Sequence[Any], *, clamp: int = 10_000) -> Answer:
    """The Search API over those items: it counts to `clamp`, and gives none beyond it."""

    def answer(asked: Asked) -> Reply:
        if asked.path != "/api/search/v1/collections/dataset/items":
            return NOT_FOUND
        query = asked.query
        limit, start = int(query["limit"]), int(query["startindex"])
        if limit > 100 or start + limit - 1 > clamp:
            return Reply({"error": "too far"}, 500)
        found = list(features)
        if bound := query.get("filter"):
            until = int(bound.rpartition(" ")[2])
            found = [one for one in found if one["properties"]["modified"] <= until]
        page = found[start - 1 : start - 1 + limit]
        return Reply(
            {
                "type": "FeatureCollection",
                "features": page,
                "numberMatched": min(len(found), clamp),
            }
        )

    return answer


def package(number: int, *, organization: str = "franklin", **fields: Any) -> dict[str, Any]:
    """One dataset of CKAN."""
    return {
        "id": f"package-{number}",
        "name": f"things-{number}",
        "title": f"Dataset {number}",
        "notes": "Rows of things.",
        "type": "dataset",
        "state": "active",
        "private": False,
        "organization": {"name": organization, "title": organization.title()},
        "maintainer": "Office of Things",
        "maintainer_email": "things@franklin.example",
        "license_id": "cc-by",
        "license_title": "Creative Commons Attribution",
        "metadata_modified": "2026-11-20T10:00:00.123456",
        "extras": [{"key": "Update Frequency", "value": "Weekly"}],
        "tags": [{"name": "things", "display_name": "things"}],
        "groups": [{"title": "Permits"}],
        "resources": [
            {
                "id": f"file-{number}",
                "name": "All rows",
                "format": "CSV",
                "url": f"https://{HOST}/files/{number}.csv",
                "last_modified": "2026-11-19T00:00:00",
                "datastore_active": True,
            }
        ],
        **fields,
    }


def ckan(packages: Sequence[Any], *, most: int = 1_000) -> Answer:
    def answer(asked: Asked) -> Reply:
        if asked.path != "/api/3/action/package_search":
            return NOT_FOUND
        start, rows = int(asked.query["start"]), min(int(asked.query["rows"]), most)
        result = {"count": len(packages), "results": packages[start : start + rows]}
        return Reply({"success": True, "result": result})

    return answer
