"""phrases.toml, read and compiled once. How a phrase is written: see phrase_language.py."""

import json
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from requests_app.mail.suggestions.phrase_compiler import Patterns, Phrase
from requests_app.mail.suggestions.phrase_language import PhraseError
from requests_app.mail.suggestions.suggestion import SuggestionKind

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


def parse(text: str, *, file: str = FILE.name) -> Phrases:
    """Raises PhraseError, which names the file, the line and what is wrong there."""
    try:
        table = tomllib.loads(text)
        source = _Source(text, file)
        for name, phrase in table.get("patterns", {}).items():
            source.define(name, phrase)
        rules = tuple(source.rule(entry) for entry in table["rules"])
        return Phrases(rules, tuple(source.set_aside(entry) for entry in table["set_aside"]))
    except tomllib.TOMLDecodeError as error:
        raise PhraseError(f"{file}: {error}") from error
    except KeyError as error:
        raise PhraseError(f"{file}: the key {error} is missing") from error


class _Source:
    """The text of a file of phrases; each is compiled with the line that it stands on."""

    def __init__(self, text: str, file: str) -> None:
        self.lines, self.file = text.split("\n"), file
        self.patterns = Patterns()

    def define(self, name: str, phrase: str) -> None:
        with self._line_of(phrase):
            self.patterns.add(name, phrase)

    def rule(self, entry: dict[str, Any]) -> Rule:
        return Rule(
            name=entry["name"],
            kind=SuggestionKind(entry["kind"]),
            says=self._each(entry["says"]),
            unless=self._each(entry.get("unless", [])),
        )

    def set_aside(self, entry: dict[str, Any]) -> SetAside:
        kinds = frozenset(SuggestionKind(kind) for kind in entry.get("kinds", SuggestionKind))
        return SetAside(
            name=entry["name"],
            kinds=kinds,
            before=self._each(entry.get("before", [])),
            just_before=self._each(entry.get("just_before", [])),
            anywhere=self._each(entry.get("anywhere", [])),
            paragraph_opens=self._each(entry.get("paragraph_opens", [])),
        )

    def _each(self, phrases: Iterable[str]) -> tuple[Phrase, ...]:
        return tuple(self._compiled(phrase) for phrase in phrases)

    def _compiled(self, phrase: str) -> Phrase:
        with self._line_of(phrase):
            return self.patterns.compiled(phrase)

    @contextmanager
    def _line_of(self, phrase: str) -> Iterator[None]:
        """What cannot be read in the phrase is said with its line."""
        try:
            yield
        except PhraseError as error:
            spelled = (json.dumps(phrase, ensure_ascii=False), f"'{phrase}'")
            at = (n for n, line in enumerate(self.lines, 1) if any(s in line for s in spelled))
            raise PhraseError(f"{self.file}, line {next(at, '?')}: {error}") from error
