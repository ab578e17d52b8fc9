"""A request that cites a dataset of the city's catalog: its letter names it as it was seen."""

from datetime import timedelta
from typing import Any

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.requests import submission
from requests_app.actions.requests.drafting import Basis
from requests_app.ledger.attribution import Attribution
from requests_app.models import CitedDataset, RecordsRequest
from tests.catalog.trees import KANSAS_CITY, read_again, trees
from tests.factories import BY_EMAIL, NOW, draft, member

pytestmark = pytest.mark.django_db
CORRECTION: dict[str, Any] = {
    "city_slug": KANSAS_CITY,
    "kind": "correction",
    "office_role": "department",
    "subject": "Wrong streets",
    "particulars": {
        "dataset_title": "Street Tree Inventory",
        "dataset_identifier": "k7rx-29qm",
        "what_is_wrong": "Rows 210 to 260 name the wrong street.",
    },
}


def correction() -> RecordsRequest:
    return draft(member(), basis=Basis(trees()), **CORRECTION)


def test_letter_names_the_dataset_its_address_and_its_state_as_seen() -> None:
    text = correction().letter_text

    assert "Street Tree Inventory (identifier: k7rx-29qm)" in text
    assert "Its page: https://data.city.example/d/k7rx-29qm" in text
    assert (
        "As we saw it on November 2, 2026: last updated November 1, 2026; cadence stated: daily."
        in text
    )


def test_what_the_portal_does_not_state_is_not_in_the_letter() -> None:
    of = trees()
    read_again(of, at=NOW, cadence_text="", landing_url="")

    text = draft(member(), basis=Basis(of), **CORRECTION).letter_text

    assert "Its page" not in text
    assert "last updated November 1, 2026; no cadence stated." in text


def test_metadata_is_kept_as_cited_and_looked_at_again_when_the_request_is_filed() -> None:
    request = correction()
    read_again(CitedDataset.objects.get().dataset, at=NOW, row_count=1300)
    assert CitedDataset.objects.get().record.row_count == 1200

    later = NOW + timedelta(hours=3)
    submission.submit(request, by=Attribution(request.created_by, later), sending=BY_EMAIL)

    cited = CitedDataset.objects.get(records_request=request)
    assert (cited.record.row_count, cited.cited_at) == (1300, later)


def test_dataset_of_another_city_is_refused_and_nothing_is_begun() -> None:
    of = trees("us-or/portland")

    with pytest.raises(Refused, match="is not a dataset of Kansas City’s: choose the city"):
        draft(member(), basis=Basis(of), **CORRECTION)

    assert not RecordsRequest.objects.exists()
