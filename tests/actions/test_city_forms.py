"""A city's blank form as a newsroom keeps it."""

from typing import Any

import pytest

from requests_app.actions.cities import city_forms
from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.models import CityForm, Role, User
from tests.factories import NOW, member
from tests.letters.forms.blank_form import Blank, request_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return member(Role.EDITOR)


def keep(
    by: User, city_slug: str = "us-ct/stamford", office_role: str = "city_clerk", **changed: Any
) -> CityForm:
    told = {"name": "request.pdf", "pdf": request_form().bytes(), "source": "the city's page"}
    return city_forms.keep_form(
        by.membership.newsroom,
        city_forms.BlankForm(**(told | changed)),
        city_slug=city_slug,
        office_role=office_role,
        by=Attribution(by, NOW),
    )


def test_another_copy_takes_the_place_of_the_first_which_stays(editor: User) -> None:
    first = keep(editor)

    second = keep(editor, name="request-2.pdf")

    first.refresh_from_db()
    assert (first.retired_at, second.retired_at) == (NOW, None)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"pdf": b"not a PDF"}, "not a PDF"),
        ({"source": " "}, "Say where"),
        ({"office_role": "mayor"}, "has no office"),
        ({"city_slug": "us-ct/atlantis"}, "no city pack"),
    ],
)
def test_what_is_no_form_for_no_office_is_refused(
    editor: User, changed: dict[str, Any], reason: str
) -> None:
    before = keep(editor)

    with pytest.raises(Refused, match=reason):
        keep(editor, **changed)

    assert list(CityForm.objects.filter(retired_at=None)) == [before]


def test_form_without_fields_is_refused_with_the_reason(editor: User) -> None:
    with pytest.raises(Refused, match="no fields to fill"):
        keep(editor, pdf=Blank().bytes())


def test_form_is_put_away_once(editor: User) -> None:
    kept = keep(editor)
    city_forms.put_away_form(
        kept,
        by=Attribution(editor, NOW),
    )

    with pytest.raises(Refused, match="put away already"):
        city_forms.put_away_form(
            kept,
            by=Attribution(editor, NOW),
        )
