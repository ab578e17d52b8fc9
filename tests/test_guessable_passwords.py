"""Passwords that a stranger would try first."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from requests_app.forms.newsroom.people import FoundingForm
from tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password", ["RecordsDesk2026", "stamford-foia!", "Password-1234", "NewsroomAdmin1"]
)
def test_words_of_the_field_and_of_the_cities_do_not_make_a_password(password: str) -> None:
    with pytest.raises(ValidationError, match="tried first here"):
        validate_password(password)


def test_ones_own_newsrooms_name_does_not_make_one() -> None:
    person = member()
    person.membership.newsroom.name = "The Harbor Ledger"

    with pytest.raises(ValidationError, match="tried first here"):
        validate_password("HarborLedger26", person)
    validate_password("harbor of slate kites", person)


def test_founder_hears_it_of_the_name_they_are_giving() -> None:
    form = FoundingForm(
        {
            "name": "The Harbor Ledger",
            "admin_name": "Ada Mills",
            "admin_email": "ada@harbor.example",
            "admin_password": "harborledger1",
        }
    )

    assert "tried first here" in str(form.errors["admin_password"])


@pytest.mark.parametrize("password", ["7391840265", "look-around-freely", "å" * 40, "x7" * 64])
def test_any_kind_of_characters_makes_one(password: str) -> None:
    validate_password(password)
