"""A worker's hold on a row of a queue: claim it, renew the claim, release it, back off.

The row is the promise, and says who has it: a state, `claimed_at` and `attempts`. Each step is one
UPDATE that names what it expects to find (compare-and-set), so that of two workers one changes the
row and the other is told that it did not. `claimed_at` tells one claim from the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any, TypeVar

from django.db.models import F, Model, QuerySet

Row = TypeVar("Row", bound=Model)

CLAIM = "claimed_at"
# About nine hours in all.
WAITS = tuple(timedelta(minutes=m) for m in (1, 3, 10, 30, 60, 120, 300))
# Each is stretched by up to a quarter: what failed together is not tried again together.
MOST_STRETCH = 0.25

_random = SystemRandom()


@dataclass(frozen=True, slots=True)
class Lease:
    """The states between which a claim moves the rows of one table, and the column they are in."""

    waiting: str
    working: str
    column: str = "state"

    def claim(self, rows: QuerySet[Row], *, at: datetime, **fields: Any) -> bool:
        """Take the one row in `rows` for work. False: it does not wait (any more)."""
        waiting = rows.filter(**{self.column: self.waiting})
        fields[self.column] = self.working
        return bool(waiting.update(claimed_at=at, attempts=F("attempts") + 1, **fields))

    def held(self, row: Row) -> QuerySet[Row]:
        """The row, while the claim that it was read under still holds."""
        claim = {self.column: self.working, CLAIM: getattr(row, CLAIM)}
        return type(row)._default_manager.filter(pk=row.pk, **claim)

    def renew(self, row: Row, *, at: datetime, **fields: Any) -> bool:
        """Say that the worker is still at it. False: the claim was lost."""
        return self._claim_again(self.held(row), row, at, fields)

    def take_over(self, row: Row, *, at: datetime, seen: Sequence[str]) -> bool:
        """Claim it from a worker that is gone, if it still stands as it was read in those columns.

        A worker that was only slow, and comes back later, finds its claim lost.
        """
        as_seen = {column: getattr(row, column) for column in seen}
        return self._claim_again(self.held(row).filter(**as_seen), row, at, {})

    def retry_later(self, row: Row, **fields: Any) -> bool:
        """Put it back among those that wait. False: the claim was lost."""
        return bool(self.held(row).update(**{self.column: self.waiting}, **fields))

    def write(self, row: Row, **fields: Any) -> bool:
        """Write something down in it. False: the claim was lost."""
        return bool(self.held(row).update(**fields))

    def release(self, silent: QuerySet[Row], *, most_attempts: int, **given_up: Any) -> int:
        """Rows whose workers are gone: they wait again, or after so many attempts are given up."""
        ended = silent.filter(attempts__gte=most_attempts).update(**given_up)
        again = silent.filter(attempts__lt=most_attempts)
        return ended + again.update(**{self.column: self.waiting}, claimed_at=None)

    def _claim_again(
        self, rows: QuerySet[Row], row: Row, at: datetime, fields: dict[str, Any]
    ) -> bool:
        if not rows.update(claimed_at=at, **fields):
            return False
        setattr(row, CLAIM, at)
        return True


def wait_after(
    attempts: int,
    *,
    waits: Sequence[timedelta] = WAITS,
    at_least: timedelta = timedelta(0),
    stretch: float | None = None,
) -> timedelta:
    """How long to back off after so many tries; `stretch`, from 0 to 1, is drawn unless given."""
    drawn = _random.random() if stretch is None else stretch
    wait = max(waits[min(max(attempts, 1), len(waits)) - 1], at_least)
    return wait * (1 + MOST_STRETCH * drawn)
