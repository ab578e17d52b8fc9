"""Where a row stands in a list: by what the list is ordered, and how an address names the place.

A page begins behind a row that its address names. So its last page costs what its first does,
nothing is counted, and a row that is added meanwhile moves no other from one page to the next.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Model, Q, QuerySet, Subquery

EPOCH, INSTANT = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
DIGITS = re.compile(r"[0-9]{1,18}")

Place = tuple[Any, ...]


class Time(NamedTuple):
    """A field by which rows stand before their keys do, and its values as numbers and back."""

    field: str
    number_of: Callable[[Any], int]
    value_of: Callable[[int], Any]


MADE_AT = Time(
    "created_at",
    lambda at: (at - EPOCH) // INSTANT,
    lambda number: EPOCH + INSTANT * number,
)


@dataclass(frozen=True, slots=True)
class Order:
    """By a time and a key, or by the key alone: rows of one table are made in turn."""

    time: Time | None = None
    key: str = "pk"
    newest_first: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.time.field, self.key) if self.time else (self.key,)

    @property
    def words(self) -> tuple[str, str]:
        """What the pages before and behind are called."""
        return ("Newer", "Older") if self.newest_first else ("Older", "Newer")

    def names(self, *, backward: bool) -> list[str]:
        sign = "-" if self.newest_first != backward else ""
        return [sign + field for field in self.fields]

    def past(self, place: Place, *, backward: bool) -> Q:
        """What comes behind that place, or before it."""
        sign = "lt" if self.newest_first != backward else "gt"
        behind_by_key = Q(**{f"{self.key}__{sign}": place[-1]})
        if self.time is None:
            return behind_by_key
        field, then = self.time.field, place[0]
        # Said twice: the first condition is the one that an index serves.
        return Q(**{f"{field}__{sign}e": then}) & (Q(**{f"{field}__{sign}": then}) | behind_by_key)

    def place_of(self, row: Model) -> str:
        """A row's place, as an address names it: 1793638800000000_42, or 42."""
        key = getattr(row, self.key)
        if self.time is None:
            return str(key)
        return f"{self.time.number_of(getattr(row, self.time.field))}_{key}"

    def place_in(self, text: str) -> Place | None:
        """The place that an address names; None where it names none."""
        parts = text.split("_")
        if len(parts) != len(self.fields) or not all(map(DIGITS.fullmatch, parts)):
            return None
        *times, key = map(int, parts)
        try:
            return (*(self.time.value_of(number) for number in times if self.time), key)
        except (OverflowError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class ColumnOrder(Order):
    """By what stands in a column, then by the key. An address names the row's key alone: what stood
    there is asked again of `rows`, where it has the same name.

    Where no row has that key any more, nothing is past it.
    """

    column: str = ""
    rows: Callable[[], QuerySet[Any]] | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.column, self.key)

    @property
    def words(self) -> tuple[str, str]:
        return ("Previous", "Next")

    def past(self, place: Place, *, backward: bool) -> Q:
        assert self.rows is not None
        (key,) = place
        sign = "lt" if self.newest_first != backward else "gt"
        there = Subquery(self.rows().filter(pk=key).values(self.column)[:1])
        behind = Q(**{f"{self.column}__{sign}": there}) | Q(**{f"{self.key}__{sign}": key})
        return Q(**{f"{self.column}__{sign}e": there}) & behind

    def place_of(self, row: Model) -> str:
        return str(getattr(row, self.key))

    def place_in(self, text: str) -> Place | None:
        return (int(text),) if DIGITS.fullmatch(text) else None


# The open requests, by the day that matters of each.
BY_DAY = Order(
    Time("ranked_on", date.toordinal, date.fromordinal),
    key="records_request_id",
    newest_first=False,
)
