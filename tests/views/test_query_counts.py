"""A recorded number of queries for each page, whatever stands on it."""

from typing import Any

import pytest
from django.urls import reverse

from requests_app.models import Role
from requests_app.views.requests.board import SHOWN_WAITING
from tests.factories import draft, member, submitted
from tests.views.conftest import signed_in
from tests.views.world import build

pytestmark = pytest.mark.django_db

# The session, who it is with their newsroom; what waits in the Inbox, and what nobody has read.
SESSION_AND_PERSON = 4
A_BOARD = 7  # how many stand in each section; those of three; requests, whose they are, clocks
A_LIST = 4  # requests, the headline of each, whose they are, clocks


def _fill(count: int) -> Any:
    editor = member(Role.EDITOR)
    reporter = member(newsroom=editor.membership.newsroom)
    for number in range(count):
        request = draft(reporter, subject=f"Request {number}")
        if number >= count - 4:  # the newest, which a list shows first
            submitted(reporter, subject=f"Sent {number}")
        assert request.pk
    return editor


@pytest.mark.parametrize("count", [2, 50])
def test_board_asks_the_same_queries_for_any_number_of_requests(
    count: int, django_assert_num_queries: Any
) -> None:
    client = signed_in(_fill(count))

    with django_assert_num_queries(SESSION_AND_PERSON + A_BOARD):
        answer = client.get("/")

    shown = answer.content.decode().count('class="subject"')
    assert shown == min(count, SHOWN_WAITING) + min(count, 4)


@pytest.mark.parametrize("count", [2, 50])
def test_list_asks_the_same_queries_for_any_number_of_requests(
    count: int, django_assert_num_queries: Any
) -> None:
    client = signed_in(_fill(count))

    # Beside a list's: whose they may be, and of which project (the filter's choices). How many
    # there are is not counted.
    with django_assert_num_queries(SESSION_AND_PERSON + A_LIST + 2):
        answer = client.get(reverse("request_list"))

    assert answer.status_code == 200


def test_request_page_asks_a_fixed_number_of_queries(django_assert_num_queries: Any) -> None:
    world = build()
    client = signed_in(world.people["editor"])

    with django_assert_num_queries(16):  # the last for the projects that it may be put into
        answer = client.get(reverse("request_page", args=[world.denied.public_id]))

    assert answer.status_code == 200
