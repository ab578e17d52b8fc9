"""Beginning a request: what its form asks for, and the draft that comes of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from requests_app.actions.errors import Refused
from requests_app.actions.requests import attachments
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


def _correction(**fields: object) -> dict[str, object]:
    return {
        "city": "us-ct/stamford",
        "kind": "correction",
        "office_role": "dataset_steward",
        "subject": "Parking lots",
        "dataset_title": "Lots",
        "what_is_wrong": "Forty rows are missing.",
        "evidence": SimpleUploadedFile("rows.csv", b"1,2", "text/csv"),
        **fields,
    }


def test_a_correction_is_begun_with_its_evidence() -> None:
    answer = signed_in(member()).post("/requests/new/", _correction())

    rr = RecordsRequest.objects.get()
    assert answer.headers["Location"] == f"/requests/{rr.public_id}/edit/"
    assert [(file.name, file.is_enclosure) for file in rr.attachments.all()] == [("rows.csv", True)]


def test_a_correction_whose_evidence_cannot_be_kept_is_not_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full_disk(*args: object, **kwargs: object) -> None:
        raise Refused("The disk is full: nothing was kept. Try again later.")

    monkeypatch.setattr(attachments, "attach", full_disk)

    answer = signed_in(member()).post("/requests/new/", _correction())

    assert answer.status_code == 422
    assert "The disk is full: nothing was kept." in answer.content.decode()
    assert not RecordsRequest.objects.exists()


def test_wrong_details_and_wrong_particulars_are_both_said_at_once() -> None:
    told = _correction(subject="x" * 201, what_is_wrong="")

    page = signed_in(member()).post("/requests/new/", told).content.decode()

    assert "at most 200 characters" in page
    assert "This field is required." in page


def test_details_that_are_refused_leave_the_draft_and_its_heading_as_they_were() -> None:
    rr = draft(subject="Towing invoices")
    told = {"do": "details", "subject": "Other", "office_role": rr.office_role, "what": ""}

    answer = signed_in(rr.created_by).post(f"/requests/{rr.public_id}/edit/", told)

    assert answer.status_code == 422
    assert "<h1>Towing invoices</h1>" in answer.content.decode()
    rr.refresh_from_db()
    assert rr.subject == "Towing invoices"
