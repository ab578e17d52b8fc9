"""The chain of offices after a dataset's steward, as a pack states it."""

from typing import Any

import pytest
from pydantic import ValidationError

from cities.schema.city import City
from cities.schema.escalations import EscalationStep
from cities.schema.load import load_city
from cities.schema.offices import RequestKind

STEP: dict[str, Any] = {
    "slug": "clerk",
    "office": "city_clerk",
    "why": "The guide.",
    "source": "guide",
}


def test_step_is_for_every_request_for_data_unless_it_says_otherwise() -> None:
    assert EscalationStep(**STEP).for_kinds == ("dataset", "correction", "access")


def test_records_request_has_the_laws_own_routes() -> None:
    with pytest.raises(ValidationError, match="leave `records` out"):
        EscalationStep(**STEP, for_kinds=(RequestKind.RECORDS,))


def test_step_to_an_office_that_the_city_does_not_have_is_refused() -> None:
    city = load_city("us-ct/stamford")
    nowhere = EscalationStep(**{**STEP, "office": "auditor"})

    with pytest.raises(ValidationError, match="goes to 'auditor', and there is no such office"):
        City(**{**dict(city), "escalations": (nowhere,)})


@pytest.mark.parametrize(
    ("city", "office"),
    [
        ("us-mo/kansas-city", "City Manager's Office"),
        ("us-ca/concord", "City Clerk"),
        ("us-ca/stockton", "Office of Performance and Data Analytics"),
        ("us-ct/stamford", "Open-data portal administrator"),
        ("us-or/portland", "Bureau of Technology Services"),
    ],
)
def test_misuse_is_reported_to_whom_the_guide_names_and_no_fine_is_stated(
    city: str, office: str
) -> None:
    pack = load_city(city)

    assert pack.enforcer is not None
    assert pack.enforcer.name == office
    assert [gap.what for gap in pack.not_specified if "misuse" in gap.what] == [
        "fines and escalation for misuse of data"
    ]
