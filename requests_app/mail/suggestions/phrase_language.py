"""The small language of phrases.toml, read into a tree. What it does not know it refuses.

your [public] records request    words; those in [] may be missing
(attached|enclosed)              one of these
clarif*  *n't                    any ending; any beginning
request ... denied               up to eight words between
{amount}                         a pattern by its name: one of the table [patterns], which is
                                 written as a phrase itself, or one of phrase_compiler.BUILT_IN

Capitals do not matter. Digits are {number}; a figure in parentheses is {number_in_parentheses}.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


class PhraseError(ValueError):
    """A phrase that cannot be read; the message names it, and what to do."""


@dataclass(frozen=True, slots=True)
class Word:
    """Letters as they are written. `text` is in lower case."""

    text: str
    any_beginning: bool = False
    any_ending: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A pattern by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences; nothing at all too, where it `is_optional`."""

    alternatives: tuple["Sequence", ...]
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to eight words that do not matter."""


Piece = Word | Named | Choice | Gap


@dataclass(frozen=True, slots=True)
class Sequence:
    """Chunks with spaces between them; the pieces of one chunk touch, as in appl(y|ies)."""

    chunks: tuple[tuple[Piece, ...], ...]


_TOKEN = re.compile(
    r"(?P<gap>\.\.\.)|(?P<space>\s+)|\{(?P<name>\w+)\}|(?P<sign>[()\[\]|])"
    r"|(?P<prefix>\*)?(?P<word>(?:[^\W_]|['’/:?,§&-]|\.(?!\.\.))+)(?P<ending>\*)?"
)
_CLOSES = {"(": ")", "[": "]"}


def parse_phrase(phrase: str) -> Sequence:
    """The phrase as a tree. Raises PhraseError for what the language has no meaning for."""
    reader = _Reader(phrase, list(_tokens(phrase)))
    alternatives = reader.alternatives(closing="")
    if len(alternatives) > 1:
        raise PhraseError(f"the phrase {phrase!r} has | outside of parentheses: add them")
    return alternatives[0]


def is_optional(chunk: tuple[Piece, ...]) -> bool:
    """Whether all of a chunk may be missing."""
    return all(isinstance(piece, Choice) and piece.is_optional for piece in chunk)


def _tokens(phrase: str) -> Iterator[re.Match[str]]:
    position = 0
    while position < len(phrase):
        match = _TOKEN.match(phrase, position)
        if match is None:
            raise PhraseError(
                f"the phrase {phrase!r} cannot be read from {phrase[position:]!r} on: only words, "
                "(a|b), [a], {name}, ... and word* mean something here; write {number} for digits"
            )
        yield match
        position = match.end()


@dataclass(slots=True)
class _Reader:
    phrase: str
    tokens: list[re.Match[str]]
    position: int = 0

    def alternatives(self, *, closing: str) -> tuple[Sequence, ...]:
        """The sequences up to the closing sign, which is taken too."""
        found: list[Sequence] = []
        chunks: list[tuple[Piece, ...]] = []
        chunk: list[Piece] = []
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            self.position += 1
            sign = token["sign"]
            if sign == "|" or (sign and sign == closing):
                found.append(self._sequence(chunks, chunk))
                chunks, chunk = [], []
                if sign == closing:
                    return tuple(found)
            elif token["space"] or token["gap"]:
                chunks += [tuple(chunk)] if chunk else []
                chunks += [(Gap(),)] if token["gap"] else []
                chunk = []
            else:
                chunk.append(self._piece(token))
        if closing:
            raise PhraseError(f"the phrase {self.phrase!r} has no {closing} for what it opens")
        return (*found, self._sequence(chunks, chunk))

    def _piece(self, token: re.Match[str]) -> Piece:
        if token["name"]:
            return Named(token["name"])
        if token["word"]:
            return Word(token["word"].lower(), bool(token["prefix"]), bool(token["ending"]))
        sign = token["sign"]
        if sign not in _CLOSES:
            raise PhraseError(f"the phrase {self.phrase!r} has a {sign} that closes nothing")
        return Choice(self.alternatives(closing=_CLOSES[sign]), is_optional=sign == "[")

    def _sequence(self, chunks: list[tuple[Piece, ...]], last: list[Piece]) -> Sequence:
        whole = (*chunks, tuple(last)) if last else tuple(chunks)
        if not whole or all(is_optional(chunk) for chunk in whole):
            raise PhraseError(f"the phrase {self.phrase!r} has a place where no word must stand")
        if whole[0] == (Gap(),):
            raise PhraseError(f"the phrase {self.phrase!r} has ... without a word before it")
        return Sequence(whole)
