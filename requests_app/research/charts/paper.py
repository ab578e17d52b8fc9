"""The sheet that a chart is drawn on: its size, its axes, and numbers that a reader can follow."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

WIDTH = 480.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 14.0, 12.0, 50.0
PLOT_HEIGHT = 210.0
LEGEND_LINE = 20.0
_STEPS = (1, 2, 5)
PERCENT_TICKS = (0, 25, 50, 75, 100)

Sample = Literal["line", "block", "band", "mark"]


@dataclass(frozen=True, slots=True)
class Tick:
    """A number beside an axis, and where."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class LegendLine:
    """What a pattern, a dash or a mark means. `at` is where its words stand; `key` is which
    pattern or dash, of the `sample` that is shown beside them."""

    key: int
    label: str
    at: float
    sample: Sample

    left, width, words_at = LEFT, 24.0, LEFT + 32.0
    block_height = 11.0

    @property
    def top(self) -> float:
        return self.at - 10

    @property
    def middle(self) -> float:
        return self.at - 4.5

    @property
    def mark(self) -> str:
        """A piece of a curve with a stroke across it."""
        across = f"M{self.left} {self.middle}h{self.width}"
        return f"{across}M{self.left + self.width / 2} {self.top}v{self.block_height}"


@dataclass(frozen=True, slots=True)
class Plot:
    """The field between the axes, from 0 to `most_across` and from 0 to `most_up`."""

    most_across: float
    most_up: float = 1.0
    height: float = PLOT_HEIGHT

    left, right, top, numbers_at = LEFT, WIDTH - RIGHT, TOP, LEFT - 6

    @property
    def floor(self) -> float:
        return self.top + self.height

    @property
    def below(self) -> float:
        """Where the numbers below the plot stand."""
        return self.floor + 17

    @property
    def far_below(self) -> float:
        """Where it is said what those numbers are."""
        return self.floor + 33

    def x(self, value: float) -> float:
        return rounded(self.left + (self.right - self.left) * value / self.most_across)

    def y(self, value: float) -> float:
        return rounded(self.floor - self.height * value / self.most_up)

    @property
    def percent_ticks(self) -> tuple[Tick, ...]:
        return tuple(Tick(self.y(percent / 100), f"{percent}%") for percent in PERCENT_TICKS)

    def ticks_across(self, *, about: int = 6) -> tuple[Tick, ...]:
        return tuple(Tick(self.x(n), f"{n:,}") for n in round_numbers(self.most_across, about))

    def ticks_up(self, *, about: int = 5) -> tuple[Tick, ...]:
        return tuple(Tick(self.y(n), f"{n:,}") for n in round_numbers(self.most_up, about))


def rounded(value: float) -> float:
    """To a tenth of a unit, which is finer than any screen shows."""
    return round(value, 1)


def round_numbers(most: float, about: int) -> list[int]:
    """From 0 on, about so many whole numbers up to `most`, in steps of 1, 2 or 5 and noughts."""
    if most < 1:
        return [0]
    step = next(
        size * 10**power
        for power in range(12)
        for size in _STEPS
        if most / (size * 10**power) <= about
    )
    return list(range(0, math.floor(most) + 1, step))


def legend(meanings: Sequence[tuple[Sample, str]], *, floor: float) -> tuple[LegendLine, ...]:
    """Below a plot whose floor is there. Of each sort of sample the keys count from 0."""
    lines = []
    for row, (sample, label) in enumerate(meanings):
        key = sum(earlier == sample for earlier, _ in meanings[:row])
        lines.append(LegendLine(key, label, floor + BOTTOM + LEGEND_LINE * row + 6, sample))
    return tuple(lines)
