"""Beginning a request: what its form asks for, and the draft that comes of it."""

import pytest
from django.test import Client

from requests_app.models import RecordsRequest
from tests.factories import draft, member
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db


def _html(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_new_request_shows_the_fields_of_its_kind_and_the_offices_of_its_city() -> None:
    client = signed_in(member())

    page = _html(client, "/requests/new/?city=us-mo/kansas-city&kind=correction")

    assert 'name="what_is_wrong"' in page
    assert 'name="fee_limit"' not in page
    assert "Custodian of Records" in page


def test_new_request_begins_a_draft_with_its_letter() -> None:
    reporter = member()
    client = signed_in(reporter)
    told = {
        "city": "us-ct/stamford",
        "kind": "records",
        "office_role": "city_clerk",
        "subject": "Towing invoices",
        "what": "every towing invoice of 2025",
        "fee_limit": "50.00",
    }

    answer = client.post("/requests/new/", told)

    rr = RecordsRequest.objects.get()
    assert answer.headers["Location"] == f"/requests/{rr.public_id}/edit/"
    assert "every towing invoice of 2025" in rr.letter_text
    assert rr.particulars["fee_limit"] == "50.00"


def test_new_request_says_what_is_missing() -> None:
    answer = signed_in(member()).post("/requests/new/", {"kind": "records", "subject": "x"})

    assert answer.status_code == 422
    assert not RecordsRequest.objects.exists()


def test_a_draft_shows_the_clock_it_would_start() -> None:
    rr = draft()

    page = _html(signed_in(rr.created_by), f"/requests/{rr.public_id}/edit/")

    # Filed on Monday, November 2; four business days after it.
    assert "If you file today" in page
    assert "Fri Nov 6" in page
    assert "§ 1-206(a)" in page
