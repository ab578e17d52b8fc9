"""An ArcGIS layer: {layer}/query with where, outFields and paging.

A server gives no more rows at once than its own maxRecordCount and says so with
`exceededTransferLimit`. It answers errors with the status 200, in the body.
"""

import re
from datetime import date

from cities.portals.dataset_record import Column, DatasetRecord
from requests_app.catalog.ready_queries.shell_and_python import (
    curl,
    is_web_address,
    python_table,
    python_text,
)

LAYER = re.compile(
    r"^(?P<service>[^?]*/(?:MapServer|FeatureServer))(?:/(?P<layer>\d+))?(?:/query)?/?(?:\?.*)?$",
    re.IGNORECASE,
)
PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
OBJECT_ID, DATE = "OID", "DATE"  # parts of esriFieldTypeOID, esriFieldTypeDate
SELECTED = 5
A_PAGE = 1000

NOTES = (
    "No token is needed for a public layer. “Token Required” (code 499): this one is not public.",
    "The server caps a page at its own maxRecordCount: go on while exceededTransferLimit is there.",
    "An error comes with the status 200: look for “error” in the body.",
    "Dates come as milliseconds since January 1, 1970, in UTC.",
)


def rows_address(record: DatasetRecord) -> str:
    """Its layer's query; empty where no link of it is a layer's. A service that is linked without
    a layer is asked for its first."""
    found = (LAYER.match(one.url) for one in record.distributions if is_web_address(one.url))
    layer = next((match for match in found if match), None)
    return f"{layer['service']}/{layer['layer'] or 0}/query" if layer else ""


def parameters(record: DatasetRecord, since: date) -> list[tuple[str, str]]:
    plain = [column for column in record.columns if PLAIN_NAME.fullmatch(column.name)]
    dated = next((column for column in plain if DATE in column.type.upper()), None)
    chosen = ",".join(column.name for column in plain[:SELECTED])
    return [
        ("where", f"{dated.name} >= DATE '{since.isoformat()}'" if dated else "1=1"),
        ("outFields", chosen or "*"),
        ("returnGeometry", "false"),
        ("orderByFields", _object_id(plain)),
        ("f", "json"),
    ]


def _object_id(columns: list[Column]) -> str:
    return next((one.name for one in columns if OBJECT_ID in one.type.upper()), "OBJECTID")


def curl_query(address: str, asked: list[tuple[str, str]]) -> str:
    paged = [("resultOffset", "0"), ("resultRecordCount", str(A_PAGE))]
    return curl(address, [*asked, *paged])


def python_query(address: str, asked: list[tuple[str, str]]) -> str:
    return PYTHON.format(
        address=python_text(address),
        query=python_table([*asked, ("resultRecordCount", A_PAGE)]),
    )


PYTHON = """\
import json
import time
import urllib.parse
import urllib.request

ADDRESS = {address}
QUERY = {query}

rows = []
while True:
    query = urllib.parse.urlencode({{**QUERY, "resultOffset": len(rows)}})
    with urllib.request.urlopen(f"{{ADDRESS}}?{{query}}", timeout=60) as answer:
        page = json.load(answer)
    if "error" in page:
        raise SystemExit(f"The server refuses: {{page['error']}}")
    rows += [feature["attributes"] for feature in page["features"]]
    if not page["features"] or not page.get("exceededTransferLimit"):
        break
    time.sleep(1)

print(len(rows), "rows")
"""
