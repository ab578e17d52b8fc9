"""Socrata's Discovery API, played over real HTTP."""

import dataclasses
from datetime import UTC, date, datetime

from cities.portals import socrata
from cities.portals.dataset_record import Column, DatasetRecord, Distribution
from tests.portals import made_up
from tests.portals.conftest import Reader
from tests.portals.made_up import asset
from tests.portals.portal_server import PortalServer, Reply


def test_an_asset_becomes_a_record_with_its_columns(portal: PortalServer, reader: Reader) -> None:
    portal.answer = made_up.socrata([asset(1)])

    (record,), outcome = reader.read("socrata")

    assert (outcome.status, outcome.sentence) == ("ok", "1 dataset read.")
    assert record == DatasetRecord(
        external_id="aaaa-0001",
        title="Dataset 1",
        description="Rows of things.",
        landing_url="https://data.franklin.example/d/aaaa-0001",
        publisher="Office of Things",
        steward="Office of Things",
        cadence_text="Daily",
        cadence_iso="P1D",
        themes=("Things",),
        keywords=("things",),
        data_updated_at=datetime(2026, 11, 19, 8, tzinfo=UTC),
        metadata_updated_at=datetime(2026, 11, 20, 8, tzinfo=UTC),
        issued_on=date(2020, 1, 2),
        columns=(
            Column("case_number", "Case number", "Text", "The case."),
            Column("opened", "Opened", "Calendar date"),
        ),
        distributions=(
            Distribution(
                "CSV",
                "https://data.franklin.example/api/views/aaaa-0001/rows.csv?accessType=DOWNLOAD",
                "file",
                "CSV",
                "text/csv",
            ),
            Distribution(
                "SODA API",
                "https://data.franklin.example/resource/aaaa-0001.json",
                "api",
                "JSON",
                "application/json",
            ),
            Distribution(
                "API documentation",
                "https://dev.socrata.com/foundry/data.franklin.example/aaaa-0001",
                "page",
            ),
        ),
    )


def test_every_page_is_read_and_only_known_parameters_are_sent(
    portal: PortalServer, reader: Reader
) -> None:
    portal.answer = made_up.socrata([asset(number) for number in range(1_203)])

    records, outcome = reader.read("socrata")

    assert (len(records), outcome.is_complete) == (1_203, True)
    assert [asked.query for asked in portal.asked] == [
        {
            "domains": "data.franklin.example",
            "search_context": "data.franklin.example",
            "only": "dataset,map,href,file",
            "limit": "500",
            "offset": offset,
            "order": "dataset_id",
        }
        for offset in ("0", "500", "1000")
    ]


def test_beyond_ten_thousand_it_scrolls_from_the_beginning(
    portal: PortalServer, reader: Reader
) -> None:
    assets = [asset(number) for number in range(1_100)]
    portal.answer = made_up.socrata(assets, most=500)
    before, socrata.MOST_BY_OFFSET = socrata.MOST_BY_OFFSET, 500

    try:
        records, outcome = reader.read("socrata")
    finally:
        socrata.MOST_BY_OFFSET = before

    assert (len(records), outcome.is_complete) == (1_100, True)
    assert portal.asked[-1].query.get("scroll_id") == "aaaa-1099"


def test_entries_that_pages_repeat_are_given_once_and_missing_ones_sought_again(
    portal: PortalServer, reader: Reader
) -> None:
    first, rest = [asset(n) for n in (1, 2)], [asset(n) for n in (2, 3)]
    pages = [first, rest, [asset(3), asset(4)], []]
    portal.in_turn(*(Reply({"results": page, "resultSetSize": 4}) for page in pages))

    records, outcome = reader.read("socrata")

    assert [record.external_id[-1] for record in records] == ["1", "2", "3", "4"]
    assert outcome.is_complete


def test_a_server_that_always_gives_one_page_is_not_called_complete(
    portal: PortalServer, reader: Reader
) -> None:
    portal.in_turn(Reply({"results": [asset(1), asset(2)], "resultSetSize": 91}))

    records, outcome = reader.read("socrata")

    assert (len(records), outcome.status, outcome.is_complete) == (2, "broken", False)
    assert outcome.sentence.startswith("It gave 2 of the 91 entries it says it has.")
    assert len(portal.asked) < 8


def test_one_page_without_a_count_is_the_whole_catalog(
    portal: PortalServer, reader: Reader
) -> None:
    portal.in_turn(Reply({"results": [asset(1), asset(2)]}))

    records, outcome = reader.read("socrata")

    assert (len(records), outcome.is_complete) == (2, True)


def test_the_national_catalog_is_not_the_citys(portal: PortalServer, reader: Reader) -> None:
    portal.answer = made_up.socrata([asset(n, domain="www.dallasopendata.example") for n in (1, 2)])

    records, outcome = reader.read("socrata")

    assert (records, outcome.status) == ([], "misconfigured")
    assert outcome.sentence == (
        "None of the 2 entries it shows is of data.franklin.example: they are of "
        "www.dallasopendata.example. Nothing was stored. Check the address, or say whose datasets "
        "are meant."
    )


def test_an_empty_catalog_is_said_to_be_empty(portal: PortalServer, reader: Reader) -> None:
    portal.answer = made_up.socrata([])

    records, outcome = reader.read("socrata")

    assert (records, outcome.status, outcome.sentence) == (
        [],
        "empty",
        "It publishes no dataset.",
    )


def test_charts_and_other_places_are_left_out_and_counted(
    portal: PortalServer, reader: Reader
) -> None:
    portal.answer = made_up.socrata(
        [asset(1), asset(2, type="chart"), asset(3, type="story"), asset(4, domain="x.example")]
    )

    records, outcome = reader.read("socrata")

    assert [record.title for record in records] == ["Dataset 1"]
    assert outcome.is_complete
    assert outcome.sentence == (
        "1 dataset read. Left out: 2 that hold no data (chart, story); 1 of other places "
        "(x.example)."
    )


def test_an_entry_without_an_identifier_stops_withdrawals(
    portal: PortalServer, reader: Reader
) -> None:
    portal.answer = made_up.socrata([asset(1), {"resource": {"name": "Nameless"}}, None])

    records, outcome = reader.read("socrata")

    assert (len(records), outcome.is_complete, outcome.may_withdraw) == (1, True, False)
    assert outcome.sentence == "1 dataset read. Left out: 2 without an identifier."


def test_a_domain_that_the_platform_does_not_know_is_said(
    portal: PortalServer, reader: Reader
) -> None:
    portal.in_turn(Reply({"error": "Domain not found: data.franklin.example"}, 404))

    records, outcome = reader.read("socrata")

    assert (records, outcome.status) == ([], "misconfigured")


def test_columns_of_unequal_length_are_not_matched() -> None:
    raw = asset(1, columns_datatype=["Text"], columns_description=None)

    columns = socrata.to_record(raw, made_up.HOST).columns

    assert columns == (Column("case_number", "Case number"), Column("opened", "Opened"))


def test_what_is_null_or_absent_is_not_stated() -> None:
    raw = {"resource": {"id": "aaaa-0001", "name": None, "attribution": None}, "metadata": None}

    record = socrata.to_record(raw, made_up.HOST)

    stated = {key for key, value in dataclasses.asdict(record).items() if value}
    assert stated == {"external_id", "title", "distributions"}


def test_who_owns_the_data_comes_before_the_attribution_and_no_account_is_named() -> None:
    raw = asset(1, attribution="cocadmin")
    raw["classification"]["domain_metadata"] = [
        {"key": "Ownership_Department", "value": "Finance"},
        {"key": "Ownership_Data-Owner", "value": "opendata-admin"},
    ]

    record = socrata.to_record(raw, made_up.HOST)

    assert (record.steward, record.publisher) == ("Finance", "cocadmin")
