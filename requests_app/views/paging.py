"""A long list some rows at a time: its last page costs what its first does, and nothing is counted.

A page begins behind a row that its address names by what the list is ordered by. So nobody can ask
for page 17, and a request that is begun meanwhile moves no row from one page to the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

from requests_app.ordered_places import (
    EPOCH,
    INSTANT,
    MADE_AT,
    ColumnOrder,
    Order,
    Place,
    Time,
)

__all__ = [
    "A_PAGE", "EPOCH", "INSTANT", "MADE_AT", "ColumnOrder", "Order", "Page", "Place", "Time",
    "page_of", "without_place",
]  # fmt: skip

Row = TypeVar("Row", bound=Model)
A_PAGE = 25
BEHIND, BEFORE, LAST = "behind", "before", "last"  # in an address: a row's place; the end
PLACES = (BEHIND, BEFORE, LAST)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and the addresses of the pages around them; empty where there is none."""

    rows: Sequence[Row]
    order: Order
    kept: str  # what else the address holds
    has_previous: bool
    has_next: bool

    @property
    def is_all(self) -> bool:
        """Whether the list has no other page."""
        return not self.has_previous and not self.has_next

    @property
    def first(self) -> str:
        return f"?{self.kept}"

    @property
    def last(self) -> str:
        return self._address(f"{LAST}=1")

    @property
    def previous(self) -> str:
        return self._at(BEFORE, self.rows[0]) if self.has_previous else ""

    @property
    def next(self) -> str:
        return self._at(BEHIND, self.rows[-1]) if self.has_next else ""

    def _at(self, side: str, row: Row) -> str:
        asked = QueryDict(mutable=True)
        asked[side] = self.order.place_of(row)
        return self._address(asked.urlencode())

    def _address(self, asked: str) -> str:
        return f"?{self.kept}&{asked}" if self.kept else f"?{asked}"


def page_of(
    found: QuerySet[Row], asked: QueryDict, order: Order, *, size: int = A_PAGE
) -> Page[Row]:
    """The page of `found` that an address asks for; the first, where it names no place."""
    kept = without_place(asked)
    behind, before = (order.place_in(asked.get(name, "")) for name in (BEHIND, BEFORE))
    if LAST in asked:
        rows, more = _some(found, order, size, backward=True)
        return Page(rows, order, kept, has_previous=more, has_next=False)
    if before:
        earlier = found.filter(order.past(before, backward=True))
        rows, more = _some(earlier, order, size, backward=True)
        if len(rows) == size:  # fewer are the first page, which is shown whole
            return Page(rows, order, kept, has_previous=more, has_next=True)
    elif behind:
        rows, more = _some(found.filter(order.past(behind, backward=False)), order, size)
        if rows:
            return Page(rows, order, kept, has_previous=True, has_next=more)
    rows, more = _some(found, order, size)
    return Page(rows, order, kept, has_previous=False, has_next=more)


def without_place(asked: QueryDict) -> str:
    """What an address asks for beside a place in the list."""
    rest = asked.copy()
    for name in PLACES:
        rest.pop(name, None)
    return rest.urlencode()


def _some(
    found: QuerySet[Row], order: Order, size: int, *, backward: bool = False
) -> tuple[list[Row], bool]:
    """So many rows from one end, in the list's own order, and whether there are more."""
    rows = list(found.order_by(*order.names(backward=backward))[: size + 1])
    shown = rows[:size]
    return (shown[::-1] if backward else shown), len(rows) > size
