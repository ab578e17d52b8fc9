"""Walks a list that a portal gives in pages by offset, which repeat entries and leave some out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cities.portals.outcome import Tally
from cities.portals.polite_client import BrokenOffError

MOST_PAGES = 5_000
FEWEST = 10
PASSES = 2


@dataclass(frozen=True, slots=True)
class Page:
    entries: list[Any]
    stated: int | None = None  # how many there are in all, as the portal says


Fetch = Callable[[int, int], Page]  # from this entry on, so many


def all_entries(fetch: Fetch, tally: Tally, size: int) -> Iterator[Any]:
    """Every entry, some of them twice. Where fewer came than there are, it is gone through again.

    The caller says of each entry to the tally whether it is new.
    """
    for _ in range(PASSES):
        yield from _one_pass(fetch, tally, size)
        if not tally.is_short():
            return


def _one_pass(fetch: Fetch, tally: Tally, size: int) -> Iterator[Any]:
    start, barren = 0, 0
    for _ in range(MOST_PAGES):
        page, size = fetch_what_comes_whole(fetch, start, size)
        tally.stated = page.stated if page.stated is not None else tally.stated
        before = tally.met
        yield from page.entries
        start += len(page.entries)
        barren = 0 if tally.met > before else barren + 1
        # Two pages without anything new: a server that gives one page whatever is asked.
        has_no_more = tally.stated is None and barren
        if not page.entries or has_no_more or barren > 1:
            return
        if tally.stated is not None and start >= tally.stated:
            return


def fetch_what_comes_whole(fetch: Fetch, start: int, size: int) -> tuple[Page, int]:
    """The page, and its size: some servers break off a large answer, and give a smaller one."""
    while True:
        try:
            return fetch(start, size), size
        except BrokenOffError:
            if size <= FEWEST:
                raise
            size = max(FEWEST, size // 4)
