"""DCAT-US files over real HTTP, of both versions."""

from datetime import UTC, datetime
from typing import Any

import pytest

from cities.portals.dcat_us import to_record
from tests.portals.conftest import Reader
from tests.portals.made_up import HOST, catalog, entry
from tests.portals.portal_server import PortalServer, Reply

NO_LIST = "Its answer holds no list of datasets (“dataset”): is it another platform?"


def test_a_file_of_version_1_1(portal: PortalServer, reader: Reader) -> None:
    portal.answer = lambda asked: Reply(catalog([entry(1), entry(2, accessLevel="non-public")]))

    records, outcome = reader.read("dcat_us")

    assert (outcome.sentence, portal.paths) == ("2 datasets read.", ["/data.json"])
    first, second = records
    assert (first.publisher, first.steward, first.contact_email) == (
        "Office of Things",
        "A. Person",
        "things@franklin.example",
    )
    assert (first.cadence_text, first.cadence_iso) == ("R/P1D", "P1D")
    assert first.data_updated_at == datetime(2026, 11, 19, tzinfo=UTC)
    assert [(way.label, way.kind) for way in first.distributions] == [("CSV", "file")]
    assert (first.access_level, second.access_level) == ("public", "non-public")


def test_version_3_0_writes_objects_where_1_1_wrote_texts() -> None:
    raw: dict[str, Any] = {
        "title": {"@value": "Things", "@language": "en"},
        "description": [{"@value": "Rows of <i>things</i>."}],
        "publisher": [{"name": "Office of Things"}],
        "contactPoint": [{"fn": "opendata admin"}, {"fn": "B. Person"}],
        "theme": [{"@type": "Concept", "prefLabel": {"@value": "Permits"}}, "Safety"],
        "keyword": "things",
        "spatial": {"@type": "Location", "prefLabel": "Franklin"},
        "temporal": {"startDate": "2020-01-01", "endDate": "2026-01-01"},
        "license": {"@id": "https://creativecommons.org/publicdomain/zero/1.0/"},
        "accrualPeriodicity": "http://publications.europa.eu/resource/authority/frequency/DAILY",
        "modified": {"@value": "2026-11-19T01:02:03Z"},
        "distribution": {"accessURL": "https://x.example/FeatureServer/0", "format": "API"},
    }

    record = to_record(raw, "1")

    assert (record.title, record.description) == ("Things", "Rows of things.")
    assert (record.publisher, record.steward) == ("Office of Things", "Office of Things")
    assert (record.themes, record.keywords) == (("Permits", "Safety"), ("things",))
    assert (record.spatial, record.temporal) == ("Franklin", "2020-01-01/2026-01-01")
    assert record.license_spdx == "CC0-1.0"
    assert record.cadence_iso == "P1D"
    assert record.data_updated_at == datetime(2026, 11, 19, 1, 2, 3, tzinfo=UTC)
    assert [way.kind for way in record.distributions] == ["api"]


def test_a_file_that_is_only_a_list_is_read(portal: PortalServer, reader: Reader) -> None:
    portal.answer = lambda asked: Reply([entry(1)])

    records, outcome = reader.read("dcat_us")

    assert (len(records), outcome.is_complete) == (1, True)


def test_a_file_that_breaks_off_is_not_complete(portal: PortalServer, reader: Reader) -> None:
    body = Reply(catalog([entry(number) for number in range(300)])).content
    portal.answer = lambda asked: Reply(body[:-2000])

    records, outcome = reader.read("dcat_us")

    assert 280 < len(records) < 300
    assert (outcome.status, outcome.is_complete) == ("broken", False)
    assert outcome.sentence == (
        "Its answer broke off in the middle. "
        f"{len(records)} datasets came before that and are kept."
    )


def test_a_file_shorter_than_promised_is_not_complete(portal: PortalServer, reader: Reader) -> None:
    body = Reply(catalog([entry(1)])).content
    portal.answer = lambda asked: Reply(body, promised=len(body) + 9)

    records, outcome = reader.read("dcat_us")

    assert (records, outcome.sentence) == ([], "Its answer broke off in the middle.")


def test_a_file_over_the_limit_is_not_read(portal: PortalServer, reader: Reader) -> None:
    portal.answer = lambda asked: Reply(catalog([entry(1)], padding="x" * 2**20))

    records, outcome = reader.read("dcat_us", most_bytes=2**20)

    assert (records, outcome.sentence) == ([], "Its answer is larger than 1 MB.")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"results": []}, NO_LIST),
        ({}, NO_LIST),
        (b"[1, 2", "Its answer broke off in the middle."),
        (b"", "Its answer broke off in the middle."),
        (b"nothing", "Its answer is no JSON."),
        (b'{"dataset": [\xff\xfe]}', "Its answer is not written in UTF-8."),
        (b'{"a": ' + b"[" * 100_000, "Its answer is nested without end."),
        ({"dataset": []}, "It publishes no dataset."),
        ({"dataset": ["x", 1, None]}, "None of its 3 entries carries an identifier."),
    ],
)  # fmt: skip
def test_what_is_no_catalog_is_said(
    portal: PortalServer, reader: Reader, body: Any, sentence: str
) -> None:
    portal.answer = lambda asked: Reply(body)

    records, outcome = reader.read("dcat_us")

    assert (records, outcome.sentence) == ([], sentence)


def test_another_sites_file_is_not_the_citys(portal: PortalServer, reader: Reader) -> None:
    portal.answer = lambda asked: Reply(catalog([entry(1, host="data.other.example")]))

    records, outcome = reader.read("dcat_us")

    assert (records, outcome.status) == ([], "misconfigured")


def test_no_address_that_a_browser_should_not_open_is_kept() -> None:
    raw = entry(1, landingPage="javascript:alert(1)", distribution=[{"downloadURL": "file:///x"}])

    record = to_record(raw, f"https://{HOST}/id/1")

    assert (record.landing_url, record.distributions) == (f"https://{HOST}/id/1", ())
