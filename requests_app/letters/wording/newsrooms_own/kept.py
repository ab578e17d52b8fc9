"""What a text must keep of the pack's: each fact that the pack's wording prints, and its law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from cities.schema.filings.exemptions import GAP
from requests_app.letters.facts.declared_facts import Declared
from requests_app.letters.facts.due_day import MARK
from requests_app.letters.markdown import escape
from requests_app.letters.wording.newsrooms_own.citations import cited
from requests_app.letters.wording.newsrooms_own.trial_facts import LAW
from requests_app.letters.wording.split_text import normal

A_GAP = "a place to fill in"


def lost(
    declared: Mapping[str, Declared], facts: Mapping[str, Any], packs: str, own: str
) -> tuple[str, ...]:
    """The facts that the pack's letter prints with these values, and the other letter does not.

    A sentence of law may be in one's own words as long as it cites what the pack's does; one that
    names our count of the day may not.
    """
    theirs, ours = _Printed.of(facts, packs), normal(own)
    missing = [
        name
        for name, value in facts.items()
        if declared[name].is_printed and not _is_kept(name, value, theirs, ours)
    ]
    if GAP.search(packs.replace(MARK, "")) and not GAP.search(own.replace(MARK, "")):
        missing.append(A_GAP)
    return tuple(missing)


def printed(
    declared: Mapping[str, Declared], facts: Mapping[str, Any], packs: str
) -> tuple[str, ...]:
    """The facts that the pack's letter prints with these values."""
    theirs = _Printed.of(facts, packs)
    return tuple(
        name
        for name, value in facts.items()
        if declared[name].is_printed and theirs.texts_of(name, value)
    )


@dataclass(frozen=True, slots=True)
class _Printed:
    """The pack's letter, whole and without its sentences of law: a fact that stands only within
    such a sentence, as the name of the law does, goes with it."""

    whole: str
    beside_the_law: str

    @classmethod
    def of(cls, facts: Mapping[str, Any], packs: str) -> Self:
        whole = rest = normal(packs)
        for name in LAW & facts.keys():
            for words in _texts(facts[name]):
                rest = rest.replace(words, " ")
        return cls(whole, rest)

    def texts_of(self, name: str, value: Any) -> list[str]:
        """What of a fact the letter prints."""
        letter = self.whole if name in LAW else self.beside_the_law
        return [words for words in _texts(value) if words in letter]


def _is_kept(name: str, value: Any, theirs: _Printed, ours: str) -> bool:
    if all(words in ours for words in theirs.texts_of(name, value)):
        return True
    if name not in LAW or MARK in str(value):
        return False
    cites = cited(str(value))
    return bool(cites) and cites <= cited(ours)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (normal(escape(line)) for line in value.split("\n") if line.strip())
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
