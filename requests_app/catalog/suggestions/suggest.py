"""Published datasets that may already answer a draft, or why that could not be checked.

1. The draft's terms, without what every request says (`draft_terms`).
2. Those of them that most tell datasets apart are looked up in the database (`full_text`).
3. Of what is nearest, each dataset's coverage of the draft decides if it is shown (`coverage`).

Nothing leaves this machine, and nothing here stops a request from being filed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from cities.schema.city import City
from requests_app.catalog.suggestions import full_text, rare_kinds
from requests_app.catalog.suggestions.coverage import (
    Coverage,
    TermCounts,
    counted_terms,
    coverage,
    decide,
)
from requests_app.catalog.suggestions.dataset_terms import TITLE, DatasetTerms
from requests_app.catalog.suggestions.draft_terms import DraftTerms, DraftText, terms_of
from requests_app.catalog.suggestions.freshness import Freshness, freshness
from requests_app.models import (
    CatalogDataset,
    CatalogIndex,
    CityPortal,
    IndexedDataset,
    Newsroom,
    PortalStatus,
)

CANDIDATES = 30
MOST_ROWS = 500  # that the database ranks: rarer terms first, until so many datasets have one
FEWEST_TERMS = 3
CHECKED = frozenset({PortalStatus.OK, PortalStatus.EMPTY})


@dataclass(frozen=True, slots=True)
class Suggestion:
    dataset: CatalogDataset
    coverage: Coverage
    freshness: Freshness
    is_older: bool = False  # last updated before the first year that the draft asks about


@dataclass(frozen=True, slots=True)
class CatalogCheck:
    """What came of looking. `could_not` says why the catalog was not checked as it is today;
    datasets of an earlier reading may be shown all the same."""

    portal: CityPortal | None
    could_not: str = ""
    dataset_count: int = 0
    read_at: datetime | None = None
    suggestions: tuple[Suggestion, ...] = ()
    rarely_published: tuple[str, ...] = ()  # kinds of record that the draft asks for

    @property
    def is_checked(self) -> bool:
        return not self.could_not

    @property
    def is_folded(self) -> bool:
        return bool(self.rarely_published)


def left_out_of(city: City) -> tuple[str, ...]:
    """Names that stand in every request of a city, and in every title of its catalog."""
    statute = city.statute
    return city.name, city.county, statute.state, statute.name, statute.short_name, city.code


def suggest(
    newsroom: Newsroom,
    city: City,
    draft: DraftText,
    *,
    at: datetime,
    without: Collection[int] = (),
) -> CatalogCheck:
    """`without` are the keys of datasets that somebody has judged already."""
    portal = CityPortal.objects.for_newsroom(newsroom).filter(city_slug=city.slug).first()
    if portal is None:
        return CatalogCheck(None, f"No catalog of {city.name} is set up here.")
    index = CatalogIndex.objects.filter(portal=portal).first()
    could_not = _could_not(portal, index, city)
    if index is None:
        return CatalogCheck(portal, could_not)
    asked = terms_of(draft)
    shown = decide(_judged(asked, index, without))
    kinds = rare_kinds.asked_for(draft)
    return CatalogCheck(
        portal,
        could_not,
        dataset_count=index.dataset_count,
        read_at=portal.last_complete_at,
        suggestions=_suggestions(asked, shown, at=at),
        rarely_published=() if _names_kind(shown, kinds) else tuple(kind.name for kind in kinds),
    )


def _could_not(portal: CityPortal, index: CatalogIndex | None, city: City) -> str:
    if portal.status not in CHECKED:
        why = portal.status_reason or f"{portal.get_status_display()}."
        return f"{city.name}’s catalog: {why}"
    if index is None and portal.status == PortalStatus.OK:
        return f"{city.name}’s catalog was read and is not indexed yet."
    return ""


def _judged(
    asked: DraftTerms, index: CatalogIndex, without: Collection[int]
) -> list[tuple[int, Coverage]]:
    counts = TermCounts(index.dataset_count, index.term_counts)
    terms = _looked_up(asked, counts)
    keys = full_text.find(connection, index.portal_id, terms, most=CANDIDATES + len(without))
    rows = IndexedDataset.objects.filter(pk__in=set(keys) - set(without))
    return [
        (key, coverage(asked, DatasetTerms(places, frozenset(years)), counts))
        for key, places, years in rows.values_list("pk", "places", "years")
    ]


def _looked_up(asked: DraftTerms, counts: TermCounts) -> list[str]:
    """The rarest of the terms that count, as many as keep the database's work small."""
    known = [term.term for term, _ in counted_terms(asked, counts) if counts.counts.get(term.term)]
    found, rows = list[str](), 0
    for term in sorted(known, key=lambda one: counts.counts[one]):
        rows += counts.counts[term]
        if rows > MOST_ROWS and len(found) >= FEWEST_TERMS:
            break
        found.append(term)
    return found


def _names_kind(shown: list[tuple[int, Coverage]], kinds: tuple[rare_kinds.RareKind, ...]) -> bool:
    """Whether a dataset's title names the only rare kind asked for: a list of contracts is one."""
    if len(kinds) != 1 or not kinds[0].term:
        return False
    return any(
        found.word.startswith(kinds[0].term) and TITLE in found.places
        for _, one in shown
        for found in one.found
    )


def _suggestions(
    asked: DraftTerms, shown: list[tuple[int, Coverage]], *, at: datetime
) -> tuple[Suggestion, ...]:
    datasets = CatalogDataset.objects.in_bulk([key for key, _ in shown])
    return tuple(
        Suggestion(
            datasets[key],
            one,
            freshness(datasets[key], at=at),
            is_older=_is_older(datasets[key], asked),
        )
        for key, one in shown
    )


def _is_older(dataset: CatalogDataset, asked: DraftTerms) -> bool:
    updated = dataset.data_updated_at
    return bool(updated and asked.years and updated.year < min(asked.years))
