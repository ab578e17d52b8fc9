"""The columns of one ArcGIS layer, asked for when somebody opens the dataset."""

import re
from typing import Any
from urllib.parse import urlsplit

from cities.portals.dataset_record import Column, DatasetRecord
from cities.portals.outcome import ReadingFailedError
from cities.portals.plain_values import items, line, mapping, paragraphs
from cities.portals.polite_client import PoliteClient, refuse_error_in_body

_SERVICE = re.compile(r"/(?:Feature|Map)Server(?P<layer>/\d+)?/?$", re.I)
MOST_COLUMNS = 2_000


def layer_address(record: DatasetRecord) -> str:
    """Where the dataset's layer answers; of a service without a number its first. "": nowhere."""
    for way in record.distributions:
        parts = urlsplit(way.url)
        if found := _SERVICE.search(parts.path):
            path = parts.path.rstrip("/") + ("" if found["layer"] else "/0")
            return f"{parts.scheme}://{parts.netloc}{path}"
    return ""


def columns_of_layer(client: PoliteClient) -> tuple[Column, ...]:
    """Of the layer that the client's base address is. ReadingFailedError."""
    body = client.page("", {"f": "json"})
    refuse_error_in_body(body)
    if not isinstance(body.get("fields"), list):
        raise ReadingFailedError("broken", "The layer states no fields.")
    return tuple(_columns(body))


def _columns(body: dict[str, Any]) -> list[Column]:
    found = [mapping(one) for one in items(body.get("fields"))[:MOST_COLUMNS]]
    return [
        Column(
            line(one.get("name")),
            line(one.get("alias")),
            line(one.get("type")).removeprefix("esriFieldType"),
            paragraphs(one.get("description")),
        )
        for one in found
        if line(one.get("name"))
    ]
