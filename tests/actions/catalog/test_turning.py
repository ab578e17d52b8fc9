"""A request to a steward turned into a records request, with everything carried over."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from requests_app.actions.catalog.turning import turn_into_records_request
from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.models import CitedDataset, RecordsRequest
from tests.catalog.trees import trees
from tests.data_requests import DATASET, asked_for_correction, asked_for_data
from tests.factories import NOW, draft, submitted

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=20)


def turned(request: RecordsRequest, *, keep_open: bool = True) -> RecordsRequest:
    by = Attribution(request.created_by, LATER)
    return turn_into_records_request(request, keep_open=keep_open, by=by)


def test_subject_what_fields_format_and_dataset_go_over() -> None:
    of = trees()
    request = asked_for_data(of)

    begun = turned(request)

    assert (begun.kind, begun.subject, begun.office_role) == (
        "records",
        "Building permits",
        "records_custodian",
    )
    assert begun.particulars["what"] == (
        "the data “Building permits”, with these fields: date applied for; contractor"
    )
    assert begun.particulars["format"] == "CSV"
    assert CitedDataset.objects.get(records_request=begun).dataset == of
    assert (begun.continues, request.continued_by.get()) == (request, begun)


def test_letter_says_of_whom_it_was_first_asked_and_when() -> None:
    begun = turned(asked_for_correction(trees()))

    assert "We first asked the Parks Department for this data on November 2, 2026." in (
        begun.letter_text
    )


def test_what_never_left_was_not_asked() -> None:
    begun = turned(submitted(sent=False, **DATASET))

    assert "We first asked" not in begun.letter_text


def test_enclosures_go_along() -> None:
    shot = SimpleUploadedFile("rows.txt", b"row 210", content_type="text/plain")
    request = asked_for_correction(files=(shot,))

    begun = turned(request)

    assert [file.name for file in begun.attachments.with_the_request()] == ["rows.txt"]


@pytest.mark.parametrize(("keep_open", "state"), [(True, "submitted"), (False, "withdrawn")])
def test_request_to_the_steward_ends_only_if_the_person_says_so(
    keep_open: bool, state: str
) -> None:
    request = asked_for_data()

    begun = turned(request, keep_open=keep_open)

    request.refresh_from_db()
    assert request.state == state
    event = request.events.get(kind="turned_into_records_request")
    assert event.data == {"reference": begun.reference, "public_id": begun.public_id}


@pytest.mark.parametrize("of", ["records", "draft"])
def test_only_a_filed_request_for_data_is_turned(of: str) -> None:
    request = submitted() if of == "records" else draft(**DATASET)

    with pytest.raises(Refused, match="Only a request for data that was filed"):
        turned(request)

    assert RecordsRequest.objects.count() == 1
