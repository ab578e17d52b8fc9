"""One step from a withdrawn dataset to the request for what was in it."""

from datetime import timedelta

import pytest

from requests_app.actions.catalog.withdrawn_datasets import ask_for_what_was_in_it
from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.models import RecordsRequest
from tests.catalog.catalogs import dataset, withdrawn
from tests.factories import NOW, member

pytestmark = pytest.mark.django_db


def test_the_draft_asks_for_rows_fields_and_the_decision() -> None:
    gone = dataset()
    withdrawn(gone, at=NOW + timedelta(days=1))

    request = ask_for_what_was_in_it(gone, by=Attribution(member(), NOW + timedelta(days=9)))

    assert (request.kind, request.office_role, request.state) == (
        "records", "records_custodian", "draft",
    )  # fmt: skip
    assert request.subject == "Withdrawn dataset: Building permits"
    rows = (
        "every row of the dataset “Building permits” (identifier abcd-1234), which the city’s "
        "catalog listed on November 2, 2026 and no longer listed on November 3, 2026, with these "
        "fields: Permit number; Issued"
    )
    assert request.particulars["what"].split("\n") == [
        rows,
        "the description of its fields and how it was kept, as of November 2, 2026",
        "records of the decision to withdraw it, with its reasons and the person who took it",
    ]
    assert request.cited_dataset.record == gone.record
    assert (
        "The dataset was published as “Building permits” (identifier: abcd-1234). On November 3, "
        "2026 the city’s catalog no longer listed it."
    ) in request.letter_text
    assert "As we saw it on November 2, 2026" in request.letter_text
    assert "is published as" not in request.letter_text


def test_what_is_published_is_asked_of_its_steward() -> None:
    with pytest.raises(Refused, match="still publishes"):
        ask_for_what_was_in_it(dataset(), by=Attribution(member(), NOW))

    assert not RecordsRequest.objects.exists()
