"""The pages of a request to a steward: who comes next, the law's own way, and “fixed?”."""

from datetime import timedelta

import pytest
from django.test import Client

from requests_app.actions.requests.drafting import Basis
from requests_app.catalog.corrections import propose_fixed
from requests_app.models import CatalogDataset, DatasetVersion, RecordsRequest
from tests.catalog.trees import read_again, trees
from tests.data_requests import CORRECTION, asked_for_correction, asked_for_data
from tests.factories import NOW, draft, member
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db


def _page(client: Client, url: str) -> str:
    return flat(client.get(url))


def _changed(of: CatalogDataset) -> DatasetVersion:
    version = read_again(of, at=NOW + timedelta(seconds=1), row_count=1190)
    propose_fixed(of.portal)
    return version


def test_page_says_that_no_law_counts_and_offers_the_chain_and_the_law() -> None:
    request = asked_for_data(trees())

    page = _page(signed_in(request.created_by), f"/requests/{request.public_id}/")

    assert "About “Street Tree Inventory” (k7rx-29qm), as seen Nov 2, 2026" in page
    assert f"/requests/{request.public_id}/record/escalated/" in page
    assert f"/requests/{request.public_id}/records-request/" in page
    assert "no law sets a clock here" in page
    assert "<h2>Clock</h2>" not in page


def test_records_request_has_none_of_it() -> None:
    request = draft()

    page = _page(signed_in(request.created_by), f"/requests/{request.public_id}/")

    assert "records-request/" not in page


def test_letter_to_the_steward_goes_to_the_address_on_the_datasets_page() -> None:
    request = asked_for_correction(trees())

    page = _page(signed_in(request.created_by), f"/requests/{request.public_id}/record/follow-up/")

    assert "trees@city.example" in page
    assert "Parks Department" in page


def test_escalation_is_written_to_whoever_comes_next() -> None:
    request = asked_for_data()

    page = _page(signed_in(request.created_by), f"/requests/{request.public_id}/record/escalated/")

    assert "Manager of the department listed on the dataset" in page
    assert "On November 2, 2026, we wrote to the Chief Data Officer" in page


def test_turned_requests_name_each_other() -> None:
    request = asked_for_data()
    client = signed_in(request.created_by)

    answer = client.post(f"/requests/{request.public_id}/records-request/", {"before": "keep"})

    begun = RecordsRequest.objects.get(continues=request)
    assert answer.headers["Location"] == f"/requests/{begun.public_id}/edit/"
    assert begun.reference in _page(client, f"/requests/{request.public_id}/")
    assert f"/requests/{request.public_id}/" in _page(client, f"/requests/{begun.public_id}/")


def test_change_of_the_dataset_is_the_next_step_and_says_what_changed() -> None:
    of = trees()
    request = asked_for_correction(of)
    version = _changed(of)
    client = signed_in(request.created_by)

    stands = _page(client, f"/requests/{request.public_id}/")
    change = _page(client, f"/requests/{request.public_id}/dataset-change/")

    assert "Fixed?" in stands
    assert "Rows changed from 1,200 to 1,190: 10 fewer." in change
    assert f'name="version" value="{version.pk}"' in change


@pytest.mark.parametrize(
    ("result", "state"),
    [("fixed", "closed"), ("partly", "submitted"), ("not_fixed", "submitted")],
)
def test_one_press_settles_it(result: str, state: str) -> None:
    of = trees()
    request = asked_for_correction(of)
    version = _changed(of)

    signed_in(request.created_by).post(
        f"/requests/{request.public_id}/dataset-change/",
        {"version": version.pk, "result": result, "note": "Row 210."},
    )

    request.refresh_from_db()
    assert request.state == state


def test_guides_ways_are_named_where_it_is_sent_and_one_of_them_opens_the_datasets_page() -> None:

    request = draft(member(), basis=Basis(trees()), **CORRECTION)
    client, url = signed_in(request.created_by), f"/requests/{request.public_id}/submit/"

    chosen = _page(client, f"{url}?channel=portal&way=2")

    assert "How Kansas City is asked" in chosen
    assert "Text for: A comment on the dataset" in chosen
    assert 'href="https://data.city.example/d/k7rx-29qm"' in chosen
    client.post(
        f"{url}?channel=portal&way=2",
        {"channel": "portal", "handed_over_on": "2026-11-02", "confirmation": "C-17", "version": 1},
    )
    sent = request.deliveries.get()
    assert (sent.channel, sent.to, sent.state, sent.confirmation) == (
        "portal",
        "https://data.city.example/d/k7rx-29qm",
        "sent",
        "C-17",
    )


def test_what_the_city_did_is_said_of_a_request_for_data() -> None:
    request = asked_for_data()
    client = signed_in(request.created_by)
    url = f"/requests/{request.public_id}/record/granted/"

    asked = _page(client, url)
    client.post(url, {"on": "2026-11-02", "channel": "email", "outcome": "fields_added"})

    assert "The city did what we asked" in asked
    assert "Kansas City added the fields." in _page(client, f"/requests/{request.public_id}/")
