"""What the desk refuses, with the reason, and changes nothing."""

import pytest

from tests.desk import PASSWORD, text_of
from tests.journeys.newsroom import Newsroom
from tests.journeys.reading import ledger
from tests.journeys.steps import (
    at_city_hall,
    begin,
    days_ago,
    in_words,
    refused,
    request_page,
    submit,
)

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("journeys")]
ZONE = "America/New_York"


def draft(newsroom: Newsroom, subject: str) -> str:
    return begin(
        newsroom.reporter,
        city="us-ct/stamford",
        kind="records",
        office_role="city_clerk",
        subject=subject,
        what="the towing contracts in force since 2023",
    )


def whole_page(subject: str, *, text: str) -> dict[str, str]:
    """All that the page of such a draft sends, with other words in its letter."""
    what = "the towing contracts in force since 2023"
    details = {"office_role": "city_clerk", "subject": subject, "what": what}
    return {**details, "text": text, "do": "save"}


@pytest.fixture(scope="module")
def handed_in(newsroom: Newsroom) -> str:
    """A request that the City Clerk has had for three days."""
    request = draft(newsroom, "Towing contracts")
    submit(newsroom.reporter, request, **at_city_hall(), handed_over_on=days_ago(ZONE, 3))
    return request


@pytest.mark.parametrize(
    ("act", "fields", "reason"),
    [
        ("acknowledged", {"on": days_ago(ZONE, -2)}, "has not come yet in Stamford"),
        ("denied", {"on": days_ago(ZONE, 9)}, "the day it was submitted: check the date."),
        ("acknowledged", {"on": "soon"}, "Write the day as year-month-day"),
        ("acknowledged", {"on": ""}, "This field is required."),
        ("fees-paid", {"on": days_ago(ZONE)}, "record the city's estimate first"),
        ("fees-waived", {"on": days_ago(ZONE)}, "record the city's estimate first"),
        ("fees-estimated", {"on": days_ago(ZONE), "amount": "0"}, "an amount above zero"),
        ("note", {"on": days_ago(ZONE), "text": " "}, "This field is required."),
        ("referred", {"on": days_ago(ZONE), "to": ""}, "This field is required."),
        (
            "extended",
            {"on": days_ago(ZONE), "until": days_ago(ZONE, 2)},
            "ends before the day it was announced",
        ),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_the_reason(
    newsroom: Newsroom, handed_in: str, act: str, fields: dict[str, str], reason: str
):
    before = ledger(request_page(newsroom.reporter, handed_in))
    path = f"/requests/{handed_in}/record/{act}/"
    said = refused(newsroom.reporter, path, channel="email", **fields)
    assert reason in said
    if fields["on"] == days_ago(ZONE, 9):
        assert in_words(days_ago(ZONE, 9)) in said
    assert ledger(request_page(newsroom.reporter, handed_in)) == before


def test_a_letter_without_words_is_refused(newsroom: Newsroom):
    request = draft(newsroom, "No words")
    path = f"/requests/{request}/edit/"
    empty = whole_page("No words", text=" \n ")
    assert "This field is required." in refused(newsroom.reporter, path, **empty)
    assert "towing contracts" in text_of(newsroom.reporter.get(path))


def test_a_letter_with_a_gap_stays_a_draft(newsroom: Newsroom):
    request = draft(newsroom, "A gap")
    rosa = newsroom.reporter
    rosa.fill(f"/requests/{request}/edit/", **whole_page("A gap", text="Dear [[name]]: send it."))
    said = refused(rosa, f"/requests/{request}/submit/?channel=in_person", **at_city_hall())
    assert "still has a place to fill in, [[name]]" in said
    assert "draft" in text_of(request_page(rosa, request))
    assert len(ledger(request_page(rosa, request))) == 1


def test_a_subject_cannot_add_a_header_to_the_mail(newsroom: Newsroom):
    subject = "Contracts\r\nBcc: elsewhere@example.org"
    request = draft(newsroom, subject)
    contact = {"to": "towing@stamford.example", "source": "a call", "checked_on": days_ago(ZONE)}
    submit(newsroom.reporter, request, **contact)
    [mail] = newsroom.desk.mail_to("towing@stamford.example")
    assert mail["Bcc"] is None
    assert "Contracts Bcc: elsewhere@example.org" in mail["Subject"]


def test_a_second_submission_says_when_the_first_was(newsroom: Newsroom, handed_in: str):
    path = f"/requests/{handed_in}/submit/?channel=in_person"
    said = refused(newsroom.reporter, path, **at_city_hall())
    assert said.startswith("Already submitted on ")
    assert "Nothing was changed." in said


def test_a_second_newsroom_cannot_be_founded_by_a_visitor(newsroom: Newsroom):
    stranger = newsroom.desk.person()
    page = stranger.get("/setup/")
    assert page.url.path == "/accounts/login/"
    page = stranger.send_form(
        "/setup/", name="X", admin_name="X", admin_email="x@x.example", admin_password=PASSWORD
    )
    assert page.url.path == "/accounts/login/"
