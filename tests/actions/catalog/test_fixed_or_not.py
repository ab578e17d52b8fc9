"""A dataset that changes after its correction was asked for: is it fixed?"""

from datetime import timedelta

import pytest

from requests_app.actions.catalog.fixed_or_not import settle_change
from requests_app.actions.errors import Refused
from requests_app.catalog.corrections import propose_fixed
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.changed_datasets import changed_since_asked
from requests_app.models import CatalogDataset, DatasetVersion, Headline, RecordsRequest
from requests_app.vocabulary.dataset_answers import CheckedChange
from tests.catalog.trees import read_again, trees
from tests.data_requests import asked_for_correction
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=9)


def seen(of: CatalogDataset, days: int, **facts: object) -> DatasetVersion:
    """As the nightly reading leaves it: the version, and the headlines renewed."""
    version = read_again(of, at=NOW + timedelta(days=days), **facts)
    propose_fixed(of.portal)
    return version


def settled(request: RecordsRequest, result: CheckedChange, version: int) -> None:
    settle_change(
        request, result=result, version=version, by=Attribution(request.created_by, LATER)
    )


def step(request: RecordsRequest) -> tuple[str, int | None]:
    on = LATER.date()
    row = Headline.objects.get(records_request=request, from_on__lte=on, until_on__gte=on)
    return row.step, row.subject


def test_change_after_the_letter_is_the_next_step() -> None:
    of = trees()
    request = asked_for_correction(of)

    version = seen(of, 5, row_count=1190)

    assert step(request) == ("is_it_fixed", version.pk)


def test_change_before_the_letter_and_one_of_another_dataset_are_none() -> None:
    of = trees()
    seen(of, -1, row_count=1100)
    request = asked_for_correction(of)

    assert step(request)[0] == "wait"
    assert changed_since_asked([request]) == {}


def test_fixed_closes_the_request_as_corrected_at_our_request() -> None:
    of = trees()
    request = asked_for_correction(of)
    version = seen(of, 5, row_count=1190)

    settled(request, CheckedChange.FIXED, version.pk)

    request.refresh_from_db()
    granted = request.events.get(kind="granted")
    assert (request.state, granted.data["outcome"], granted.data["version"]) == (
        "closed",
        "corrected",
        version.pk,
    )


@pytest.mark.parametrize("result", [CheckedChange.NOT_FIXED, CheckedChange.PARTLY])
def test_what_is_not_fixed_goes_on_and_only_a_further_change_is_proposed(
    result: CheckedChange,
) -> None:
    of = trees()
    request = asked_for_correction(of)
    version = seen(of, 5, row_count=1190)

    settled(request, result, version.pk)

    request.refresh_from_db()
    assert (request.state, step(request)[0]) == ("submitted", "wait")
    later = seen(of, 8, row_count=1180)
    assert step(request) == ("is_it_fixed", later.pk)


def test_answer_about_an_older_change_is_refused() -> None:
    of = trees()
    request = asked_for_correction(of)
    first = seen(of, 5, row_count=1190)
    seen(of, 6, row_count=1180)

    with pytest.raises(Refused, match="There is another change of this dataset by now"):
        settled(request, CheckedChange.FIXED, first.pk)

    request.refresh_from_db()
    assert request.state == "submitted"
