"""Phrases as regular expressions, and the words without which a sentence cannot hold them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from requests_app.mail.suggestions.phrase_language import (
    Choice,
    Gap,
    Named,
    PhraseError,
    Piece,
    Sequence,
    Word,
    is_optional,
    parse_phrase,
)

_GAP = r"(?:\s+\S+){0,8}?"
# Patterns a phrase may name and that are no words.
BUILT_IN = {
    "amount": r"(?:\$\s?\d[\d,]*(?:\.\d{1,2})?|\$\.\d\d|\d[\d,]*(?:\.\d\d)?\s+dollars"
    r"|[a-z-]{3,20}(?:\s[a-z-]{3,20}){0,4}\s(?:dollars|cents))(?!\s*(?:million|billion))",
    "name": r"(?:the\s+)?(?-i:[A-Z][\w'&./-]*(?:,?\s+(?:of|the|and|for|&)(?=\s+[A-Z])"
    r"|\s+[A-Z][\w'&/-]*)*)",
    "question": r"[^?]{0,200}\?",
    "number": r"\d+",
    "number_in_parentheses": r"\(\d+\)",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase. A sentence without any of its `needs` cannot hold it: that is looked at first."""

    written: str
    pattern: re.Pattern[str]
    needs: frozenset[str]  # in lower case; empty: it may be anywhere


class Patterns:
    """The table [patterns], each of which may name those above it."""

    def __init__(self) -> None:
        self.trees: dict[str, Sequence] = {}

    def add(self, name: str, phrase: str) -> None:
        if name in BUILT_IN:
            raise PhraseError(f"the pattern {name!r} has the name of one that is built in")
        self.trees[name] = self.parse(phrase)

    def parse(self, phrase: str) -> Sequence:
        tree = parse_phrase(phrase)
        for name in _names(tree):
            if name not in self.trees and name not in BUILT_IN:
                raise PhraseError(
                    f"the phrase {phrase!r} names {{{name}}}, which is no pattern that stands "
                    "above it"
                )
        return tree

    def compiled(self, phrase: str) -> Phrase:
        """Raises PhraseError for what cannot be read."""
        tree = self.parse(phrase)
        begins = r"(?<!\w)" if re.match(r"[\w(\[{]", phrase) else ""
        ends = r"(?!\w)" if re.search(r"[\w)\]}]$", phrase) else ""
        pattern = re.compile(f"{begins}(?:{self._sequence(tree)}){ends}", re.IGNORECASE)
        return Phrase(phrase, pattern, self._needs(tree))

    def _sequence(self, tree: Sequence) -> str:
        """A part that may be missing takes one of the spaces beside it along."""
        regex, has_begun = "", False
        for chunk in tree.chunks:
            inner = "".join(self._piece(piece) for piece in chunk)
            if chunk == (Gap(),):
                regex += _GAP
            elif is_optional(chunk):
                regex += rf"(?:\s+{inner})?" if has_begun else rf"(?:{inner}\s+)?"
            else:
                regex += (r"\s+" if has_begun else "") + self._glued(chunk)
                has_begun = True
        return regex

    def _glued(self, chunk: tuple[Piece, ...]) -> str:
        """Pieces that touch: an ending in [] may be missing by itself."""
        return "".join(
            self._piece(piece) + ("?" if isinstance(piece, Choice) and piece.is_optional else "")
            for piece in chunk
        )

    def _piece(self, piece: Piece) -> str:
        match piece:
            case Word():
                before = r"\w*" if piece.any_beginning else ""
                after = r"\w*" if piece.any_ending else ""
                return f"{before}{re.escape(piece.text)}{after}"
            case Named():
                if piece.name in BUILT_IN:
                    return f"(?:{BUILT_IN[piece.name]})"
                return f"(?:{self._sequence(self.trees[piece.name])})"
            case Choice():
                return f"(?:{'|'.join(self._sequence(tree) for tree in piece.alternatives)})"
            case Gap():
                return _GAP

    def _needs(self, tree: Sequence) -> frozenset[str]:
        """Words one of which must stand in a sentence with the phrase: those that narrow most."""
        choices = [choice for choice in self._choices(tree) if choice]
        return max(
            choices, key=lambda choice: (min(map(len, choice)), -len(choice)), default=frozenset()
        )

    def _choices(self, tree: Sequence) -> Iterator[frozenset[str]]:
        """For each piece that cannot be missing: the words it can be; empty where it can be any."""
        for chunk in tree.chunks:
            for piece in chunk:
                if isinstance(piece, Word):
                    yield frozenset({piece.text})
                elif isinstance(piece, Named) and piece.name in self.trees:
                    yield from self._choices(self.trees[piece.name])
                elif isinstance(piece, Choice) and not piece.is_optional:
                    each = [self._needs(tree) for tree in piece.alternatives]
                    yield frozenset().union(*each) if all(each) else frozenset()


def _names(tree: Sequence) -> Iterator[str]:
    for chunk in tree.chunks:
        for piece in chunk:
            if isinstance(piece, Named):
                yield piece.name
            elif isinstance(piece, Choice):
                for alternative in piece.alternatives:
                    yield from _names(alternative)
