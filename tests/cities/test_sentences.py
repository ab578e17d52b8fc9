"""What letters may quote: a statute's sentences, and over them those of a city's own code."""

import pytest

from cities.pack.legal_sentences import SENTENCES
from cities.pack.load import PackErrors, load_city
from tests.cities.conftest import Copy

KANSAS_CITY = "us-mo/kansas-city/city.toml"


def test_city_quotes_its_own_code_beside_the_statute() -> None:
    city = load_city("us-mo/kansas-city")
    assert city.sentences["data_line"].source == "KC Code § 2-2133(2), (3)"
    assert city.sentences["request_line"] == city.statute.letter_sentences["request_line"]
    assert "data_line" not in city.statute.letter_sentences


def test_citys_sentence_wins_over_its_states(packs: Copy) -> None:
    packs.replace(KANSAS_CITY, "[letter_sentences.data_line]", "[letter_sentences.fee_line]")
    city = load_city("us-mo/kansas-city", packs.folder)
    assert city.sentences["fee_line"].text.startswith("The Kansas City Code")
    assert city.statute.sentences["fee_line"].startswith("Section 610.026.1")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[letter_sentences.data_line]", "[letter_sentences.date_line]", "no letter uses 'date"),
        ("please count this letter", "please count {letter}", "{letter} is not a placeholder"),
        (
            'source = "KC Code § 2-2133(2), (3)"',
            'source = "KC Code § 2-2133"\nconfidence = "unverified"',
            "letter_sentences.data_line.confidence",
        ),
    ],
)
def test_fault_in_a_citys_sentence_is_told(packs: Copy, old: str, new: str, fault: str) -> None:
    packs.replace(KANSAS_CITY, old, new)
    with pytest.raises(PackErrors) as caught:
        load_city("us-mo/kansas-city", packs.folder)
    assert fault in str(caught.value)
    assert KANSAS_CITY in str(caught.value)


def test_route_names_only_needs_that_a_letter_knows(packs: Copy) -> None:
    packs.replace("us-ct/routes.toml", '"contact", "violation_on"', '"contcat"')
    with pytest.raises(PackErrors, match=r"routes\.toml:\d+: routes\[0\]\.needs"):
        load_city("us-ct/stamford", packs.folder)


@pytest.mark.parametrize("city", ["us-ct/stamford", "us-ca/concord", "us-mo/kansas-city"])
def test_every_state_says_what_a_late_city_owes_and_what_it_may_charge(city: str) -> None:
    assert {"late_line", "fee_line", "grounds_line"} <= load_city(city).sentences.keys()


def test_each_sentence_says_what_it_is_for() -> None:
    assert all(use and use[0].islower() and not use.endswith(".") for use in SENTENCES.values())
