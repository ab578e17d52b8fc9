"""A city's datasets as a page: searched, paged, and honest of what could not be checked."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.actions.catalog import following
from requests_app.catalog.dataset_search import DatasetSearch
from requests_app.ledger.attribution import Attribution
from requests_app.models import CatalogDataset, DatasetWatch, Role
from tests.catalog.catalogs import KANSAS_CITY, dataset, portal, withdrawn
from tests.factories import NOW, member
from tests.views.conftest import flat, signed_in
from tests.views.test_long_lists import keys_on

pytestmark = pytest.mark.django_db

LIST = "/cities/us-mo/kansas-city/datasets/"
MOST = 15


def many(count: int) -> None:
    """So many datasets, of each of which the first is withdrawn, stale or of no known day."""
    of = portal()
    first = dataset(of)
    rows = [
        CatalogDataset(
            portal=of,
            external_id=f"more-{n:04}",
            title=f"Dataset {n}",
            steward=f"Department {n % 7}",
            data_updated_at=NOW - timedelta(days=n) if n % 3 else None,
            cadence_days=(1, 7, 30, None)[n % 4],
            facts=first.facts,
            facts_sha256="0" * 64,
            first_seen_at=NOW,
            last_seen_at=NOW,
            withdrawn_at=NOW if n % 9 == 0 else None,
        )
        for n in range(1, count)
    ]
    CatalogDataset.objects.bulk_create(rows)


def test_pages_ask_as_many_queries_whatever_is_stored() -> None:
    client = signed_in(member(Role.EDITOR))
    counts = []
    for count in (3, 60):
        CatalogDataset.objects.exclude(versions__isnull=False).delete()
        if count == 3:
            many(count)
        else:
            of = portal()
            for n in range(57):
                dataset(of, external_id=f"some-{n}", title=f"Some {n}")
        for page in (LIST + "?q=e&state=stale", reverse("catalog"), reverse("catalog_coverage")):
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            counts.append(len(asked))

    assert counts[:3] == counts[3:]
    assert max(counts) <= MOST


def test_every_dataset_stands_on_one_page_the_newest_data_first() -> None:
    many(60)
    client = signed_in(member())

    pages = keys_on(client, LIST, r'class="subject" href="/datasets/(\d+)/"')

    assert [len(keys) for keys in pages] == [25, 25, 10]
    keys = [key for page_keys in pages for key in page_keys]
    by_data = sorted(
        CatalogDataset.objects.all(),
        key=lambda one: (one.data_updated_at is not None, one.data_updated_at or NOW, one.pk),
        reverse=True,
    )
    undated = [one.pk for one in by_data if one.data_updated_at is None]
    assert keys[: 60 - len(undated)] == [one.pk for one in by_data if one.data_updated_at]
    assert sorted(keys[60 - len(undated) :]) == sorted(undated)


def test_stale_and_withdrawn_say_so_and_can_be_asked_for() -> None:
    of = portal()
    dataset(of, title="Old one", data_updated_at=NOW - timedelta(days=30))
    withdrawn(dataset(of, external_id="gone-0001", title="Gone one"))
    client = signed_in(member())

    page = flat(client.get(LIST))
    stale = flat(client.get(LIST + "?state=stale"))

    assert (page.count('class="clock soon">stale<'), page.count(">withdrawn<")) == (1, 1)
    assert "Old one" in stale
    assert "Gone one" not in stale


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("unverified", "The desk has not read this catalog yet."),
        ("misconfigured", "The address shows another place’s catalog"),
        ("blocked", "The portal turns programs away."),
        ("unreachable", "The portal did not answer."),
        ("broken", "The portal answered what the desk cannot read."),
        ("none", "No catalog of this city’s was found."),
    ],
)
def test_what_could_not_be_checked_is_never_nothing_found(status: str, sentence: str) -> None:
    portal(status=status, last_complete_at=None)

    page = flat(signed_in(member()).get(LIST + "?q=permits"))

    assert "We could not check what Kansas City publishes." in page
    assert sentence in page
    assert "As the catalog could not be checked, the city may publish it all the same." in page
    assert "Nothing is published" not in page


def test_a_city_without_a_documented_endpoint_says_so_and_takes_one() -> None:
    portal(status="none", last_complete_at=None)
    sentence = "knows no endpoint that the city documents."
    path = "/cities/us-mo/kansas-city/portal/"

    reporters, editors = (
        flat(signed_in(member(role)).get(LIST)) for role in ("reporter", "editor")
    )

    assert (sentence in reporters, sentence in editors) == (True, True)
    assert "?city=us-mo/kansas-city&amp;kind=access" in reporters
    assert (f'href="{path}"' in reporters, f'href="{path}"' in editors) == (False, True)


def test_a_city_without_a_portal_could_not_be_checked() -> None:
    page = flat(signed_in(member()).get(LIST))

    assert "We could not check what Kansas City publishes." in page


def test_an_old_copy_says_of_when_it_is() -> None:
    dataset(portal(status="unreachable", status_reason="It did not answer for ten seconds."))

    page = flat(signed_in(member()).get(LIST))

    assert "It did not answer for ten seconds." in page
    assert "when the catalog was last read whole" in page
    assert "Building permits" in page


def test_a_whole_reading_that_found_none_says_so() -> None:
    portal(status="empty")

    page = flat(signed_in(member()).get(LIST))

    assert "Nothing is published." in page
    assert "{{" not in page
    assert "could not check" not in page


def test_one_newsroom_sees_nothing_of_anothers_portal() -> None:
    ours = member()
    dataset(portal(), title="The shared one")
    dataset(portal(newsroom=ours.membership.newsroom), title="Our own")

    assert "Our own" in flat(signed_in(ours).get(LIST))
    assert "The shared one" not in flat(signed_in(ours).get(LIST))
    assert "The shared one" in flat(signed_in(member()).get(LIST))
    assert "Our own" not in flat(signed_in(member()).get(LIST))


def test_a_search_is_followed_from_the_list() -> None:
    dataset()
    rosa = member()
    client = signed_in(rosa)
    assert "Follow this search" in flat(client.get(LIST + "?q=permits"))

    answer = client.post(LIST + "follow/", {"q": "permits", "theme": "", "steward": ""})

    assert answer.headers["Location"] == LIST + "?q=permits"
    watch = DatasetWatch.objects.get()
    assert (watch.user, watch.city_slug, watch.search) == (rosa, KANSAS_CITY, "q=permits")
    assert "You follow this search" in flat(client.get(LIST + "?q=permits"))


def test_the_menu_and_the_citys_page_lead_there() -> None:
    client = signed_in(member())

    page = flat(client.get("/cities/us-mo/kansas-city/"))

    assert f'href="{LIST}"' in page
    assert 'href="/datasets/"' in page


def test_followed_is_counted_beside_the_tabs(django_assert_num_queries: Any) -> None:
    rosa = member()
    following.follow_search(KANSAS_CITY, DatasetSearch(q="x"), by=Attribution(rosa, NOW))

    assert "1 datasets" not in flat(signed_in(rosa).get(reverse("catalog")))
