"""What the law makes a city have a list of: on its page, and beside a draft to be cited."""

import pytest
from django.urls import reverse

from requests_app.models import User
from tests.factories import draft, member
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> User:
    return member()


def test_the_citys_page_names_it_with_its_citation(rosa: User) -> None:
    page = flat(signed_in(rosa).get("/cities/us-ca/concord/"))

    assert "Catalog of enterprise systems" in page
    assert "Cal. Gov. Code § 7922.700 et seq. (formerly § 6270.5)" in page
    assert "the law makes the city post it" in page


def test_a_draft_takes_its_sentence_without_a_script(rosa: User) -> None:
    request = draft(rosa, city_slug="us-ca/concord")
    client = signed_in(rosa)
    edit = reverse("request_edit", args=[request.public_id])
    page = flat(client.get(edit))
    typed = {"text": request.letter_text, "subject": request.subject, "insert": "retention"}

    shown = flat(client.post(edit, {**typed, "office_role": "city_clerk", "what": "reports"}))

    sentence = "Section 34090 of the Government Code does not authorize the destruction"
    assert 'name="insert" value="retention"' in page
    assert shown.split("</textarea>")[0].count(sentence) == 1
    request.refresh_from_db()
    assert sentence not in request.letter_text  # nothing is saved by looking


def test_a_request_for_a_dataset_is_offered_none(rosa: User) -> None:
    request = draft(
        rosa,
        city_slug="us-ca/concord",
        kind="dataset",
        particulars={"name_or_topic": "Permits", "purpose": "To report."},
    )

    page = flat(signed_in(rosa).get(reverse("request_edit", args=[request.public_id])))

    assert "must have a list of" not in page
