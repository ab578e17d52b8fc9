"""What the laws of the four states that we have read say alike."""

import re

import pytest

from cities.schema.legal_sentences import SENTENCES
from cities.schema.load import load_city, load_statute
from tests.cities.worked import REAL_CITIES

STATES = ("us-ca", "us-ct", "us-mo", "us-or")


@pytest.mark.parametrize("state", STATES)
def test_sentences_are_known_to_letters_and_cite_the_law(state: str) -> None:
    statute = load_statute(state)

    assert statute.sentences.keys() <= SENTENCES.keys()
    assert {"request_line", "deadline_line", "denial_line"} <= statute.sentences.keys()
    for text in statute.sentences.values():
        assert re.search(r"§|ORS|OAR|Section", text), text


@pytest.mark.parametrize("state", STATES)
def test_sentences_take_the_date_and_nothing_else(state: str) -> None:
    for key, text in load_statute(state).sentences.items():
        filled = text.format(due_on="Monday, November 16, 2026")

        assert ("Monday, November 16, 2026" in filled) is (key == "deadline_line")


@pytest.mark.parametrize("state", ["us-ca", "us-ct", "us-mo"])
def test_law_says_what_a_late_city_owes_and_what_it_may_charge(state: str) -> None:
    assert {"late_line", "fee_line", "grounds_line"} <= load_statute(state).sentences.keys()


@pytest.mark.parametrize("state", STATES)
def test_exemptions_each_have_a_citation_of_their_own(state: str) -> None:
    citations = [exemption.citation for exemption in load_statute(state).exemptions]

    assert len(citations) >= 10
    assert len(set(citations)) == len(citations)


@pytest.mark.parametrize("slug", REAL_CITIES)
def test_every_refusal_has_a_court_at_the_end(slug: str) -> None:
    city = load_city(slug)
    for answer in ("denied", "granted_in_part", "silence", "no_records"):
        routes = {*city.routes_after(answer, "city"), *city.routes_after("decision", "city")}

        assert any(route.is_court for route in routes), answer
