"""Why a filing would not be taken: papers that are not behind it, a text that names others, limits.

What the route requires beside papers is the checklist's (`actions.filings.checklist`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from cities.schema.filings.requirements import Requirement
from cities.schema.offices import Route
from requests_app.delivery.message_plan import in_words
from requests_app.filings import proposing
from requests_app.models import Appeal, Exhibit
from requests_app.vocabulary import exhibit_numbers
from requests_app.vocabulary.dates_and_amounts import count


@dataclass(frozen=True, slots=True)
class RequiredPapers:
    """An exhibit that the route requires, and which of the desk's papers of it are not there."""

    requirement: Requirement
    missing: tuple[proposing.Proposed, ...]


def required(appeal: Appeal, exhibits: Iterable[Exhibit]) -> list[RequiredPapers]:
    """By the route, as far as the desk has such papers; of a court's notice none."""
    route, there = appeal.pack_route, {paper_of(exhibit) for exhibit in exhibits}
    if route.is_court:
        return []
    found = []
    for item in route.requires_for(appeal.answers):
        papers = proposing.papers_for(appeal, item)
        if item.kind == "exhibit" and papers:
            missing = tuple(paper for paper in papers if paper.paper not in there)
            found.append(RequiredPapers(item, missing))
    return found


Numbered: TypeAlias = Sequence[tuple[int, Exhibit]]
"""Exhibits as they were opened, each with its number."""


def problems(appeal: Appeal, exhibits: Sequence[Exhibit], text: str) -> list[str]:
    """Of a challenge. Each in a sentence that says what to do; empty where nothing stands in the
    way."""
    return problems_of(appeal.pack_route, list(enumerate(exhibits, start=1)), text)


def problems_of(
    route: Route, numbered: Numbered, text: str, *, filed: Collection[int] = ()
) -> list[str]:
    """The same for exhibits under these numbers; `filed`: those that the body has already."""
    return [
        *_of_the_papers(numbered),
        *_of_the_text(numbered, text, filed),
        *_of_the_limits(route, [exhibit for _, exhibit in numbered]),
    ]


def _of_the_papers(numbered: Numbered) -> Iterator[str]:
    for number, exhibit in numbered:
        if exhibit.problem:
            yield f"Exhibit {number} cannot be filed. {exhibit.problem}"
        elif exhibit.needs_settling:
            names = ", ".join(f"“{file['name']}”" for file in exhibit.not_in_pages)
            yield (
                f"Not all of Exhibit {number} can stand on pages ({names}): confirm that it goes "
                "beside the filing as a file, or remove it."
            )


def _of_the_text(numbered: Numbered, text: str, filed: Collection[int]) -> Iterator[str]:
    titles, named = {n: exhibit.title for n, exhibit in numbered}, exhibit_numbers.numbers_in(text)
    if unknown := sorted(named - titles.keys() - set(filed)):
        yield (
            f"The letter names {exhibit_numbers.named(unknown)}, and there is no such exhibit: "
            "change the letter, or add what it names."
        )
    for number in sorted(titles.keys() - named):
        yield (
            f"The letter does not name Exhibit {number} ({titles[number]}): name it "
            "where the letter relies on it, or remove it."
        )


def _of_the_limits(route: Route, exhibits: Sequence[Exhibit]) -> Iterator[str]:
    """As far as it can be told before the letter is made: see `over_the_limits`."""
    pages = sum(exhibit.page_count for exhibit in exhibits)
    yield from over_the_limits(route, page_count=pages, sizes=sizes_beside(exhibits))


class Limits(Protocol):
    """How much a body takes, as far as a source says so."""

    @property
    def pages(self) -> int | None: ...
    @property
    def bytes(self) -> int | None: ...


class Limited(Protocol):
    """A route, as far as its limits go."""

    @property
    def body(self) -> str: ...
    @property
    def limits(self) -> Limits: ...


def over_the_limits(route: Limited, *, page_count: int, sizes: Iterable[int]) -> list[str]:
    """`page_count` of the whole, `sizes` in bytes of each file that leaves."""
    found = []
    if route.limits.pages and page_count > route.limits.pages:
        found.append(
            f"The {route.body} takes {count(route.limits.pages, 'page')} at most, and this has "
            f"{page_count:,}: remove exhibits that the letter does not need, or add only the pages "
            "that it relies on."
        )
    largest = max(sizes, default=0)
    if route.limits.bytes and largest > route.limits.bytes:
        found.append(
            f"The {route.body} takes files of {in_words(route.limits.bytes)} at most, and one of "
            f"these has {in_words(largest)}: remove its largest exhibit, or add a smaller copy."
        )
    return found


def wants_separate_files(route: Route) -> bool:
    """Whether a source says that the body takes each exhibit as a file of its own."""
    return bool(route.limits.wants_separate_files)


def sizes_beside(exhibits: Iterable[Exhibit]) -> list[int]:
    """In bytes, of the files that go with the exhibits as they are."""
    return [int(file["size"]) for exhibit in exhibits for file in exhibit.beside]


def paper_of(exhibit: Exhibit) -> tuple[str, int]:
    """The paper it is, as `Proposed.paper` names it; a file by itself is none of these."""
    if exhibit.letter_id:
        return "letter", exhibit.letter_id
    return ("message", exhibit.communication_id) if exhibit.communication_id else ("file", 0)
