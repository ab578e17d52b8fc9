"""Socrata's SODA 2.1: https://{domain}/resource/{id}.json with SoQL in the query string.

Rows come in no order of their own: without $order=:id two pages may show one row twice.
"""

import re
from datetime import date
from urllib.parse import urlsplit

from cities.portals.dataset_record import Column, DatasetRecord
from requests_app.catalog.ready_queries.shell_and_python import (
    curl,
    is_web_address,
    python_table,
    python_text,
)

IDENTIFIER = re.compile(r"[a-z0-9]{4}-[a-z0-9]{4}")
PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
DATE_TYPES = ("calendar", "date", "timestamp")
SELECTED = 5
A_PAGE = 1000

NOTES = (
    "No token is needed. Without one, all at your address share a limit: after a 429, wait.",
    "With an app token in the header X-App-Token only abuse is throttled. The portal gives tokens.",
    "An answer of 202 means that the portal is still working it out: ask again.",
)


def rows_address(record: DatasetRecord, base_url: str) -> str:
    """Where its rows are asked for; empty where its identifier is none of Socrata's."""
    if not IDENTIFIER.fullmatch(record.external_id) or not is_web_address(base_url):
        return ""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}/resource/{record.external_id}.json"


def parameters(record: DatasetRecord, since: date) -> list[tuple[str, str]]:
    """Some columns, the rows since a day, in an order that pages can rely on."""
    chosen = ",".join(_name(column.name) for column in record.columns[:SELECTED])
    return [("$select", chosen or "*"), ("$where", _where(record, since)), ("$order", ":id")]


def _where(record: DatasetRecord, since: date) -> str:
    dated = next(filter(_is_date, record.columns), None)
    # Every dataset has :updated_at, the moment at which a row was last written.
    field = _name(dated.name) if dated else ":updated_at"
    return f"{field} >= '{since.isoformat()}T00:00:00'"


def _is_date(column: Column) -> bool:
    return any(word in column.type.lower() for word in DATE_TYPES)


def _name(name: str) -> str:
    """As SoQL reads it: in backticks where it is no plain word."""
    return name if PLAIN_NAME.fullmatch(name) else f"`{name.replace('`', '')}`"


def curl_query(address: str, asked: list[tuple[str, str]]) -> str:
    return curl(address, [*asked, ("$limit", str(A_PAGE)), ("$offset", "0")])


def python_query(address: str, asked: list[tuple[str, str]]) -> str:
    return PYTHON.format(
        address=python_text(address), query=python_table([*asked, ("$limit", A_PAGE)])
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
    query = urllib.parse.urlencode({{**QUERY, "$offset": len(rows)}})
    with urllib.request.urlopen(f"{{ADDRESS}}?{{query}}", timeout=60) as answer:
        page = json.load(answer)
    rows += page
    if len(page) < QUERY["$limit"]:
        break
    time.sleep(1)

print(len(rows), "rows")
"""
