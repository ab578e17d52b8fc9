"""One dataset's page: what is stated and what is not, the queries, what changed."""

from dataclasses import fields
from datetime import timedelta

import pytest
from django.urls import reverse

from cities.portals.dataset_record import DatasetRecord, Distribution
from requests_app.models import CatalogDataset, RecordsRequest, Role
from tests.catalog.catalogs import dataset, portal, read_again, withdrawn
from tests.factories import NOW, member
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db


def page_of(one: CatalogDataset, role: str = Role.REPORTER) -> str:
    return flat(signed_in(member(role)).get(reverse("dataset_page", args=[one.pk])))


def test_what_the_portal_states_stands_on_the_page() -> None:
    page = page_of(dataset())

    for words in (
        "Building permits", "abcd-1234", "Planning Department", "Public Domain", "Weekly",
        "data updated October 30, 2026", "Permit number", "Calendar date", "1,200",
        'href="https://data.kcmo.example/abcd-1234.csv"',
    ):  # fmt: skip
        assert words in page, words


def test_what_the_portal_does_not_state_is_said_to_be_not_stated() -> None:
    bare = DatasetRecord("bare-0001", "Bare")
    told = {one.name: getattr(bare, one.name) for one in fields(bare)}

    page = page_of(dataset(days=None, **told))

    # what it is, columns, its page, exports, API, steward, contact, license, updated, day, rows
    assert page.count("not stated by the portal") == 11


def test_a_portals_word_opens_no_program() -> None:
    bad = "javascript:alert(1)"
    hostile = dataset(
        landing_url=bad,
        license_url=bad,
        contact_url=bad,
        description="<script>alert(1)</script>",
        distributions=(Distribution("Bad link", bad, "file"),),
    )

    page = page_of(hostile)

    assert "javascript:" not in page
    assert "<script>alert" not in page
    assert "without an address that can be opened" in page


def test_the_query_stands_there_to_copy_and_as_a_file() -> None:
    one = dataset()
    client = signed_in(member())
    page = client.get(reverse("dataset_page", args=[one.pk])).content.decode()

    file = client.get(reverse("dataset_query", args=[one.pk, "sh"]))

    assert 'data-copy="query-curl" hidden>Copy</button>' in page
    assert reverse("dataset_query", args=[one.pk, "py"]) in page
    assert file.headers["Content-Disposition"] == f'attachment; filename="dataset-{one.pk}.sh"'
    assert file.content.decode().startswith(
        "curl --get --fail https://data.kcmo.example/resource/abcd-1234.json"
    )
    assert client.get(reverse("dataset_query", args=[one.pk, "exe"])).status_code == 404


def test_it_leads_to_each_kind_of_request() -> None:
    one = dataset()

    page = page_of(one)

    for kind in ("dataset", "correction", "access", "records"):
        assert f"/requests/new/?kind={kind}&amp;dataset={one.pk}" in page, kind


def test_a_researcher_is_offered_no_request() -> None:
    assert "/requests/new/" not in page_of(dataset(), Role.RESEARCHER)


def test_a_withdrawn_one_says_so_and_one_step_drafts_the_request() -> None:
    one = dataset()
    withdrawn(one, at=NOW)
    rosa = member()
    client = signed_in(rosa)
    page = flat(client.get(reverse("dataset_page", args=[one.pk])))

    answer = client.post(reverse("withdrawn_dataset_records", args=[one.pk]))

    assert "The city no longer lists this dataset." in page
    assert "Ask for what was in it" in page
    assert "Ask for rows" not in page  # there are none to be had
    made = RecordsRequest.objects.get()
    assert answer.headers["Location"] == reverse("request_edit", args=[made.public_id])
    assert made.subject in flat(client.get(reverse("dataset_page", args=[one.pk])))


def test_two_days_are_compared() -> None:
    one = dataset()
    middle = read_again(one, at=NOW - timedelta(days=5), license_text="", row_count=1300)
    last = read_again(one, at=NOW, row_count=900)
    client = signed_in(member())
    history = reverse("dataset_history", args=[one.pk])

    newest = flat(client.get(history))
    chosen = flat(client.get(f"{history}?old={last.pk}&new={one.versions.earliest('pk').pk}"))

    assert "Rows changed from 1,300 to 900: 400 fewer." in newest
    assert "Rows changed from 1,200 to 900: 300 fewer." in chosen
    assert "License changed from “Public Domain” to not stated." in chosen
    assert client.get(f"{history}?old={middle.pk}&new=0").status_code == 404


def test_the_page_asks_a_fixed_number_of_queries(django_assert_max_num_queries: object) -> None:
    one = dataset(portal())
    for number in range(20):
        read_again(one, at=NOW + timedelta(minutes=number), row_count=number)
    client = signed_in(member())

    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(reverse("dataset_page", args=[one.pk]))


def test_a_contact_is_written_to() -> None:
    assert '<a href="mailto:gis@kcmo.example">gis@kcmo.example</a>' in page_of(
        dataset(contact_email="gis@kcmo.example")
    )
