"""What letters may quote: a statute's sentences, and over them those of a city's own code."""

import pytest

from cities.schema.legal_sentences import SENTENCES
from cities.schema.load import PackErrors, load_city
from tests.cities.conftest import FIXTURE_PACKS, Copy

BEND = "us-zz/quarry-bend/city.toml"


def test_city_quotes_its_own_code_beside_the_statute() -> None:
    city = load_city("us-zz/quarry-bend", FIXTURE_PACKS)

    assert city.sentences["data_line"].source == "Quarry Bend Code § 3"
    assert city.sentences["request_line"] == city.statute.letter_sentences["request_line"]
    assert "data_line" not in city.statute.letter_sentences


def test_citys_sentence_wins_over_its_states(packs: Copy) -> None:
    packs.replace(BEND, "[letter_sentences.data_line]", "[letter_sentences.fee_line]")

    city = load_city("us-zz/quarry-bend", packs.folder)

    assert city.sentences["fee_line"].source == "Quarry Bend Code § 3"
    assert city.statute.letter_sentences["fee_line"].source == "Franklin Code § 3"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[letter_sentences.data_line]", "[letter_sentences.date_line]", "no letter uses 'date"),
        ("publish its data", "publish {data}", "{data} is not a placeholder; there is {due_on}"),
        (
            'source = "Quarry Bend Code § 3"\n\n[[offices]]',
            'source = "Quarry Bend Code § 3"\nconfidence = "unverified"\n\n[[offices]]',
            "letter_sentences.data_line.confidence",
        ),
    ],
)
def test_fault_in_a_citys_sentence_is_named(packs: Copy, old: str, new: str, fault: str) -> None:
    packs.replace(BEND, old, new)

    with pytest.raises(PackErrors) as caught:
        load_city("us-zz/quarry-bend", packs.folder)

    assert fault in str(caught.value)
    assert BEND in str(caught.value)


def test_each_sentence_says_what_it_is_for() -> None:
    assert all(use and use[0].islower() and not use.endswith(".") for use in SENTENCES.values())
