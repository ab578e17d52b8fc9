"""CKAN's datastore_search. Each answer says by itself whether it succeeded."""

import re

from cities.portals.dataset_record import DatasetRecord
from requests_app.catalog.ready_queries.shell_and_python import (
    curl,
    is_web_address,
    python_table,
    python_text,
)

RESOURCE = re.compile(
    r"(?:resource_id=|/resource/|/datastore/dump/)"
    r"(?P<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})",
    re.I,
)
SELECTED = 5
A_PAGE = 100

NOTES = (
    "No key is needed for a public dataset. Where one is, it goes into the header Authorization.",
    "Some servers cut large pages short: a hundred rows at a time are safe, a second apart.",
    "Only files that the portal read into its datastore answer this way; download the others.",
)


def rows_address(record: DatasetRecord, base_url: str) -> str:
    """Where its rows are asked for; empty where no link of it names a resource."""
    if not is_web_address(base_url) or not resource_id(record):
        return ""
    return f"{base_url.rstrip('/')}/api/3/action/datastore_search"


def resource_id(record: DatasetRecord) -> str:
    """The first resource that a link names, those that are asked and not downloaded first."""
    links = sorted(record.distributions, key=lambda one: one.kind != "api")
    found = (RESOURCE.search(one.url) for one in links)
    return next((match["id"] for match in found if match), "")


def parameters(record: DatasetRecord) -> list[tuple[str, str]]:
    chosen = ",".join(column.name for column in record.columns[:SELECTED])
    asked = [("resource_id", resource_id(record)), ("sort", "_id")]
    return [*asked, ("fields", f"_id,{chosen}")] if chosen else asked


def curl_query(address: str, asked: list[tuple[str, str]]) -> str:
    return curl(address, [*asked, ("limit", str(A_PAGE)), ("offset", "0")])


def python_query(address: str, asked: list[tuple[str, str]]) -> str:
    return PYTHON.format(
        address=python_text(address), query=python_table([*asked, ("limit", A_PAGE)])
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
    query = urllib.parse.urlencode({{**QUERY, "offset": len(rows)}})
    with urllib.request.urlopen(f"{{ADDRESS}}?{{query}}", timeout=60) as answer:
        page = json.load(answer)
    if not page["success"]:
        raise SystemExit(f"The portal refuses: {{page['error']}}")
    rows += page["result"]["records"]
    if not page["result"]["records"] or len(rows) >= page["result"].get("total", len(rows)):
        break
    time.sleep(1)

print(len(rows), "rows")
"""
