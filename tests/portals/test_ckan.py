"""CKAN over real HTTP."""

from datetime import UTC, datetime

import pytest

from cities.portals import ckan
from cities.portals.dataset_record import Column
from cities.portals.outcome import ReadingFailedError
from cities.portals.polite_client import open_client
from tests.portals import made_up
from tests.portals.conftest import Reader
from tests.portals.made_up import package
from tests.portals.portal_server import Asked, PortalServer, Reply


def test_a_package_becomes_a_record(portal: PortalServer, reader: Reader) -> None:
    portal.answer = made_up.ckan([package(1)])

    (record,), outcome = reader.read("ckan")

    assert outcome.sentence == "1 dataset read."
    assert (record.external_id, record.title, record.steward, record.publisher) == (
        "package-1", "Dataset 1", "Office of Things", "Franklin",
    )  # fmt: skip
    assert (record.cadence_text, record.cadence_iso) == ("Weekly", "P1W")
    assert (record.license_text, record.license_spdx) == ("Creative Commons Attribution", "")
    assert record.data_updated_at == datetime(2026, 11, 19, tzinfo=UTC)
    assert record.landing_url == "https://data.franklin.example/dataset/things-1"
    assert [(way.label, way.kind) for way in record.distributions] == [
        ("All rows", "file"),
        ("CKAN DataStore API", "api"),
    ]
    assert ckan.file_with_columns(record) == "file-1"


def test_pages_are_read_with_known_parameters_alone(portal: PortalServer, reader: Reader) -> None:
    portal.answer = made_up.ckan([package(number) for number in range(230)])

    records, outcome = reader.read("ckan", organization="franklin")

    assert (len(records), outcome.is_complete) == (230, True)
    assert [asked.query for asked in portal.asked] == [
        {"rows": "100", "start": start, "sort": "name asc", "fq": 'organization:"franklin"'}
        for start in ("0", "100", "200")
    ]


def test_server_that_gives_fewer_rows_than_asked_is_read_whole(
    portal: PortalServer, reader: Reader
) -> None:
    portal.answer = made_up.ckan([package(number) for number in range(25)], most=10)

    records, outcome = reader.read("ckan")

    assert (len(records), outcome.is_complete) == (25, True)


def test_another_organizations_catalog_is_not_the_citys(
    portal: PortalServer, reader: Reader
) -> None:
    portal.answer = made_up.ckan([package(n, organization="state") for n in (1, 2)])

    records, outcome = reader.read("ckan", organization="franklin")

    assert (records, outcome.status) == ([], "misconfigured")


def test_a_page_that_breaks_off_is_asked_for_in_smaller_ones(
    portal: PortalServer, reader: Reader
) -> None:
    whole = made_up.ckan([package(number) for number in range(60)])

    def answer(asked: Asked) -> Reply:
        reply = whole(asked)
        is_large = int(asked.query["rows"]) > 30
        return Reply(reply.content[:-500]) if is_large else reply

    portal.answer = answer

    records, outcome = reader.read("ckan")

    assert (len(records), outcome.is_complete) == (60, True)
    assert [asked.query["rows"] for asked in portal.asked] == ["100", "25", "25", "25"]


def test_success_false_is_an_error_whatever_the_status(
    portal: PortalServer, reader: Reader
) -> None:
    error = {"__type": "Authorization Error", "message": "Access denied"}
    portal.in_turn(Reply({"success": False, "error": error}))

    records, outcome = reader.read("ckan")

    assert (records, outcome.status) == ([], "blocked")
    assert outcome.sentence == "It says that the question failed: “Access denied”."


def test_drafts_and_other_types_are_left_out(portal: PortalServer, reader: Reader) -> None:
    others = [package(2, private=True), package(3, type="showcase"), package(4, state="deleted")]
    portal.answer = made_up.ckan([package(1), *others])

    records, outcome = reader.read("ckan")

    assert [record.external_id for record in records] == ["package-1"]
    assert outcome.sentence == ("1 dataset read. Left out: 3 that hold no data (draft, showcase).")


def test_columns_of_a_file_are_asked_for_apart(portal: PortalServer) -> None:
    fields = [
        {"id": "_id", "type": "int"},
        {"id": "opened", "type": "timestamp", "info": {"label": "Opened", "notes": "When."}},
    ]
    portal.answer = lambda asked: Reply({"success": True, "result": {"fields": fields}})

    with open_client(portal.base_url, user_agent="Tests", by_hand=True) as client:
        columns = ckan.columns_of_file(client, "file-1")

    assert columns == (Column("opened", "Opened", "timestamp", "When."),)
    assert portal.asked[0].query == {"resource_id": "file-1", "limit": "0"}


def test_a_file_that_is_not_found_says_so(portal: PortalServer) -> None:
    missing = {"success": False, "error": {"__type": "Not Found Error", "message": "Not found"}}
    portal.in_turn(Reply(missing, 404))

    with (
        open_client(portal.base_url, user_agent="Tests", by_hand=True) as client,
        pytest.raises(ReadingFailedError, match="not found"),
    ):
        ckan.columns_of_file(client, "file-1")
