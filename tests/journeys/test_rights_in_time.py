"""What a city sends to gain time takes no right away: the page says so, and the appeal is filed."""

import pytest

from tests.desk import text_of
from tests.journeys.newsroom import Newsroom
from tests.journeys.reading import section
from tests.journeys.steps import (
    at_city_hall,
    begin,
    days_ago,
    draft_appeal,
    record,
    request_page,
    submit,
)

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("journeys")]
STAMFORD = "America/New_York"
KANSAS_CITY = "America/Chicago"


def handed_in(newsroom: Newsroom, *, days: int) -> str:
    """A request carried to Stamford's City Clerk that many days ago."""
    request = begin(
        newsroom.reporter,
        city="us-ct/stamford",
        kind="records",
        office_role="city_clerk",
        subject="Overtime of the Fire Department",
        what="overtime sheets of 2025",
    )
    submit(
        newsroom.reporter,
        request,
        **at_city_hall(),
        handed_over_on=days_ago(STAMFORD, days),
        confirmation="taken by the front desk",
    )
    return request


def test_acknowledged_in_time_and_silent_since_the_appeal_is_offered(newsroom: Newsroom):
    rosa = newsroom.reporter
    request = handed_in(newsroom, days=20)

    page = record(rosa, request, "acknowledged", on=days_ago(STAMFORD, 19))

    words = text_of(page)
    assert "or decide to wait" in words
    assert "It has until" not in words
    routes = section(page, "Ways to challenge it")
    assert "Appeal to the Freedom of Information Commission" in routes
    assert "On the strict reading." in routes
    board = rosa.get("/")
    assert "Overtime of the Fire Department" in section(board, "To do")
    assert draft_appeal(rosa, request, "foic")


def test_late_acknowledgement_takes_nothing_away(newsroom: Newsroom):
    rosa = newsroom.reporter
    request = handed_in(newsroom, days=18)
    before = section(request_page(rosa, request), "Ways to challenge it")
    assert "Appeal to the Freedom of Information Commission" in before

    page = record(rosa, request, "acknowledged", on=days_ago(STAMFORD, 1))

    assert "Appeal to the Freedom of Information Commission" in section(
        page, "Ways to challenge it"
    )
    assert draft_appeal(rosa, request, "foic")


def test_question_answered_and_months_of_silence_leave_the_court_open(newsroom: Newsroom):
    rosa = newsroom.reporter
    request = begin(
        rosa,
        city="us-mo/kansas-city",
        kind="records",
        office_role="records_custodian",
        subject="Water main contracts",
        what="contracts for water mains since 2020",
    )
    by_hand = {"channel": "in_person", "to": "414 E 12th Street", "source": "a call to City Hall"}
    submit(
        rosa,
        request,
        **by_hand,
        checked_on=days_ago(KANSAS_CITY),
        handed_over_on=days_ago(KANSAS_CITY, 130),
        confirmation="taken at the counter",
    )
    record(rosa, request, "clarification-requested", on=days_ago(KANSAS_CITY, 129))
    page = record(
        rosa,
        request,
        "clarification-declined",
        on=days_ago(KANSAS_CITY, 125),
        note="Told them that the request is clear as it stands.",
    )

    words = text_of(page)
    assert "Next: wait" not in words
    assert "to go to court" in section(page, "Ask how it stands, or challenge it")
    routes = section(page, "Ways to challenge it")
    assert "Suit in the Circuit Court of Jackson County" in routes
    assert "City Manager" not in routes
    assert "City Manager" in words
    assert draft_appeal(rosa, request, "attorney_general")
