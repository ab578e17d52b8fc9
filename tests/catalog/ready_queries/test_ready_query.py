"""The queries that a page offers: as each platform documents them, safe to paste, and they run."""

import json
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from cities.portals.dataset_record import Column, DatasetRecord, Distribution
from requests_app.catalog.ready_queries import ReadyQuery, ready_query

SINCE = date(2026, 1, 1)
RESOURCE = "0f3a1c5e-1b2d-4c3e-9f00-1234567890ab"
PERMITS = DatasetRecord(
    external_id="abcd-1234",
    title="Permits",
    columns=(
        Column("permit_no", type="Text"),
        Column("issued", type="Calendar date"),
        Column("the owner’s name", type="Text"),
    ),
)
LAYER = DatasetRecord(
    external_id="https://www.arcgis.com/home/item.html?id=0&sublayer=89",
    title="Permits",
    columns=(
        Column("OBJECTID_1", type="esriFieldTypeOID"),
        Column("ISSUED", type="esriFieldTypeDate"),
    ),
    distributions=(
        Distribution("Page", "https://maps.example/x", "page"),
        Distribution("API", "https://maps.example/od/MapServer/89", "api"),
    ),
)
PACKAGE = DatasetRecord(
    external_id="permits",
    title="Permits",
    distributions=(Distribution("CSV", f"https://ckan.example/resource/{RESOURCE}/a.csv", "file"),),
)


def asked(record: DatasetRecord, platform: str, base_url: str) -> ReadyQuery:
    found = ready_query(record, platform=platform, base_url=base_url, since=SINCE)
    assert found is not None
    return found


def words_of(command: str) -> list[str]:
    """What a real shell gives to curl: each of its words."""
    script = f'curl() {{ printf "%s\\0" "$@"; }}\n{command}'
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.split("\0")[:-1]


def test_soda_asks_for_columns_rows_order_and_a_page() -> None:
    query = asked(PERMITS, "socrata", "https://data.kcmo.example")

    assert words_of(query.curl) == [
        "--get", "--fail", "https://data.kcmo.example/resource/abcd-1234.json",
        "--data-urlencode", "$select=permit_no,issued,`the owner’s name`",
        "--data-urlencode", "$where=issued >= '2026-01-01T00:00:00'",
        "--data-urlencode", "$order=:id",
        "--data-urlencode", "$limit=1000",
        "--data-urlencode", "$offset=0",
    ]  # fmt: skip


def test_soda_without_a_column_of_dates_asks_for_rows_written_since() -> None:
    bare = replace(PERMITS, columns=(Column("permit_no"),))

    words = words_of(asked(bare, "socrata", "https://data.kcmo.example").curl)

    assert "$where=:updated_at >= '2026-01-01T00:00:00'" in words


def test_arcgis_asks_for_fields_and_a_page_in_order() -> None:
    query = asked(LAYER, "arcgis_hub", "https://hub.example")

    assert words_of(query.curl) == [
        "--get", "--fail", "https://maps.example/od/MapServer/89/query",
        "--data-urlencode", "where=ISSUED >= DATE '2026-01-01'",
        "--data-urlencode", "outFields=OBJECTID_1,ISSUED",
        "--data-urlencode", "returnGeometry=false",
        "--data-urlencode", "orderByFields=OBJECTID_1",
        "--data-urlencode", "f=json",
        "--data-urlencode", "resultOffset=0",
        "--data-urlencode", "resultRecordCount=1000",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://m.example/a/FeatureServer/0", "https://m.example/a/FeatureServer/0/query"),
        ("https://m.example/a/FeatureServer", "https://m.example/a/FeatureServer/0/query"),
        ("https://m.example/a/MapServer/12/query?f=json", "https://m.example/a/MapServer/12/query"),
    ],
)
def test_arcgis_knows_a_layer_by_its_link(link: str, address: str) -> None:
    linked = replace(LAYER, distributions=(Distribution("API", link, "api"),))

    assert words_of(asked(linked, "dcat_us", "").curl)[2] == address


def test_ckan_asks_the_datastore_for_a_page() -> None:
    query = asked(PACKAGE, "ckan", "https://ckan.example/@city/")

    assert words_of(query.curl) == [
        "--get", "--fail", "https://ckan.example/@city/api/3/action/datastore_search",
        "--data-urlencode", f"resource_id={RESOURCE}",
        "--data-urlencode", "sort=_id",
        "--data-urlencode", "limit=100",
        "--data-urlencode", "offset=0",
    ]  # fmt: skip


def test_a_file_alone_is_downloaded() -> None:
    files = (
        Distribution("Map", "https://x.example/a.zip", "file", "Shapefile"),
        Distribution("Table", "https://x.example/a.csv", "file", "CSV"),
    )
    query = asked(DatasetRecord("1", "t", distributions=files), "by_hand", "")

    assert words_of(query.curl) == [
        "--location", "--fail", "--output", "dataset.csv", "https://x.example/a.csv",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "record",
    [
        DatasetRecord("1", "Nothing linked"),
        DatasetRecord("1", "t", distributions=(Distribution("x", "javascript:alert(1)", "file"),)),
        DatasetRecord("1", "t", distributions=(Distribution("x", "https://x.example/", "page"),)),
    ],
)
def test_there_is_none_where_nothing_can_be_asked(record: DatasetRecord) -> None:
    assert ready_query(record, platform="by_hand", base_url="", since=SINCE) is None


HOSTILE = 'x\'; $(touch /tmp/pwned) `id` """ \\ {query}'


def test_a_portals_words_are_data_in_shell_and_python() -> None:
    record = replace(PERMITS, columns=(Column(HOSTILE, type="Text"),))

    query = asked(record, "socrata", "https://data.example")

    selected = f"`{HOSTILE.replace('`', '')}`"
    assert f"$select={selected}" in words_of(query.curl)
    assert run(query.python, address="https://data.example", pages=[[]])[0]["$select"] == [selected]


# Each platform as it answers pages, by its own names for them.


@contextmanager
def playing(answer: Callable[[dict[str, list[str]]], Any]) -> Iterator[tuple[str, list[Any]]]:
    """A server on this machine that answers each query with JSON, and what it was asked."""
    heard: list[dict[str, list[str]]] = []

    class Platform(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(parse_qs(urlsplit(self.path).query))
            body = json.dumps(answer(heard[-1])).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Platform)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", heard
    finally:
        server.shutdown()
        server.server_close()


def run(python: str, *, address: str, pages: list[Any]) -> list[dict[str, list[str]]]:
    """What the program asked of a server that gives these pages in turn."""
    left = iter(pages)
    with playing(lambda _: next(left)) as (here, heard):
        moved = python.replace(address, here)
        exec(compile(moved, "ready query", "exec"), {"__name__": "query"})
    return heard


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)


def test_soda_in_python_reads_every_page(capsys: pytest.CaptureFixture[str]) -> None:
    query = asked(PERMITS, "socrata", "https://data.example")

    heard = run(query.python, address="https://data.example", pages=[[{}] * 1000, [{}] * 3])

    assert [page["$offset"] for page in heard] == [["0"], ["1000"]]
    assert heard[1]["$where"] == ["issued >= '2026-01-01T00:00:00'"]
    assert capsys.readouterr().out == "1003 rows\n"


def test_arcgis_in_python_goes_on_for_as_long_as_the_server_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    query = asked(LAYER, "arcgis_hub", "")
    feature = {"attributes": {"OBJECTID_1": 1}}
    pages = [  # the server's own cap is below what was asked for
        {"features": [feature] * 250, "exceededTransferLimit": True},
        {"features": [feature] * 7},
    ]

    heard = run(query.python, address="https://maps.example", pages=pages)

    assert [page["resultOffset"] for page in heard] == [["0"], ["250"]]
    assert capsys.readouterr().out == "257 rows\n"


def test_arcgis_in_python_says_what_a_server_refuses_with_200() -> None:
    query = asked(LAYER, "arcgis_hub", "")
    refusal = {"error": {"code": 499, "message": "Token Required"}}

    with pytest.raises(SystemExit, match="Token Required"):
        run(query.python, address="https://maps.example", pages=[refusal])


def test_ckan_in_python_reads_up_to_the_total(capsys: pytest.CaptureFixture[str]) -> None:
    query = asked(PACKAGE, "ckan", "https://ckan.example")
    pages = [
        {"success": True, "result": {"total": 120, "records": [{}] * 100}},
        {"success": True, "result": {"total": 120, "records": [{}] * 20}},
    ]

    heard = run(query.python, address="https://ckan.example", pages=pages)

    assert [page["offset"] for page in heard] == [["0"], ["100"]]
    assert capsys.readouterr().out == "120 rows\n"
