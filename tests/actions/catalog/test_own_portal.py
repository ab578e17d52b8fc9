"""A newsroom's own portal of a city, and a list that it kept by hand."""

import httpx
import pytest
from django.core.exceptions import PermissionDenied

from cities.portals import ckan
from cities.portals.csv_list import CsvFaultsError
from cities.portals.dataset_record import DatasetRecord
from requests_app.actions.catalog import own_portal
from requests_app.actions.catalog.own_portal import EnteredPortal
from requests_app.actions.errors import Refused
from requests_app.catalog.reading import city_portals, columns, trial
from requests_app.catalog.reading.sync import ReadingFrom
from requests_app.catalog.reading.writing import CatalogWriter
from requests_app.ledger.attribution import Attribution
from requests_app.models import CatalogDataset, CityPortal, Newsroom, PortalPlatform, Role
from tests.factories import NOW, NewsroomFactory, member
from tests.portals import made_up

pytestmark = pytest.mark.django_db

STAMFORD = "us-ct/stamford"
OURS = EnteredPortal("socrata", "https://data.franklin.example")
LIST = b"identifier,title\np-1,Permits\nt-1,Trees\n"


@pytest.fixture
def editor() -> Attribution:
    return Attribution(member(Role.EDITOR), NOW)


def newsroom_of(by: Attribution) -> Newsroom:
    return by.user.membership.newsroom


def read_for(newsroom: Newsroom) -> list[tuple[str, str]]:
    rows = CityPortal.objects.for_newsroom(newsroom).filter(city_slug=STAMFORD)
    return [(row.platform, row.base_url) for row in rows]


def test_own_portal_is_read_for_this_newsroom_alone_and_given_up_in_one_step(
    editor: Attribution,
) -> None:
    city_portals.ensure_portals()
    ours, others = newsroom_of(editor), NewsroomFactory.create()
    packs = [("ckan", "https://api.cloud.portaljs.com/@stamfordct")]

    own_portal.set_portal(ours, STAMFORD, OURS, by=editor)

    assert read_for(ours) == [("socrata", "https://data.franklin.example")]
    assert read_for(others) == packs
    own_portal.use_the_packs(ours, STAMFORD, by=editor)
    assert read_for(ours) == packs
    with pytest.raises(Refused, match="has set no portal"):
        own_portal.use_the_packs(ours, STAMFORD, by=editor)


def test_set_again_after_it_was_given_up_it_keeps_its_catalog(editor: Attribution) -> None:
    ours = newsroom_of(editor)
    portal = own_portal.set_portal(ours, STAMFORD, OURS, by=editor)
    CatalogWriter(portal, NOW).write([made_up_record("1")])
    own_portal.use_the_packs(ours, STAMFORD, by=editor)

    assert CatalogDataset.objects.for_newsroom(ours).count() == 0
    own_portal.set_portal(ours, STAMFORD, OURS, by=editor)
    assert CatalogDataset.objects.for_newsroom(ours).published().count() == 1


def test_another_address_takes_the_old_ones_datasets_off_and_says_why(
    editor: Attribution,
) -> None:
    ours = newsroom_of(editor)
    portal = own_portal.set_portal(ours, STAMFORD, OURS, by=editor)
    CatalogWriter(portal, NOW).write([made_up_record("1")])

    own_portal.set_portal(ours, STAMFORD, EnteredPortal("ckan", "https://x.example"), by=editor)

    (row,) = CatalogDataset.objects.for_newsroom(ours)
    assert row.withdrawn_at == NOW
    assert row.versions.last().changed == ["withdrawn", "portal_changed"]


@pytest.mark.parametrize(
    ("entered", "sentence"),
    [
        (EnteredPortal("by_hand", "https://x.example"), "Choose the platform"),
        (EnteredPortal("ckan", "http://x.example"), "must begin with https://"),
        (EnteredPortal("ckan", "https://127.0.0.1"), "is this machine"),
    ],
)
def test_an_address_that_may_not_be_read_is_refused(
    editor: Attribution, entered: EnteredPortal, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        own_portal.set_portal(newsroom_of(editor), STAMFORD, entered, by=editor)

    assert CityPortal.objects.count() == 0


def test_a_reporter_sets_no_portal() -> None:
    reporter = Attribution(member(), NOW)

    with pytest.raises(PermissionDenied):
        own_portal.set_portal(newsroom_of(reporter), STAMFORD, OURS, by=reporter)


def test_a_trial_reading_stores_nothing_and_shows_whose_they_are(editor: Attribution) -> None:
    body = {"results": [made_up.asset(n) for n in range(3)], "resultSetSize": 3}
    answers = httpx.MockTransport(lambda request: httpx.Response(200, json=body))

    found = trial.look_at(OURS.address(), ReadingFrom(transport=answers))

    assert found.outcome is not None
    assert (found.outcome.sentence, found.publishers) == (
        "3 datasets read.",
        [("Office of Things", 3)],
    )
    assert (found.may_be_kept, CatalogDataset.objects.count()) == (True, 0)


def test_a_trial_reading_of_anothers_catalog_may_not_be_kept() -> None:
    body = {"results": [made_up.asset(1, domain="x.example")], "resultSetSize": 1}
    answers = httpx.MockTransport(lambda request: httpx.Response(200, json=body))

    found = trial.look_at(OURS.address(), ReadingFrom(transport=answers))

    assert found.outcome is not None
    assert (found.outcome.status, found.may_be_kept) == ("misconfigured", False)


def test_list_by_hand_is_the_catalog_and_again_changes_nothing(editor: Attribution) -> None:
    ours = newsroom_of(editor)

    first = own_portal.load_list(ours, STAMFORD, LIST, by=editor)
    later = Attribution(editor.user, NOW.replace(year=NOW.year + 1))
    again = own_portal.load_list(ours, STAMFORD, LIST, by=later)
    shorter = own_portal.load_list(ours, STAMFORD, LIST[:29], by=Attribution(
        editor.user, NOW.replace(year=NOW.year + 2)))  # fmt: skip

    assert [str(loaded) for loaded in (first, again, shorter)] == [
        "2 datasets in the list: 2 new, 0 changed.",
        "2 datasets in the list: 0 new, 0 changed.",
        "1 dataset in the list: 0 new, 0 changed, 1 withdrawn.",
    ]
    assert shorter.withdrawn == ("Trees",)
    portal = CityPortal.objects.for_newsroom(ours).get(city_slug=STAMFORD)
    assert (portal.platform, portal.status) == (PortalPlatform.BY_HAND, "ok")


def test_list_with_a_fault_loads_nothing(editor: Attribution) -> None:
    with pytest.raises(CsvFaultsError):
        own_portal.load_list(newsroom_of(editor), STAMFORD, LIST + b"p-1,Again\n", by=editor)

    assert CatalogDataset.objects.count() == 0


def test_columns_of_one_dataset_are_asked_for_and_kept(editor: Attribution) -> None:
    entered = EnteredPortal("ckan", "https://data.franklin.example")
    portal = own_portal.set_portal(newsroom_of(editor), STAMFORD, entered, by=editor)
    record = ckan.to_record(made_up.package(1), "p", entered.address())
    CatalogWriter(portal, NOW).write([record])
    row = CatalogDataset.objects.get()
    body = {"success": True, "result": {"fields": [{"id": "opened", "type": "date"}]}}
    source = ReadingFrom(
        transport=httpx.MockTransport(lambda request: httpx.Response(200, json=body))
    )

    columns.fetch_columns(row, at=NOW, source=source)

    row.refresh_from_db()
    assert [(column.name, column.type) for column in row.record.columns] == [("opened", "date")]
    assert [version.changed for version in row.versions.all()][1:] == [["columns"]]


def test_columns_that_cannot_be_had_are_said(editor: Attribution) -> None:
    portal = own_portal.set_portal(newsroom_of(editor), STAMFORD, OURS, by=editor)
    CatalogWriter(portal, NOW).write([made_up_record("1")])

    with pytest.raises(columns.ColumnsUnknownError, match="does not tell the columns"):
        columns.fetch_columns(CatalogDataset.objects.get(), at=NOW)


def made_up_record(identifier: str) -> DatasetRecord:
    return DatasetRecord(identifier, f"Dataset {identifier}")
