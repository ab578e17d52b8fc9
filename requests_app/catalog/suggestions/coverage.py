"""How much of a draft a dataset covers, and which datasets are shown for it.

A search engine's rank only says which of the datasets is nearest: something is always nearest.
What decides is how much of what is asked the dataset's metadata speaks of, a word that few
datasets have counting most, and one that none has counting as the rarest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, log

from requests_app.catalog.suggestions.dataset_terms import TITLE, DatasetTerms
from requests_app.catalog.suggestions.draft_terms import DraftTerm, DraftTerms

MOST_SHOWN = 3
PLACE_WEIGHTS = {"A": 1.0, "B": 0.9, "C": 0.8, "D": 0.7}
# Tuned on the tuning half of tests/catalog/judged alone; docs/benchmarks.md has the figures.
ASKED_AGAINST_NAMED = 0.7  # what the draft asks weighs more than what the title says
ENOUGH_NAMED = 0.3  # of what the dataset's title says, named by the draft
ENOUGH = 0.38
NEAR_THE_BEST = 0.8  # of the best one's score: what is far behind it is another matter
MOST_COUNTED = 14  # terms of a draft, the weightiest: a long one is no less answered
FEWEST_FOUND = 3  # or, of a draft of fewer words, this share of them
SHARE_FOUND = 0.7
SMALL_CATALOG = 50  # so few datasets say little of which words are rare


@dataclass(frozen=True, slots=True)
class TermCounts:
    """In how many of a catalog's datasets each term stands."""

    datasets: int
    counts: Mapping[str, int]

    def rarity(self, term: str) -> float:
        """Its inverse document frequency; that of a term nobody has is the greatest."""
        size = max(self.datasets, SMALL_CATALOG)
        return log(1 + size / (0.5 + self.counts.get(term, 0)))


@dataclass(frozen=True, slots=True)
class FoundWord:
    word: str
    places: str  # as `DatasetTerms.places` has them


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a dataset's metadata has of a draft. Shares are from 0 to 1."""

    asked: float
    named: float
    found: tuple[FoundWord, ...]
    missing: tuple[str, ...]
    is_of_other_years: bool

    @property
    def score(self) -> float:
        share: float = self.asked**ASKED_AGAINST_NAMED * self.named ** (1 - ASKED_AGAINST_NAMED)
        return share

    @property
    def is_shown(self) -> bool:
        fewest = min(FEWEST_FOUND, ceil(SHARE_FOUND * (len(self.found) + len(self.missing))))
        is_enough = self.named >= ENOUGH_NAMED and self.score >= ENOUGH
        return is_enough and len(self.found) >= fewest and not self.is_of_other_years


def coverage(draft: DraftTerms, dataset: DatasetTerms, counts: TermCounts) -> Coverage:
    """Of the terms that count, those it has and those it has not."""
    weighed = counted_terms(draft, counts)
    has = {one.term: dataset.places[one.term] for one, _ in weighed if one.term in dataset.places}
    whole = sum(weight for _, weight in weighed)
    covered = sum(
        weight * max(PLACE_WEIGHTS[place] for place in has[term.term])
        for term, weight in weighed
        if term.term in has
    )
    return Coverage(
        asked=covered / whole if whole else 0.0,
        named=_named(draft, dataset, counts),
        found=tuple(FoundWord(one.word, has[one.term]) for one, _ in weighed if one.term in has),
        missing=tuple(one.word for one, _ in weighed if one.term not in has),
        is_of_other_years=bool(dataset.years and draft.years and not dataset.years & draft.years),
    )


def counted_terms(draft: DraftTerms, counts: TermCounts) -> list[tuple[DraftTerm, float]]:
    """The weightiest, each with its weight: how much the draft stresses it, times its rarity."""
    weighed = [
        (term, term.weight * counts.rarity(term.term))
        for term in draft.terms
        if not term.is_name or counts.counts.get(term.term)
    ]
    return sorted(weighed, key=lambda one: -one[1])[:MOST_COUNTED]


def _named(draft: DraftTerms, dataset: DatasetTerms, counts: TermCounts) -> float:
    """How much of the dataset's title the draft names."""
    asked = {term.term for term in draft.terms}
    title = {term: counts.rarity(term) for term in dataset.in_place(TITLE)}
    whole = sum(title.values())
    return sum(rarity for term, rarity in title.items() if term in asked) / whole if whole else 0.0


def decide(judged: Iterable[tuple[int, Coverage]]) -> list[tuple[int, Coverage]]:
    """Those that are shown, the best first: at most three. Each with its dataset's key."""
    shown = sorted(
        (one for one in judged if one[1].is_shown), key=lambda one: (-one[1].score, one[0])
    )[:MOST_SHOWN]
    return [one for one in shown if one[1].score >= NEAR_THE_BEST * shown[0][1].score]
