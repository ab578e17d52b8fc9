"""The day an answer is due stands in the letter as of the day it is filed."""

from datetime import date

import pytest

from cities.schema.city import RequestKind
from requests_app import letters
from requests_app.letters.facts.due_day import MARK, due_on, fill
from requests_app.models import Channel, Closure
from tests.letters.examples import MONDAY, request

pytestmark = pytest.mark.django_db


def test_draft_holds_a_mark_and_no_date() -> None:
    text = letters.compose_request(request()).text
    assert f"by our count, that time ends on {MARK}." in text


def test_date_is_that_of_the_day_of_filing() -> None:
    """Conn. Gen. Stat. § 1-206(a): four business days; November 11 is Veterans' Day."""
    of = request()
    text = letters.compose_request(of).text
    monday = fill(of, text, on=MONDAY, channel=Channel.EMAIL)
    week_later = fill(of, text, on=date(2026, 11, 16), channel=Channel.EMAIL)
    assert "by our count, that time ends on Monday, November 16, 2026. After that day," in monday
    assert (
        "by our count, that time ends on Friday, November 20, 2026. After that day," in week_later
    )


def test_closure_that_the_newsroom_knows_moves_the_day() -> None:
    of = request("us-ca/concord")
    before = due_on(of, on=MONDAY, channel=Channel.EMAIL)
    assert before == date(2026, 11, 19)
    Closure.objects.create(
        newsroom=of.newsroom, city=of.city_slug, on=before, reason="furlough", source="the city",
        entered_by=of.created_by,
    )  # fmt: skip
    assert due_on(of, on=MONDAY, channel=Channel.EMAIL) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("city", "count"),
    [
        ("us-ct/stamford", "Section 1-206(a) allows four business days from the request"),
        (
            "us-ca/stockton",
            "Section 7922.535(a) requires a determination within ten days of receipt",
        ),
        ("us-mo/kansas-city", "by the end of the third business day following receipt."),
        ("us-or/portland", "requires an acknowledgment within five business days of receipt"),
    ],
)
def test_letter_by_post_has_the_laws_own_count_in_place_of_a_day(city: str, count: str) -> None:
    of = request(city)
    text = fill(of, letters.compose_request(of).text, on=MONDAY, channel=Channel.POST)
    assert text.count(count) == 1
    assert MARK not in text
    assert "our count" not in text
    assert "that day" not in text
    assert "\n\n\n" not in text


def test_posted_to_an_elected_official_has_no_count_of_the_longer_time() -> None:
    of = request("us-or/portland", office_role="elected_official")
    text = fill(of, letters.compose_request(of).text, on=MONDAY, channel=Channel.POST)
    assert MARK not in text
    assert "ten business days" not in text
    assert "\n\n\n" not in text


def test_sentence_that_was_edited_is_left_for_the_reporter() -> None:
    of = request()
    edited = f"Please answer by {MARK}."
    assert fill(of, edited, on=MONDAY, channel=Channel.POST) == edited
    by_mail = fill(of, edited, on=MONDAY, channel=Channel.EMAIL)
    assert by_mail == "Please answer by Monday, November 16, 2026."


def test_request_for_data_has_no_such_day() -> None:
    of = request(kind=RequestKind.DATASET)
    assert due_on(of, on=MONDAY, channel=Channel.EMAIL) is None
