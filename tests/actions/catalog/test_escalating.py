"""From the steward to whoever comes next, by the city's own chain."""

from datetime import timedelta

import pytest

from cities.schema.load import load_city
from requests_app import letters
from requests_app.actions.catalog import escalating
from requests_app.actions.errors import Refused
from requests_app.escalations import next_step
from requests_app.ledger.attribution import Attribution
from requests_app.models import Delivery, LetterKind, RecordsRequest
from tests.catalog.trees import trees
from tests.data_requests import asked_for_correction, asked_for_data
from tests.factories import NOW, TODAY, let_go, mailed

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=15)


def escalated(request: RecordsRequest) -> Delivery:
    sent = mailed(request) | {"by": Attribution(request.created_by, LATER)}
    return escalating.escalate(request, **sent)


@pytest.mark.parametrize(
    ("city", "steps"),
    [
        ("us-mo/kansas-city", ["department_manager", "city_manager"]),
        ("us-ca/concord", ["city_clerk"]),
        ("us-ca/stockton", ["city_clerk"]),
        ("us-ct/stamford", ["city_clerk"]),
        ("us-or/portland", ["technology_services", "records_request"]),
    ],
)
def test_each_city_has_the_chain_of_its_guide(city: str, steps: list[str]) -> None:
    assert [step.slug for step in load_city(city).escalations_for("dataset")] == steps


def test_each_step_is_taken_once_and_in_its_order() -> None:
    request = asked_for_data()

    first = escalated(request)
    let_go(first, at=LATER)
    second = escalated(request)
    let_go(second, at=LATER)

    assert [first.to_name, second.to_name] == [
        "Manager of the department listed on the dataset's page",
        "City Manager's Office",
    ]
    assert next_step(request) is None
    with pytest.raises(Refused, match="turn this into a records request"):
        escalated(request)


def test_office_that_was_asked_first_is_passed_over() -> None:
    request = asked_for_data(city_slug="us-ct/stamford", office_role="city_clerk")

    assert next_step(request) is None


def test_next_letter_waits_until_the_one_before_has_left() -> None:
    request = asked_for_data()
    escalated(request)

    with pytest.raises(Refused, match="has not reached it yet: send it first"):
        escalated(request)


def test_letter_tells_the_way_it_went_and_quotes_what_was_asked() -> None:
    request = asked_for_correction(trees())

    text = letters.compose_reply(request, LetterKind.ESCALATION, on=TODAY + timedelta(days=15)).text

    assert text.startswith("Dear Manager:")
    assert "On November 2, 2026, we wrote to the Parks Department" in text
    assert "As of November 17, 2026, we have had no answer that settles it." in text
    assert "> Rows 210 to 260 name the wrong street." in text
    assert "The dataset is published as “Street Tree Inventory” (identifier: k7rx-29qm)." in text


def test_escalation_begins_the_newsrooms_count_again_and_starts_no_clock_of_a_law() -> None:
    request = asked_for_data()

    let_go(escalated(request), at=LATER)

    rows = list(request.deadlines.values_list("clock", "whose", "starts_on", "due_on"))
    on = TODAY + timedelta(days=15)
    assert rows == [("reminder", "ours", on, on + timedelta(days=14))]
