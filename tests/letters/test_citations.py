"""Every section, rule and opinion that an approved letter cites stands in its city's pack, read."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from pydantic import BaseModel

from cities.schema.cited_sections import sections
from cities.schema.facts import Confidence
from cities.schema.load import city_slugs, load_city
from tests.letters.approval import GOLDEN

# "274 Conn. 179", "360 Or 269", "91 Cal.App.4th 892", "982 S.W.2d 255"
OPINION = re.compile(r"\b\d{1,4} (?:Conn\.(?: App\.)?|Or(?: App)?|Cal\.[\w.]*|S\.W\.\dd) \d{1,4}\b")
LETTERS = sorted(GOLDEN.rglob("*.txt"))


def texts(value: object) -> Iterator[str]:
    """Every string of a pack that may be printed: what is unverified is left out with all in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        if getattr(value, "confidence", Confidence.FOUND) is not Confidence.UNVERIFIED:
            for name in type(value).model_fields:
                yield from texts(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)


@cache
def read_in(city: str) -> tuple[frozenset[str], str]:
    """The numbers of the sections that a city's pack cites, and all of its words."""
    words = "\n".join(texts(load_city(city)))
    return frozenset(cited.section.partition("(")[0] for cited in sections(words)), words


def claimed_by_the_city(line: str) -> bool:
    """What the city relied on is its own word, right or wrong, and stands as it wrote it."""
    return "relying on" in line or line.startswith(("## The claim", "### The claim"))


def not_read(city: str, letter: str) -> list[str]:
    known, words = read_in(city)
    text = "\n".join(line for line in letter.split("\n") if not claimed_by_the_city(line))
    numbers = {cited.section.partition("(")[0] for cited in sections(text)}
    opinions = set(OPINION.findall(text))
    return sorted(numbers - known) + sorted(one for one in opinions if one not in words)


@pytest.mark.parametrize("city", city_slugs())
def test_what_approved_letters_cite_stands_in_the_pack_and_was_read(city: str) -> None:
    letters = [file for file in LETTERS if str(file.parent).endswith(city)]
    found = {file.name: not_read(city, file.read_text(encoding="utf-8")) for file in letters}

    assert len(letters) > 30
    assert {name: missing for name, missing in found.items() if missing} == {}


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Section 1-206(a) requires a denial in writing.", []),
        ("Section 1-9999(a) requires a denial in writing.", ["1-9999"]),
        ("Perkins v. Freedom of Information Commission, 228 Conn. 158 (1993).", []),
        ("Perkins v. Freedom of Information Commission, 999 Conn. 158 (1993).", ["999 Conn. 158"]),
    ],
)
def test_what_no_pack_has_is_found(sentence: str, missing: list[str]) -> None:
    assert not_read("us-ct/stamford", sentence) == missing
