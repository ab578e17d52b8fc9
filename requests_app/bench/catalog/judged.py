"""Drafts of which a person said which datasets answer them, and how the desk does on them.

The set is in tests/catalog/judged: one half to tune on, one that nothing is tuned on.
"""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cities.portals.dataset_record import Column, DatasetRecord
from cities.schema.load import load_city
from requests_app.bench.catalog import filling
from requests_app.catalog.suggestions.draft_terms import DraftText
from requests_app.catalog.suggestions.suggest import CatalogCheck, suggest
from requests_app.models import CityPortal

HALVES = ("tuning", "held")
PLACE = ("Lakemont", "Ohio")  # the city that the set is written about
LEAST_RECALL, MOST_FALSE = 0.9, 0.1
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class JudgedDraft:
    """`answers` are titles of the set's datasets; none where no dataset answers it."""

    half: str
    subject: str
    text: str
    answers: frozenset[str]


@dataclass
class Figures:
    """Of one half, or of both."""

    drafts: int = 0
    answerable: int = 0
    found: int = 0
    with_any_shown: int = 0  # of those that nothing answers
    with_any_folded: int = 0  # of them, with something beneath the note on what is rarely published
    shown: int = 0
    wrong: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.answerable

    @property
    def false_drafts(self) -> float:
        return self.with_any_shown / (self.drafts - self.answerable)

    @property
    def false_shown(self) -> float:
        return self.wrong / self.shown if self.shown else 0.0

    @property
    def is_met(self) -> bool:
        is_found = self.recall >= LEAST_RECALL
        return is_found and max(self.false_drafts, self.false_shown) <= MOST_FALSE

    def lines(self, name: str) -> list[str]:
        mark = "ok" if self.is_met else "WORSE THAN PROMISED"
        none = self.drafts - self.answerable
        found = f"{self.found}/{self.answerable} = {self.recall:.3f}"
        any_shown = f"{self.with_any_shown}/{none} = {self.false_drafts:.3f}"
        wrong = f"{self.wrong}/{self.shown} = {self.false_shown:.3f}"
        at_most = f"at most {MOST_FALSE}"
        return [
            f"{name}: {self.drafts} drafts, {none} answerable by none  {mark}",
            f"  found in the first three   {found}  (at least {LEAST_RECALL})",
            f"  something shown for none   {any_shown}  ({at_most}; {self.with_any_folded} folded)",
            f"  shown and wrong            {wrong}  ({at_most})",
        ]


def read_datasets(path: Path) -> list[DatasetRecord]:
    """A dataset a line: title | steward | keywords | columns | description."""
    found = []
    for line in path.read_text().splitlines():
        title, steward, keywords, columns, description = line.split(" | ")
        found.append(
            DatasetRecord(
                external_id=title,
                title=title,
                description=description,
                steward=steward,
                keywords=tuple(keywords.split(", ")),
                columns=tuple(Column(name) for name in columns.split(", ")),
            )
        )
    return found


def read_drafts(path: Path) -> list[JudgedDraft]:
    raw = tomllib.loads(path.read_text())["draft"]
    return [
        JudgedDraft(one["half"], one["subject"], one["text"], frozenset(one["answers"]))
        for one in raw
    ]


def run(folder: Path) -> dict[str, Figures]:
    """The figures of each half and of both. It leaves a filled portal: roll it back."""
    portal = filling.fill(read_datasets(folder / "datasets.txt"), at=AT)
    figures = {name: Figures() for name in (*HALVES, "both")}
    for draft in read_drafts(folder / "drafts.toml"):
        found = check(portal, draft)
        for name in (draft.half, "both"):
            _count(figures[name], draft, found)
    return figures


def report(folder: Path, say: Callable[[str], None]) -> bool:
    """Each half's figures and what went wrong. Whether the held half and both are as promised."""
    figures = run(folder)
    for name, one in figures.items():
        for line in one.lines(name):
            say(line)
        for fault in one.faults if name != "both" else ():
            say(f"  - {fault}")
    return figures["held"].is_met and figures["both"].is_met


def check(portal: CityPortal, draft: JudgedDraft) -> CatalogCheck:
    assert portal.newsroom is not None
    text = DraftText.of(draft.subject, draft.text, PLACE)
    return suggest(portal.newsroom, load_city(filling.CITY), text, at=AT)


def _count(figures: Figures, draft: JudgedDraft, check: CatalogCheck) -> None:
    titles = [one.dataset.title for one in check.suggestions]
    shown = [] if check.is_folded else titles
    wrong = [title for title in shown if title not in draft.answers]
    figures.drafts += 1
    figures.shown += len(shown)
    figures.wrong += len(wrong)
    if not draft.answers:
        figures.with_any_shown += bool(shown)
        figures.with_any_folded += bool(check.is_folded and titles)
    else:
        figures.answerable += 1
        figures.found += bool(draft.answers & {*shown})
    if wrong or (draft.answers and not draft.answers & {*shown}):
        figures.faults.append(_fault(draft, shown))


def _fault(draft: JudgedDraft, shown: Iterable[str]) -> str:
    wanted = " or ".join(sorted(draft.answers)) or "nothing"
    return f"{draft.subject}: wanted {wanted}, shown {', '.join(shown) or 'nothing'}"
