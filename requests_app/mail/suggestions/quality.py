"""How well the suggestions fit letters whose meaning is known: precision and recall by kind."""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from requests_app.mail.meaning.quotes import without_quotes
from requests_app.mail.suggestions.apply_rules import Written, suggest_from
from requests_app.mail.suggestions.suggestion import Suggestion, SuggestionKind

Citations = Callable[[str], Sequence[str]]  # a city's slug → its statute's exemptions


class LetterError(ValueError):
    """A letter's file that cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class Letter:
    name: str  # file and name
    city: str
    subject: str
    text: str
    on: date
    expected: dict[SuggestionKind, dict[str, Any]]


@dataclass(slots=True)
class Tally:
    """Of one kind of answer."""

    right: int = 0
    wrong: int = 0  # suggested, and the letter says nothing of the kind
    missed: int = 0
    details_right: int = 0
    details_wrong: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


@dataclass(slots=True)
class Measured:
    letters: int = 0
    tallies: dict[SuggestionKind, Tally] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def total(self) -> Tally:
        total = Tally()
        for tally in self.tallies.values():
            total.right += tally.right
            total.wrong += tally.wrong
            total.missed += tally.missed
            total.details_right += tally.details_right
            total.details_wrong += tally.details_wrong
        return total


def letters(folder: Path) -> Iterator[Letter]:
    """Every letter of the folder's TOML files."""
    for path in sorted(folder.glob("*.toml")):
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            for entry in table["letters"]:
                yield Letter(
                    name=f"{path.stem}: {entry['name']}",
                    city=entry.get("city", table["city"]),
                    subject=entry["subject"],
                    text=entry["text"].strip(),
                    on=entry["on"],
                    expected={SuggestionKind(item["kind"]): item for item in entry["expect"]},
                )
        except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
            raise LetterError(f"{path.name}: {error}") from error


def measure(folder: Path, citations: Citations) -> Measured:
    """Every letter read and compared with what it is known to say."""
    measured = Measured(tallies={kind: Tally() for kind in SuggestionKind})
    for letter in letters(folder):
        measured.letters += 1
        words = without_quotes(letter.text)
        found = suggest_from(Written(letter.subject, words, citations(letter.city), letter.on))
        _compare(letter, {item.kind: item for item in found}, measured)
    return measured


def _compare(letter: Letter, found: dict[SuggestionKind, Suggestion], measured: Measured) -> None:
    for kind, must in letter.expected.items():
        tally = measured.tallies[kind]
        if kind not in found:
            tally.missed += 1
            measured.faults.append(f"{letter.name}: no {kind} was seen")
            continue
        tally.right += 1
        for key, value in must.items():
            if key != "kind":
                _compare_detail(letter, found[kind], key, value, measured)
    for kind in found.keys() - letter.expected.keys():
        measured.tallies[kind].wrong += 1
        measured.faults.append(f"{letter.name}: {kind} was seen ({found[kind].rule})")


def _compare_detail(
    letter: Letter, found: Suggestion, key: str, must: Any, measured: Measured
) -> None:
    has = getattr(found.details, key)
    is_same = sorted(has) == sorted(must) if isinstance(has, tuple) else str(has) == str(must)
    tally = measured.tallies[found.kind]
    if is_same:
        tally.details_right += 1
        return
    tally.details_wrong += 1
    measured.faults.append(f"{letter.name}: {found.kind}: {key} is {has!r}, and should be {must!r}")
