"""What is said before filing stands on the page of the draft and on the page that files it."""

import pytest
from django.urls import reverse

from tests.factories import draft
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["request_edit", "request_submit"])
def test_page_says_whose_records_they_may_be(name: str) -> None:
    request = draft(subject="The superintendent's contract")

    page = flat(signed_in(request.created_by).get(reverse(name, args=[request.public_id])))

    assert "these may be records of the school board, an agency of its own." in page
    assert "Nothing keeps you from filing it as it stands." in page


@pytest.mark.parametrize("name", ["request_edit", "request_submit"])
def test_page_says_nothing_of_a_request_for_the_citys_own(name: str) -> None:
    request = draft(subject="Towing contracts")

    page = flat(signed_in(request.created_by).get(reverse(name, args=[request.public_id])))

    assert "Before you file" not in page
