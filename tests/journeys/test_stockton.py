"""Stockton: the dataset's steward first, then the City Clerk, an extension, a review."""

import pytest

from tests.desk import text_of
from tests.journeys.newsroom import Newsroom
from tests.journeys.reading import acts, ledger, letter_in, offices, section
from tests.journeys.steps import (
    begin,
    days_ago,
    decide,
    draft_appeal,
    file_appeal,
    in_words,
    record,
    request_page,
    submit,
)

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("journeys")]
ZONE = "America/Los_Angeles"
STEWARD, CLERK = "OPDA@stocktonca.gov", "city.clerk@stocktonca.gov"
WHAT = "calls for service coded as shots fired: time, block, district and disposition"
EXEMPTION = "Cal. Gov. Code § 7923.600 (formerly § 6254(f))"


def test_stockton_asks_the_steward_first(newsroom: Newsroom):
    rosa = newsroom.reporter
    form = rosa.get("/requests/new/", params={"city": "us-ca/stockton", "kind": "dataset"})
    proposed = offices(form)
    assert proposed[0].startswith("Office of Performance and Data Analytics")
    assert "ask the dataset's owner" in proposed[0]
    assert proposed[1].startswith("City Clerk")

    request = begin(
        rosa,
        city="us-ca/stockton",
        kind="dataset",
        office_role="dataset_steward",
        subject="Shots-fired calls, by block",
        asks_for="publish",
        name_or_topic="Calls for service about shots fired",
        purpose="To compare response times across districts",
        fields_wanted="time, block, district, disposition",
        format="CSV",
        intended_use="A map, with addresses rounded to the block",
    )
    submit(rosa, request)
    [mail] = newsroom.desk.mail_to(STEWARD)
    letter = letter_in(mail)
    assert "Office of Performance and Data Analytics" in letter
    assert "Calls for service about shots fired" in letter
    assert "rounded to the block" in letter
    page = request_page(rosa, request)
    assert "newsroom reminder, no legal clock" in text_of(page)

    page = record(rosa, request, "referred", on=days_ago(ZONE), to="the City Clerk")
    assert ledger(page)[-1] == "Stockton referred us to the City Clerk. Rosa Delgado"


def test_stockton_from_the_clerk_to_a_review_of_the_answer(newsroom: Newsroom):
    rosa = newsroom.reporter
    request = begin(
        rosa,
        city="us-ca/stockton",
        kind="records",
        office_role="city_clerk",
        subject="Shots-fired calls, 2025",
        what=WHAT,
        format="CSV",
    )
    submit(rosa, request)
    mail = newsroom.desk.mail_to(CLERK)[0]
    letter = letter_in(mail)
    assert "City Clerk" in letter
    assert "California Public Records Act" in letter
    assert "7920.000" in letter
    assert WHAT in letter

    before = section(request_page(rosa, request), "Clock")
    until = days_ago(ZONE, -20)
    page = record(rosa, request, "extended", on=days_ago(ZONE), until=until, text="Compiling.")
    assert section(page, "Clock") != before
    assert "Gov. Code" in section(page, "Clock")

    page = record(
        rosa,
        request,
        "granted-in-part",
        on=days_ago(ZONE),
        exemptions=EXEMPTION,
        text="Enclosed, with fields redacted.",
    )
    assert "Administrative review by the city" in section(page, "Informal, optional")
    lawful = section(page, "Ways to challenge it")
    assert "Petition to the Superior Court, County of San Joaquin" in lawful

    appeal = draft_appeal(rosa, request, "administrative_review")
    file_appeal(rosa, appeal, to=CLERK)
    review = newsroom.desk.mail_to(CLERK, count=2)[1]
    assert WHAT in letter_in(review)
    assert EXEMPTION in letter_in(review)
    page = decide(rosa, appeal, on=days_ago(ZONE), outcome="modified", text="Two fields restored.")
    assert [words.removesuffix(" Rosa Delgado") for words in acts(page)] == [
        "Drafted for the City Clerk, from the Stockton letter.",
        f"Submitted to the City Clerk by e-mail ({CLERK}).",
        "Records request sent by e-mail, taken by localhost. the desk",
        f"Stockton took more time, until {in_words(until)}.",
        f"Stockton gave a part of the records and withheld the rest, claiming {EXEMPTION}.",
        "Appeal drafted: Administrative review by the city.",
        "Appeal filed by e-mail: Administrative review by the city.",
        "Appeal sent by e-mail, taken by localhost. the desk",
        "Appeal decided: modified: some must be given. Administrative review by the city.",
    ]
