"""Whose records a request seems to ask for, by its words: a hint, and never more than that."""

import re
from dataclasses import dataclass
from functools import lru_cache

from cities.schema.city import City
from cities.schema.separate_agencies import SeparateAgency


@dataclass(frozen=True, slots=True)
class Hint:
    """A body that is not the city, and the words that speak of it."""

    agency: SeparateAgency
    words: tuple[str, ...]


def other_agencies(city: City, text: str) -> tuple[Hint, ...]:
    """The agencies of their own that a request's words hint at, in the pack's order."""
    hints = (Hint(agency, _found(agency, text)) for agency in city.all_separate_agencies())
    return tuple(hint for hint in hints if hint.words)


def _found(agency: SeparateAgency, text: str) -> tuple[str, ...]:
    found = [match[0].lower() for match in _pattern(agency.words).finditer(text)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Each as a whole word, also in the plural or with an 's; the longest first."""
    each = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{each})(?=s?\b|['’]s\b)", re.IGNORECASE)
