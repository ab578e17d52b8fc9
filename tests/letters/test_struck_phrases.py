"""No letter says what was struck, wherever its words come from: `struck_phrases` says why."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from cities.schema.load import all_cities
from requests_app.letters.wording.struck_phrases import struck_in
from tests.letters.approval import GOLDEN

ROOT = Path(settings.ROOT)
TEMPLATES = sorted((ROOT / "templates" / "letters").rglob("*.md"))
APPROVED = sorted(GOLDEN.rglob("*.txt"))


def test_no_approved_letter_says_it() -> None:
    found = {str(file.relative_to(GOLDEN)): struck_in(file.read_text()) for file in APPROVED}

    assert len(APPROVED) > 200
    assert {name: phrases for name, phrases in found.items() if phrases} == {}


def test_no_template_says_it() -> None:
    found = {file.name: struck_in(file.read_text()) for file in TEMPLATES}

    assert {name: phrases for name, phrases in found.items() if phrases} == {}


def test_no_sentence_of_a_pack_says_it() -> None:
    found = {
        f"{city.slug} {key}": struck_in(sentence.text)
        for city in all_cities()
        for key, sentence in city.sentences.items()
    }

    assert {key: phrases for key, phrases in found.items() if phrases} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On our\n  count it is due.", ["on our count"]),
        ("By our count it is due.", []),
        ("Please tell us also why, at the Foot of this page.", [
            "please tell us also", "foot of this page",
        ]),
    ],
)  # fmt: skip
def test_a_struck_phrase_is_found_across_lines_and_capitals(text: str, found: list[str]) -> None:
    assert struck_in(text) == found


def test_a_letter_cites_its_act_as_the_law_line_above_it_does() -> None:
    """“§§ 610.010–610.035” and “§§ 610.010 to 610.035” once stood on one page."""
    for city in all_cities():
        assert f"({city.statute.citation})" in city.sentences["request_line"].text


def test_quotation_marks_and_apostrophes_are_curly() -> None:
    straight = re.compile(r"[\"']")
    found = {
        str(file.relative_to(GOLDEN))
        for file in APPROVED
        if straight.search(file.read_text(encoding="utf-8"))
    }

    assert found == set()
