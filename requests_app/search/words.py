"""What somebody typed to look for, as either database is asked.

Every word has to stand in the text, in any of its endings: "redacted" finds "redacting". One that
has no ending yet may begin another: "invo" finds "invoice". Words in quotation marks are whole and
stand side by side, and `-draft` must not be there.
"""

import re
from dataclasses import dataclass
from typing import Self

from requests_app.search.stems import stem

LONGEST = 200  # characters
MOST_TERMS = 12
SHORTEST_BEGINNING = 2  # letters; all that begin with one would be half of what there is
TERM = re.compile(r'(?P<without>-?)(?:"(?P<phrase>[^"]*)"?|(?P<plain>\S+))')
WORD = re.compile(r"[^\W_]+")


class SearchError(ValueError):
    """Nothing can be looked for; the sentence says what to type instead."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words side by side; of the last perhaps only the beginning."""

    words: tuple[str, ...]
    is_beginning: bool = False
    is_excluded: bool = False

    @property
    def for_postgresql(self) -> str:
        quoted = [f"'{word}'" for word in self.words]
        if self.is_beginning:
            quoted[-1] += ":*"
        return ("!" if self.is_excluded else "") + "(" + " <-> ".join(quoted) + ")"

    @property
    def for_sqlite(self) -> str:
        return '"' + " ".join(self.words) + '"' + (" *" if self.is_beginning else "")


@dataclass(frozen=True, slots=True)
class SearchWords:
    terms: tuple[Term, ...]

    @classmethod
    def read(cls, typed: str) -> Self:
        """Raises SearchError. What is neither letter nor digit divides words, as in the index."""
        if len(typed) > LONGEST:
            raise SearchError(f"Look for fewer words: at most {LONGEST} characters.")
        found = (_term(match) for match in TERM.finditer(typed.replace("“", '"').replace("”", '"')))
        terms = tuple(term for term in found if term.words)
        if len(terms) > MOST_TERMS:
            raise SearchError(f"Look for fewer words: at most {MOST_TERMS}.")
        if not terms:
            raise SearchError("Type a word to look for: letters or digits.")
        if all(term.is_excluded for term in terms):
            raise SearchError("Type a word that is to be found too, beside those that are not.")
        return cls(terms)

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.is_excluded)

    @property
    def for_postgresql(self) -> str:
        """For `to_tsquery`."""
        return " & ".join(term.for_postgresql for term in self.terms)

    @property
    def for_sqlite(self) -> str:
        """For FTS5's `MATCH`."""
        excluded = "".join(f" NOT {term.for_sqlite}" for term in self.terms if term.is_excluded)
        return "(" + " AND ".join(term.for_sqlite for term in self.wanted) + ")" + excluded


def _term(match: re.Match[str]) -> Term:
    plain = match["plain"] or ""
    words = tuple(WORD.findall(match["phrase"] or plain))
    is_beginning = bool(plain and words) and _may_begin_another(words[-1].casefold())
    return Term(words, is_beginning=is_beginning, is_excluded=bool(match["without"]))


def _may_begin_another(word: str) -> bool:
    """Not "towing": the index has its stem alone, with which "tower" begins as well."""
    return len(word) >= SHORTEST_BEGINNING and stem(word) == word
