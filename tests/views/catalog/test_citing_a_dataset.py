"""A request that is begun from a dataset of the catalog."""

import re

import pytest
from django.test import Client

from requests_app.models import CitedDataset, RecordsRequest
from tests.catalog.trees import trees
from tests.factories import member
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db
TYPED = {
    "city": "us-mo/kansas-city",
    "kind": "correction",
    "office_role": "department",
    "subject": "Wrong streets",
    "dataset_title": "Street Tree Inventory",
    "what_is_wrong": "Rows 210 to 260 name the wrong street.",
}


def _page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_form_begins_with_what_the_catalog_says_and_to_the_office_it_names() -> None:
    of = trees()

    page = _page(signed_in(member()), f"/requests/new/?kind=correction&dataset={of.pk}")

    assert 'value="Correction of “Street Tree Inventory”"' in page
    assert 'name="dataset_title" value="Street Tree Inventory"' in page
    assert 'name="dataset_identifier" value="k7rx-29qm"' in page
    assert f'name="cites" value="{of.pk}"' in page
    assert "<dt>Steward</dt><dd>Parks Department</dd>" in page
    assert "<dt>Contact</dt><dd>trees@city.example</dd>" in page
    chosen = re.findall(r'<input[^>]*name="office_role"[^>]*checked[^>]*>', page)
    assert ['value="department"' in one for one in chosen] == [True]


def test_draft_cites_the_dataset_that_its_form_names() -> None:
    of = trees()

    signed_in(member()).post("/requests/new/", {**TYPED, "cites": str(of.pk)})

    assert CitedDataset.objects.get().records_request == RecordsRequest.objects.get()
    assert "https://data.city.example/d/k7rx-29qm" in RecordsRequest.objects.get().letter_text


def test_number_of_no_readable_dataset_is_left_alone() -> None:
    signed_in(member()).post("/requests/new/", {**TYPED, "cites": "99"})

    assert RecordsRequest.objects.count() == 1
    assert not CitedDataset.objects.exists()


def test_another_city_leaves_the_dataset_out_of_the_form() -> None:
    of = trees()

    page = (
        signed_in(member())
        .post("/requests/new/", {**TYPED, "cites": of.pk, "city": "us-or/portland", "do": "change"})
        .content.decode()
    )

    assert 'name="cites"' not in page
