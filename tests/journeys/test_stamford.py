"""Stamford: silence that the law treats as a denial, the Commission, and the court after it."""

import re

import pytest

from tests.desk import text_of
from tests.journeys.newsroom import Newsroom
from tests.journeys.reading import acts, ledger, letter_in, pdf_text, section
from tests.journeys.steps import (
    at_city_hall,
    begin,
    days_ago,
    decide,
    draft_appeal,
    file_appeal,
    record,
    refused,
    request_page,
    submit,
)

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("journeys")]
ZONE = "America/New_York"
WHAT = "every use-of-force report completed by the Police Department since January"
COMMISSION = "foi@ct.gov"


def handed_in(newsroom: Newsroom, subject: str, *, days: int) -> str:
    """A request carried to the City Clerk that many days ago."""
    request = begin(
        newsroom.reporter,
        city="us-ct/stamford",
        kind="records",
        office_role="city_clerk",
        subject=subject,
        what=WHAT,
    )
    submit(
        newsroom.reporter,
        request,
        **at_city_hall(),
        handed_over_on=days_ago(ZONE, days),
        confirmation="taken by the front desk",
    )
    return request


def test_stamford_silence_is_no_denial_before_its_time(newsroom: Newsroom):
    request = handed_in(newsroom, "Too early to call it silence", days=0)
    said = refused(
        newsroom.reporter, f"/requests/{request}/record/deemed-denied/", on=days_ago(ZONE)
    )
    assert re.search(r"until \w{3} \w{3} \d+, \d{4}: only after that day can its silence be", said)
    page = request_page(newsroom.reporter, request)
    assert "Already" not in text_of(page)
    assert not any("silence" in words for words in ledger(page))


def test_stamford_from_silence_to_the_commission(newsroom: Newsroom):
    rosa = newsroom.reporter
    request = handed_in(newsroom, "Use-of-force reports", days=18)
    page = request_page(rosa, request)
    assert "late to answer" in text_of(page)
    assert "Conn. Gen. Stat. § 1-206(a)" in section(page, "Clock")
    assert "Treat as denied" in section(page, "Treat the silence as a denial")
    request_letter = pdf_text(rosa.get(re.findall(r"/letters/\d+\.pdf", page.text)[0]).content)
    assert "City Clerk" in request_letter
    assert "Connecticut Freedom of Information Act" in request_letter
    assert WHAT in request_letter

    page = record(rosa, request, "deemed-denied", on=days_ago(ZONE))
    routes = section(page, "Ways to challenge it")
    assert "Appeal to the Freedom of Information Commission" in routes
    assert "Superior Court" not in routes
    assert "§ 1-206(b)(1)" in routes

    appeal = draft_appeal(rosa, request, "foic")
    file_appeal(rosa, appeal)
    [mail] = newsroom.desk.mail_to(COMMISSION)
    letter = letter_in(mail)
    assert "Freedom of Information Commission" in letter
    assert "165 Capitol Avenue" in letter
    assert "§ 1-206(b)(1)" in letter
    assert WHAT in letter

    page = decide(
        rosa,
        appeal,
        on=days_ago(ZONE),
        outcome="affirmed",
        body_reference="FIC 2026-0412",
        text="The complaint is dismissed.",
    )
    routes = section(page, "Ways to challenge it")
    assert "Appeal to the Superior Court" in routes
    assert "45 calendar days after the Commission's final decision was mailed" in routes
    assert "Conn. Gen. Stat. §§ 1-206(d), 4-183(c)(1)" in routes
    assert [words.removesuffix(" Rosa Delgado") for words in acts(page)] == [
        ("Submitted to the City Clerk in person (888 Washington Boulevard, Stamford, CT 06901)."),
        "Records request sent in person, confirmation taken by the front desk.",
        "Drafted for the City Clerk, from the Stamford letter.",
        "No answer in time: we treat the silence as a denial.",
        "Appeal drafted: Appeal to the Freedom of Information Commission.",
        "Appeal filed by e-mail: Appeal to the Freedom of Information Commission.",
        "Appeal sent by e-mail, taken by localhost. the desk",
        (
            "Appeal decided: affirmed: the city may withhold. "
            "Appeal to the Freedom of Information Commission."
        ),
    ]
