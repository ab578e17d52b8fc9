"""phrases.toml, read and compiled once. How a phrase is written: see phrase_language.py."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from requests_app.mail.meaning.phrase_language import Phrase, PhraseError, compiled
from requests_app.mail.meaning.suggestions import SuggestionKind

__all__ = ["Phrase", "PhraseError", "Phrases", "Rule", "SetAside", "parse", "phrases"]

FILE = Path(__file__).with_name("phrases.toml")


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    kind: SuggestionKind
    says: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]  # anywhere in the sentence: the rule does not count


@dataclass(frozen=True, slots=True)
class SetAside:
    """Sentences whose words do not count."""

    name: str
    kinds: frozenset[SuggestionKind]
    before: tuple[Phrase, ...]  # stands before the match, in the sentence
    just_before: tuple[Phrase, ...]  # within the four words before it
    anywhere: tuple[Phrase, ...]
    paragraph_opens: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    rules: tuple[Rule, ...]
    set_aside: tuple[SetAside, ...]

    @property
    def needed(self) -> frozenset[str]:
        """Every word that some rule needs."""
        return frozenset(word for rule in self.rules for says in rule.says for word in says.needs)


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The rules of phrases.toml, compiled once."""
    return parse(FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def needed_words() -> frozenset[str]:
    return phrases().needed


def parse(text: str) -> Phrases:
    """PhraseError or a KeyError names what is wrong."""
    table = tomllib.loads(text)
    patterns: dict[str, str] = table.get("patterns", {})

    def each(phrases: Iterable[str]) -> tuple[Phrase, ...]:
        return tuple(compiled(phrase, patterns) for phrase in phrases)

    rules = tuple(
        Rule(
            name=entry["name"],
            kind=SuggestionKind(entry["kind"]),
            says=each(entry["says"]),
            unless=each(entry.get("unless", [])),
        )
        for entry in table["rules"]
    )
    aside = tuple(
        SetAside(
            name=entry["name"],
            kinds=frozenset(SuggestionKind(kind) for kind in entry.get("kinds", SuggestionKind)),
            before=each(entry.get("before", [])),
            just_before=each(entry.get("just_before", [])),
            anywhere=each(entry.get("anywhere", [])),
            paragraph_opens=each(entry.get("paragraph_opens", [])),
        )
        for entry in table["set_aside"]
    )
    return Phrases(rules, aside)
