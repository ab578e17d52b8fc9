"""Where each term stands in a dataset's metadata. The rows themselves are never looked at."""

import re
from dataclasses import dataclass
from functools import lru_cache

from cities.portals.dataset_record import DatasetRecord
from requests_app.catalog.suggestions.word_lists import BOILERPLATE, STOP_WORDS
from requests_app.catalog.suggestions.word_stems import (
    WORD,
    plain,
    stem,
    with_phrases_joined,
    without_inflection,
)

TITLE, KEYWORDS, COLUMNS, DESCRIPTION = "A", "B", "C", "D"  # as PostgreSQL names its weights
MOST_OF_A_DESCRIPTION = 4_000  # characters: what it is about stands at its beginning
YEAR = re.compile(r"(?<![\w.,$])(?:19|20)\d\d(?!\w|[.,]\d)")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
SAYS_NOTHING = frozenset(without_inflection(word) for word in STOP_WORDS | BOILERPLATE)
SERVICE_NUMBERS = frozenset({"311", "911", "211"})


@dataclass(frozen=True, slots=True)
class DatasetTerms:
    """`places` has each term with the letters of the places it stands in; `years` the title's."""

    places: dict[str, str]
    years: frozenset[int]

    def in_place(self, place: str) -> list[str]:
        return [term for term, places in self.places.items() if place in places]


def terms_of(record: DatasetRecord) -> DatasetTerms:
    columns = " . ".join(
        f"{CAMEL.sub(' ', column.name)} {column.label} {column.description}"
        for column in record.columns
    )
    texts = (
        (TITLE, CAMEL.sub(" ", record.title)),
        (KEYWORDS, " . ".join((*record.keywords, *record.themes))),
        (COLUMNS, columns),
        (DESCRIPTION, record.description[:MOST_OF_A_DESCRIPTION]),
    )
    places: dict[str, str] = {}
    for place, text in texts:
        for term in dict.fromkeys(terms_in(text)):
            places[term] = places.get(term, "") + place
    return DatasetTerms(places, years_in(record.title))


def terms_in(text: str) -> list[str]:
    """The terms of a text in order, without what says nothing of it."""
    return [stem(word) for word in WORD.findall(with_phrases_joined(plain(text))) if counts(word)]


@lru_cache(maxsize=50_000)
def counts(word: str) -> bool:
    """Whether a plain word tells one thing asked for from another."""
    if word.isdecimal() or any(c.isdecimal() for c in word):
        return word in SERVICE_NUMBERS
    said = word.replace("'", "")
    return len(said) > 1 and without_inflection(said) not in SAYS_NOTHING


def years_in(text: str) -> frozenset[int]:
    """The years it names; "2019-2021" and "2019 to 2021" are three."""
    spans = re.findall(r"\b((?:19|20)\d\d)\s*(?:-|–|—|to|through)\s*((?:19|20)\d\d)\b", text)
    years = {int(year) for year in YEAR.findall(text)}
    for first, last in spans:
        if 0 < int(last) - int(first) < 60:
            years |= set(range(int(first), int(last) + 1))
    return frozenset(years)
