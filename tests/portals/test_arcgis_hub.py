"""ArcGIS Hub over real HTTP: its feed first, its Search API where there is no feed."""

from typing import Any

import pytest

from cities.portals import arcgis_hub
from cities.portals.arcgis_layer import columns_of_layer, layer_address
from cities.portals.dataset_record import Column, DatasetRecord, Distribution
from cities.portals.outcome import ReadingFailedError, Validators
from cities.portals.polite_client import open_client
from tests.portals import made_up
from tests.portals.conftest import Reader
from tests.portals.made_up import HOST, catalog, entry, feature
from tests.portals.portal_server import NOT_FOUND, PortalServer, Reply

FEED, ITEMS = "/api/feed/dcat-us/1.1.json", "/api/search/v1/collections/dataset/items"
ITEM = "0123456789abcdef0123456789abcdef"


def test_feed_is_one_request(portal: PortalServer, reader: Reader) -> None:
    portal.answer = lambda asked: Reply(catalog([entry(1), entry(2)]))

    records, outcome = reader.read("arcgis_hub")

    assert (len(records), outcome.sentence, portal.paths) == (2, "2 datasets read.", [FEED])
    assert records[0].landing_url == f"https://{HOST}/datasets/1"


def test_feed_and_search_call_an_item_the_same() -> None:
    named = [
        f"https://www.arcgis.com/home/item.html?id={ITEM}&sublayer=3",
        f"https://{HOST}/datasets/{ITEM}_3",
        f"https://{HOST}/datasets/PDX::{ITEM}_3",
        f"{ITEM}_3",
    ]

    assert {arcgis_hub.item_and_layer(one) for one in named} == {f"{ITEM}_3"}
    assert arcgis_hub.item_and_layer(f"https://www.arcgis.com/home/item.html?id={ITEM}") == ITEM


def test_feed_that_has_not_changed_is_not_read_again(portal: PortalServer, reader: Reader) -> None:
    def answer(asked: object) -> Reply:
        is_known = portal.asked[-1].headers.get("If-None-Match") == 'W/"7"'
        return (
            Reply(status=304) if is_known else Reply(catalog([entry(1)]), headers={"ETag": '"8"'})
        )

    portal.answer = answer

    _, first = reader.read("arcgis_hub")
    records, second = reader.read("arcgis_hub", seen=Validators('W/"7"'))

    assert (first.validators.etag, first.is_unchanged) == ('"8"', False)
    assert (records, second.is_unchanged, second.is_complete) == ([], True, True)


def test_feed_of_everybodys_items_is_not_the_citys(portal: PortalServer, reader: Reader) -> None:
    portal.answer = lambda asked: Reply(catalog([entry(n, host="hub.arcgis.com") for n in (1, 2)]))

    records, outcome = reader.read("arcgis_hub")

    assert (records, outcome.status) == ([], "misconfigured")
    assert "they are of hub.arcgis.com" in outcome.sentence


def test_organization_in_the_address_of_a_page_makes_it_the_citys(
    portal: PortalServer, reader: Reader
) -> None:
    theirs: dict[str, Any] = {
        "identifier": "x",
        "distribution": [],
        "landingPage": "https://hub.x/datasets/PDX::a",
    }
    portal.answer = lambda asked: Reply(catalog([entry(1, **theirs)]))

    records, _ = reader.read("arcgis_hub", organization="PDX")

    assert len(records) == 1


def test_without_a_feed_the_search_is_paged(portal: PortalServer, reader: Reader) -> None:
    portal.answer = made_up.hub_search([feature(number) for number in range(230)])

    records, outcome = reader.read("arcgis_hub")

    assert (len(records), outcome.is_complete) == (230, True)
    assert portal.paths == [FEED, ITEMS, ITEMS, ITEMS]
    assert [asked.query["startindex"] for asked in portal.asked[1:]] == ["1", "101", "201"]
    first = records[0]
    assert (first.license_spdx, first.steward, first.access_level) == (
        "CC-BY-4.0",
        "Office of Things",
        "public",
    )
    assert first.landing_url == f"https://{HOST}/datasets/{'0' * 32}"


def test_a_clamped_count_is_walked_past(
    portal: PortalServer, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arcgis_hub, "CLAMP", 300)
    portal.answer = made_up.hub_search([feature(number) for number in range(750)], clamp=300)

    records, outcome = reader.read("arcgis_hub")

    assert (len(records), outcome.is_complete) == (750, True)


def test_a_clamped_count_that_cannot_be_walked_past_is_not_complete(
    portal: PortalServer, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arcgis_hub, "CLAMP", 200)
    same_moment = [feature(number, modified=1_790_000_000_000) for number in range(500)]
    portal.answer = made_up.hub_search(same_moment, clamp=200)

    records, outcome = reader.read("arcgis_hub")

    assert (len(records), outcome.status, outcome.is_complete) == (200, "broken", False)


def test_the_global_index_is_not_the_citys(
    portal: PortalServer, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arcgis_hub, "CLAMP", 300)
    many = [feature(number, org=f"org{number}", url=None) for number in range(400)]
    portal.answer = made_up.hub_search(many, clamp=300)

    records, outcome = reader.read("arcgis_hub")

    assert (records, outcome.status, len(portal.asked)) == ([], "misconfigured", 2)
    assert outcome.sentence == (
        "It shows the catalog of all ArcGIS organizations (300 or more entries) and nothing of "
        "data.franklin.example. Nothing was stored. Say which organization is meant."
    )


def test_a_site_of_one_organization_needs_no_proof(portal: PortalServer, reader: Reader) -> None:
    portal.answer = made_up.hub_search([feature(n, url=None) for n in range(3)])

    records, _ = reader.read("arcgis_hub")

    assert len(records) == 3


def test_an_error_inside_a_200_is_an_error(portal: PortalServer, reader: Reader) -> None:
    error = {"error": {"code": 499, "message": "Token Required", "details": []}}
    portal.in_turn(Reply(error))

    records, outcome = reader.read("arcgis_hub")

    assert (records, outcome.status) == ([], "blocked")
    assert outcome.sentence == "It asks for a key: “Token Required”."


def test_an_error_inside_a_200_of_the_search_is_one_too(
    portal: PortalServer, reader: Reader
) -> None:
    portal.in_turn(NOT_FOUND, Reply({"error": {"code": 400, "message": "Invalid query"}}))

    _, outcome = reader.read("arcgis_hub")

    assert (outcome.status, outcome.sentence) == (
        "broken",
        "It answered with an error: “Invalid query”.",
    )


def test_columns_of_a_layer_are_asked_for_apart(portal: PortalServer) -> None:
    fields = [
        {"name": "ID", "type": "esriFieldTypeOID", "alias": "Number"},
        {"name": "WHEN_", "type": "esriFieldTypeDate", "alias": None},
        None,
    ]
    portal.answer = lambda asked: Reply({"fields": fields})

    with open_client(
        f"{portal.base_url}/Things/FeatureServer/0", user_agent="Tests", by_hand=True
    ) as client:
        columns = columns_of_layer(client)

    assert columns == (Column("ID", "Number", "OID"), Column("WHEN_", "", "Date"))
    assert (portal.asked[0].path, portal.asked[0].query) == (
        "/Things/FeatureServer/0",
        {"f": "json"},
    )


def test_a_layer_behind_a_key_says_so(portal: PortalServer) -> None:
    portal.in_turn(Reply({"error": {"code": 499, "message": "Token Required"}}))

    with (
        open_client(f"{portal.base_url}/x/0", user_agent="Tests", by_hand=True) as client,
        pytest.raises(ReadingFailedError) as error,
    ):
        columns_of_layer(client)

    assert error.value.status == "blocked"


@pytest.mark.parametrize(
    ("url", "layer"),
    [
        ("https://x.example/rest/services/A/MapServer/89", "https://x.example/rest/services/A/MapServer/89"),
        ("https://x.example/A/FeatureServer", "https://x.example/A/FeatureServer/0"),
        ("https://x.example/all.csv", ""),
    ],
)  # fmt: skip
def test_layer_of_a_dataset(url: str, layer: str) -> None:
    record = DatasetRecord("1", "A", distributions=(Distribution("", url, "api"),))

    assert layer_address(record) == layer
