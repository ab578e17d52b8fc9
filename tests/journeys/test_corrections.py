"""A grant recorded for a denial is struck, and the request waits for the city with its clocks."""

import re
from collections import Counter

import httpx
import pytest

from tests.desk import text_of
from tests.journeys.newsroom import REPORTER, Newsroom
from tests.journeys.reading import acts, section
from tests.journeys.steps import (
    at_city_hall,
    begin,
    days_ago,
    in_words,
    record,
    refusal,
    request_page,
    submit,
)
from tests.journeys.test_two_at_once import at_once

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("journeys")]
ZONE = "America/New_York"


def granted_by_mistake(newsroom: Newsroom, subject: str) -> str:
    request = begin(
        newsroom.reporter,
        city="us-ct/stamford",
        kind="records",
        office_role="city_clerk",
        subject=subject,
        what="the use-of-force reports of the year",
    )
    submit(newsroom.reporter, request, **at_city_hall(), handed_over_on=days_ago(ZONE, 1))
    record(newsroom.reporter, request, "granted", on=days_ago(ZONE))
    return request


def way_back(page: httpx.Response, name: str, sentence: str) -> str:
    """The address of that link beside that entry."""
    for entry in re.findall(r"<li.*?</li>", page.text, re.DOTALL):
        found = re.search(rf'href="([^"]*/{name}/)"', entry)
        if sentence in entry and found:
            return found.group(1)
    raise AssertionError(f"no {name} beside {sentence!r}: {text_of(page)}")


def test_a_wrong_grant_is_struck_and_restored(newsroom: Newsroom):
    request = granted_by_mistake(newsroom, "Granted by mistake")
    page = request_page(newsroom.reporter, request)
    before = section(page, "What happened")
    assert "granted" in page.text

    strike = way_back(page, "strike", "gave the records")
    struck = newsroom.reporter.fill(strike, why="The letter is a denial.")

    told = acts(struck)
    today = in_words(days_ago(ZONE))
    assert [words for words in told if "gave the records" in words] == [
        f"Struck: Stamford gave the records. {REPORTER[0]}"
    ]
    assert f"Struck: “Records produced” of {today}." in told[-1]
    assert '<span class="state">submitted</span>' in struck.text
    assert "to answer" in text_of(struck)
    assert before != section(struck, "What happened")

    restored = newsroom.reporter.fill(
        way_back(struck, "restore", "gave the records"), why="It was none."
    )
    assert '<span class="state">granted</span>' in restored.text


def test_two_who_strike_at_once_strike_once(newsroom: Newsroom):
    request = granted_by_mistake(newsroom, "Struck twice")
    people = [newsroom.reporter, newsroom.editor, newsroom.admin]
    strike = way_back(request_page(newsroom.reporter, request), "strike", "gave the records")

    answers = at_once(people, strike, [{"why": "The letter is a denial."}] * len(people))

    assert Counter(answer.status_code for answer in answers) == {200: 1, 422: 2}
    for answer in answers:
        if answer.status_code == 422:
            assert refusal(answer).startswith("This entry was struck already, by ")
    told = acts(request_page(newsroom.reporter, request))
    assert sum(words.startswith("Struck: “Records produced”") for words in told) == 1
