"""Days → places on a line, and the ticks that make it readable: for ten days and for many years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MOST_TICKS = 16


@dataclass(frozen=True, slots=True)
class Tick:
    on: date
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A line from the first day to the last, `left` to `right` in the drawing's units."""

    first: date
    last: date
    left: float
    right: float

    def x(self, on: date) -> float:
        days = max((self.last - self.first).days, 1)
        part = min(max((on - self.first).days / days, 0.0), 1.0)
        return self.left + part * (self.right - self.left)

    def ticks(self) -> tuple[Tick, ...]:
        """The finest division of the calendar that is not too fine for the line."""
        for step in (_days(self, 1), _days(self, 7), _months(self, 1), _months(self, 3)):
            ticks = tuple(step)
            if len(ticks) <= MOST_TICKS:
                return ticks
        years = max(1, (self.last.year - self.first.year) // MOST_TICKS + 1)
        return tuple(_months(self, 12 * years))


def around(days: list[date], *, left: float, right: float) -> Scale:
    """A scale with room for all these days, and a little to spare."""
    first, last = min(days), max(days)
    spare = timedelta(days=max(1, (last - first).days // 30))
    return Scale(first - spare, last + spare, left, right)


def _days(scale: Scale, step: int) -> Iterator[Tick]:
    """Every day, or every Monday."""
    on = scale.first
    if step == 7:
        on += timedelta(days=-on.weekday() % 7)
    while on <= scale.last:
        year = f", {on.year}" if on <= scale.first + timedelta(days=step) else ""
        yield Tick(on, f"{on:%b} {on.day}{year if step > 1 else ''}")
        on += timedelta(days=step)


def _months(scale: Scale, step: int) -> Iterator[Tick]:
    """The first of every month, quarter or year."""
    number = scale.first.year * 12 + scale.first.month - 1
    number += -number % step
    while (on := date(number // 12, number % 12 + 1, 1)) <= scale.last:
        if on >= scale.first:
            yield Tick(on, str(on.year) if step >= 12 or on.month == 1 else f"{on:%b}")
        number += step
