"""A word as it is compared: without its plural or its -ing and -ed, and one word for a meaning.

Only inflections are taken off. A stemmer that takes more off makes "footage" a foot, "officer" an
office and "parking" a park, each of which is another dataset of a city.
"""

import re
import unicodedata
from functools import lru_cache

from requests_app.catalog.suggestions.word_lists import KEPT_WHOLE, PHRASES, SAME_MEANING

SHORTEST = 4  # shorter words are left as they are: "gas", "bus", "tax"
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
VOWEL = re.compile(r"[aeiouy]")


def plain(text: str) -> str:
    """Lower case, without accents: "Peña" is "pena" to both databases."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The term of one plain word."""
    word = word.removesuffix("'s").replace("'", "")
    inflected = without_inflection(word)
    return MEANINGS.get(word) or MEANINGS_BY_STEM.get(inflected) or inflected


def without_inflection(word: str) -> str:
    if len(word) < SHORTEST or not word.isascii() or not word.isalpha():
        return word
    one = _singular(word)
    if one in KEPT_WHOLE:
        return one
    return _one_consonant(_without_e(_without_ending(one)))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > SHORTEST:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_ending(word: str) -> str:
    for ending in ("ing", "ed"):
        short = word.removesuffix(ending)
        if short != word and len(short) >= 3 and VOWEL.search(short) and not word.endswith("eed"):
            return short
    return word


def _without_e(word: str) -> str:
    is_silent = word.endswith("e") and not word.endswith("ee") and len(word) >= SHORTEST
    return word[:-1] if is_silent else word


def _one_consonant(word: str) -> str:
    is_double = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou"
    return word[:-1] if is_double else word


MEANINGS = {word: group[0] for group in SAME_MEANING for word in group}
MEANINGS_BY_STEM = {without_inflection(word): term for word, term in MEANINGS.items()}
PHRASE = re.compile(rf"\b(?:{'|'.join(sorted(PHRASES, key=len, reverse=True))})\b")


def with_phrases_joined(text: str) -> str:
    """A plain text in which "service requests" is the one word that it means."""
    spaced = re.sub(r"[-_/]+", " ", text)
    return PHRASE.sub(lambda found: PHRASES[found[0]], spaced)
