"""A portal's catalog in the desk: what is new, changed, gone, and what a failure leaves."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from cities.portals.polite_client import Patience
from requests_app.catalog.reading import city_portals, sync
from requests_app.catalog.reading.sync import ReadingFrom, SyncResult
from requests_app.models import CatalogDataset, CityPortal, DatasetVersion
from tests.factories import NewsroomFactory
from tests.portals import made_up
from tests.portals.made_up import asset, catalog, entry
from tests.portals.portal_server import PortalServer, Reply

pytestmark = pytest.mark.django_db

KANSAS_CITY = "us-mo/kansas-city"
KCMO = "data.kcmo.org"
FIRST = datetime(2026, 11, 20, 8, tzinfo=UTC)
NIGHT = timedelta(days=1)


def kcmo(number: int, **fields: object) -> dict:
    return asset(number, domain=KCMO, **fields)


def read(portal: PortalServer, *, nights: int = 0, slug: str = KANSAS_CITY) -> SyncResult:
    patience = Patience(sleep=lambda seconds: None, pace=0)
    return sync.sync(
        city_portals.portal_of(slug),
        now=lambda: FIRST + nights * NIGHT,
        source=ReadingFrom(base_url=portal.base_url, patience=patience),
    )


def rows() -> dict[str, CatalogDataset]:
    return {row.external_id: row for row in CatalogDataset.objects.all()}


def versions(identifier: str) -> list[list[str]]:
    found = DatasetVersion.objects.filter(dataset__external_id=identifier)
    return [version.changed for version in found.order_by("pk")]


def test_packs_portals_are_made_once() -> None:
    assert (city_portals.ensure_portals(), city_portals.ensure_portals()) == (5, 0)

    assert list(
        CityPortal.objects.order_by("city_slug").values_list("city_slug", "platform", "status")
    ) == [
        ("us-ca/concord", "none", "none"),
        ("us-ca/stockton", "socrata", "misconfigured"),
        ("us-ct/stamford", "ckan", "unverified"),
        ("us-mo/kansas-city", "socrata", "unverified"),
        ("us-or/portland", "arcgis_hub", "unverified"),
    ]


def test_first_reading_fills_the_catalog(portal: PortalServer) -> None:
    portal.answer = made_up.socrata([kcmo(1), kcmo(2)])

    result = read(portal)

    assert (result.created, result.changed, result.withdrawn) == (2, 0, 0)
    row = rows()["aaaa-0001"]
    assert (row.title, row.steward, row.cadence_days) == ("Dataset 1", "Office of Things", 1.0)
    assert row.record.columns[0].description == "The case."
    assert DatasetVersion.fold(list(row.versions.all())) == row.facts
    stands = city_portals.portal_of(KANSAS_CITY)
    assert (stands.status, stands.last_complete_at, stands.leased_until) == ("ok", FIRST, None)


def test_second_reading_keeps_only_what_changed(portal: PortalServer) -> None:
    portal.answer = made_up.socrata([kcmo(1), kcmo(2)])
    read(portal)
    portal.answer = made_up.socrata([kcmo(1, attribution="Finance"), kcmo(2)])

    result = read(portal, nights=1)

    assert (result.created, result.changed, result.withdrawn) == (0, 1, 0)
    assert versions("aaaa-0001")[1:] == [["publisher", "steward"]]
    assert len(versions("aaaa-0002")) == 1
    row = rows()["aaaa-0001"]
    assert (row.steward, row.first_seen_at, row.last_seen_at) == ("Finance", FIRST, FIRST + NIGHT)
    assert DatasetVersion.fold(list(row.versions.all())) == row.facts


def test_what_is_gone_is_withdrawn_and_what_returns_is_back(portal: PortalServer) -> None:
    for number, there in enumerate(([1, 2], [2], [1, 2])):
        portal.answer = made_up.socrata([kcmo(one) for one in there])
        read(portal, nights=number)

    assert versions("aaaa-0001")[1:] == [["withdrawn"], ["returned"]]
    assert rows()["aaaa-0001"].withdrawn_at is None


def test_a_license_taken_away_is_known_only_after_a_complete_reading(portal: PortalServer) -> None:
    portal.answer = made_up.socrata([kcmo(1), kcmo(2)])
    read(portal)
    blank = [kcmo(1, attribution=None), kcmo(2)]
    portal.answer = made_up.socrata(blank, stated=9)

    partial = read(portal, nights=1)

    assert not partial.is_complete
    assert rows()["aaaa-0001"].steward == "Office of Things"
    portal.answer = made_up.socrata(blank)
    read(portal, nights=2)
    row = rows()["aaaa-0001"]
    assert (row.steward, row.facts["publisher"]) == ("", "")
    assert versions("aaaa-0001")[1:] == [["publisher", "steward"]]
    assert DatasetVersion.fold(list(row.versions.all())) == row.facts


def test_a_reading_that_breaks_off_withdraws_nothing_and_says_so(portal: PortalServer) -> None:
    portal.answer = made_up.socrata([kcmo(1), kcmo(2)])
    read(portal)
    portal.answer = made_up.socrata([kcmo(3)], stated=3)

    result = read(portal, nights=1)

    assert (result.created, result.withdrawn, result.outcome.status) == (1, 0, "broken")
    assert all(row.withdrawn_at is None for row in rows().values())
    stands = city_portals.portal_of(KANSAS_CITY)
    assert (stands.status, stands.failures_in_a_row) == ("broken", 1)
    assert stands.last_complete_at == FIRST


def test_another_places_catalog_is_not_stored(portal: PortalServer) -> None:
    portal.answer = made_up.socrata([asset(1, domain="data.dallas.example")])

    result = read(portal)

    assert (result.outcome.status, rows()) == ("misconfigured", {})


def test_a_full_catalog_found_empty_is_believed_the_second_night(portal: PortalServer) -> None:
    portal.answer = made_up.socrata([kcmo(1)])
    read(portal)
    portal.answer = made_up.socrata([])

    first, second = read(portal, nights=1), read(portal, nights=2)

    assert (first.is_complete, first.withdrawn) == (False, 0)
    assert first.outcome.sentence == (
        "It lists nothing today, after 1 dataset. They are kept until another reading finds "
        "nothing again."
    )
    assert (second.is_complete, second.withdrawn) == (True, 1)


def test_columns_fetched_one_by_one_outlive_a_list_that_has_none(portal: PortalServer) -> None:
    portal.answer = lambda asked: Reply(catalog([entry(1, host="gis-pdx.opendata.arcgis.com")]))
    read(portal, slug="us-or/portland")
    row = CatalogDataset.objects.get()
    row.facts["columns"] = [{"name": "a", "label": "", "type": "", "description": ""}]
    row.save()

    read(portal, slug="us-or/portland", nights=1)

    assert [column.name for column in CatalogDataset.objects.get().record.columns] == ["a"]


def test_two_workers_do_not_read_one_portal_at_once(portal: PortalServer) -> None:
    city_portals.ensure_portals()
    shared = CityPortal.objects.filter(city_slug=KANSAS_CITY)
    shared.update(leased_until=FIRST + timedelta(minutes=1))

    with pytest.raises(sync.PortalBusyError):
        read(portal)

    assert portal.asked == []
    portal.answer = made_up.socrata([kcmo(1)])
    assert read(portal, nights=1).is_complete  # that worker is gone


def test_a_worker_that_lost_its_hold_writes_nothing_more(portal: PortalServer) -> None:
    portal.answer = made_up.socrata([kcmo(number) for number in range(600)])
    calls = iter(range(10))

    def taken_over() -> datetime:
        if next(calls) == 2:
            CityPortal.objects.update(leased_until=FIRST + 9 * NIGHT)
        return FIRST

    with pytest.raises(sync.LeaseLostError):
        sync.sync(
            city_portals.portal_of(KANSAS_CITY),
            now=taken_over,
            source=ReadingFrom(base_url=portal.base_url),
        )

    assert CatalogDataset.objects.count() == 500
    stands = city_portals.portal_of(KANSAS_CITY)
    assert (stands.status, stands.leased_until) == ("unverified", FIRST + 9 * NIGHT)


def test_a_night_begins_by_the_citys_clock_and_once() -> None:
    shared = city_portals.portal_of(KANSAS_CITY)
    shared.pk = 0  # the first in the list: at two in the morning, Chicago's
    two = datetime(2026, 11, 21, 8, tzinfo=UTC)
    shared.last_tried_at = two - NIGHT

    due = [city_portals.is_due(shared, at=two + timedelta(minutes=m)) for m in (-1, 0, 600)]
    shared.last_tried_at = two

    assert (due, city_portals.is_due(shared, at=two + timedelta(hours=9))) == (
        [False, True, True],
        False,
    )


def test_command_reads_and_says_what_came(portal: PortalServer) -> None:
    portal.answer = made_up.socrata([kcmo(number) for number in range(3)])
    out = io.StringIO()

    call_command("sync_portal", "kansas-city", "--base-url", portal.base_url + "/", stdout=out)

    assert out.getvalue().splitlines() == [
        "3 of 3 datasets read",
        "us-mo/kansas-city: Read. 3 datasets read. 3 new, 0 changed, 0 withdrawn.",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["concord"], "No portal of this city is known: there is nothing to read."),
        (["springfield"], "There is no city 'springfield'; there are us-ca/concord,"),
        (["kansas-city", "--base-url", "http://10.0.0.1"], "must begin with https://"),
        (["kansas-city", "--base-url", "ftp://127.0.0.1"], "is this machine"),
        (["kansas-city", "--newsroom", "Nobody"], "There is no newsroom 'Nobody'; there are"),
    ],
)
def test_command_that_cannot_read_says_why(arguments: list[str], sentence: str) -> None:
    NewsroomFactory()

    with pytest.raises(CommandError) as error:
        call_command("sync_portal", *arguments)

    assert sentence in str(error.value)


def test_command_fails_with_a_sentence_where_the_portal_does(portal: PortalServer) -> None:
    portal.in_turn(Reply(b"<html>Just a moment...</html>", 403, {"cf-mitigated": "challenge"}))

    with pytest.raises(CommandError) as error:
        call_command("sync_portal", "us-mo/kansas-city", "--base-url", portal.base_url)

    assert str(error.value).startswith(
        "us-mo/kansas-city: Refuses programs. It shows a test for people and lets no program in."
    )
