"""What an editor starts from writes the letter that the pack writes, whatever the facts are."""

import pytest

from requests_app.letters.wording.newsrooms_own import pack_now
from requests_app.letters.wording.newsrooms_own.checks import faults
from requests_app.letters.wording.newsrooms_own.in_force import text_of
from requests_app.letters.wording.newsrooms_own.letter_names import letters
from requests_app.letters.wording.newsrooms_own.notation import (
    read,
    without_empty_sections,
)
from requests_app.letters.wording.newsrooms_own.pack_passages import pack_text
from requests_app.letters.wording.newsrooms_own.trial_facts import occasions
from requests_app.letters.wording.templates import wording

LETTERS = sorted(letters())


@pytest.mark.parametrize("letter", LETTERS)
def test_the_starting_text_writes_the_packs_letter_in_every_city_and_case(letter: str) -> None:
    for occasion in occasions(letter, ""):
        template = occasion.template
        own = read(pack_text(template).start)
        for facts in occasion.cases():
            packs = without_empty_sections(wording().write(template, facts))
            assert text_of(own, template, facts) == packs


@pytest.mark.parametrize("letter", LETTERS)
def test_the_starting_text_may_be_saved_for_every_city(letter: str) -> None:
    assert faults(letter, "", pack_now.text_for(letter, "")) == ()


@pytest.mark.parametrize("path", [path for path in wording().paths() if path.startswith("us-")])
def test_the_starting_text_of_a_place_with_wording_of_its_own_may_be_saved(path: str) -> None:
    scope, _, name = path.rpartition("/")
    letter = name.removesuffix(".md")

    assert faults(letter, scope, pack_now.text_for(letter, scope)) == ()


def test_a_states_own_block_is_a_passage_of_its_own() -> None:
    [portland] = occasions("records_request", "us-or")
    [stamford] = occasions("records_request", "us-ct")

    assert pack_text(portland.template).passage("appeal", {}) == ""
    assert pack_text(stamford.template).passage("appeal", {}) == (
        "With any denial, please tell us how to appeal it, and by when.\n"
    )


def test_plain_sentences_become_words_and_facts_by_name() -> None:
    assert pack_now.text_for("withdrawal", "").startswith(
        "{{ salutation }}:\n\n"
        "We withdraw the request named above, which we made on {{ asked_on }}.\n"
        "or: We withdraw the request named above.\n"
        "{{ reason }}\n"
    )


def test_a_name_that_a_template_gives_itself_is_no_fact() -> None:
    assert "{{ matter }}" not in pack_now.text_for("appeal_court", "")


def test_the_hash_follows_the_templates_that_are_covered() -> None:
    of_all = pack_now.sha256_for("records_request", "")

    assert of_all == pack_now.sha256_for("records_request", "")
    assert (
        len({of_all, *(pack_now.sha256_for("records_request", s) for s in ("us-or", "us-ct"))}) == 3
    )
