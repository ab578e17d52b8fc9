"""The sentence in which a search found something, with the words marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from requests_app.search.stems import stem
from requests_app.search.words import SearchWords, Term

BEFORE, AFTER = 90, 150  # characters shown on either side of what was found
SAME_BEGINNING = 3  # letters that all endings of a word share
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_found: bool = False


def snippet(text: str, words: SearchWords) -> tuple[Piece, ...]:
    """Around the first place that has a word looked for; the text's beginning where none has."""
    places = _places(text, words)
    first = next(places, None)
    if first is None:
        return (Piece(_cut_short(text[: BEFORE + AFTER], is_cut=len(text) > BEFORE + AFTER)),)
    begin = _word_boundary(text, first[0] - BEFORE)
    end = min(len(text), first[0] + AFTER)
    end = len(text) if end == len(text) else max(first[1], text.rfind(" ", begin, end))
    marked = [first, *(place for place in _until(places, end))]
    return tuple(_pieces(text, begin, end, marked))


def _pieces(text: str, begin: int, end: int, marked: list[tuple[int, int]]) -> Iterator[Piece]:
    at = begin
    for start, stop in marked:
        if start > at:
            before = "… " if at == begin and begin else ""
            yield Piece(before + _one_line(text[at:start]))
        yield Piece(text[start:stop], is_found=True)
        at = stop
    rest = _one_line(text[at:end])
    if end < len(text):
        rest = f"{rest.rstrip()} …"
    if rest:
        yield Piece(rest)


def _places(text: str, words: SearchWords) -> Iterator[tuple[int, int]]:
    """Where each word looked for stands, from the beginning: start and end."""
    wanted = _Wanted(words.wanted)
    return (found.span() for found in wanted.beginning.finditer(text) if wanted.has(found[0]))


class _Wanted:
    """Few of a long text's words begin as one that is looked for; only those are stemmed."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        every = {word.casefold() for term in terms for word in term.words}
        last_ones = {term.words[-1].casefold() for term in terms if term.is_beginning}
        self.stems = {stem(word) for word in every}
        self.beginnings = tuple(stem(word) for word in last_ones)
        begins = "|".join(re.escape(word[:SAME_BEGINNING]) for word in sorted(every))
        self.beginning = re.compile(rf"(?<![^\W_])(?:{begins})[^\W_]*", re.IGNORECASE)

    def has(self, word: str) -> bool:
        stemmed = stem(word.casefold())
        return stemmed in self.stems or stemmed.startswith(self.beginnings)


def _until(places: Iterator[tuple[int, int]], end: int) -> Iterator[tuple[int, int]]:
    for place in places:
        if place[1] > end:
            return
        yield place


def _word_boundary(text: str, at: int) -> int:
    if at <= 0:
        return 0
    return text.find(" ", at, at + BEFORE) + 1 or at


def _one_line(text: str) -> str:
    return BLANKS.sub(" ", text)


def _cut_short(text: str, *, is_cut: bool) -> str:
    line = _one_line(text).strip()
    return f"{line} …" if is_cut else line
