"""What a browser sends where a number is asked."""

import pytest

from requests_app.forms.research.assigning import PlanForm
from requests_app.typed_numbers import whole_number
from tests.factories import member


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("1" * 5000, None),
        ("-1", None),
        ("+1", None),
        ("1.0", None),
        ("1_0", None),
        ("٣", None),
        ("²", None),
        (" 1", None),
        ("", None),
    ],
)
def test_number_is_a_few_plain_digits(text: str, number: int | None) -> None:
    assert whole_number(text) == number


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["9" * 30, "-1", "x", "1" * 5000])
def test_row_of_an_impossible_key_is_no_choice(key: str) -> None:
    form = PlanForm(
        {"coders": [key], "extent": "all", "seed": "a"}, newsroom=member().membership.newsroom
    )

    assert list(form.errors) == ["coders"]
