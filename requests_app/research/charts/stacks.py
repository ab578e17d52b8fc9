"""Bars over time, each made of the same few parts, one upon the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from requests_app.research.charts.paper import (
    BOTTOM,
    LEGEND_LINE,
    WIDTH,
    LegendLine,
    Plot,
    Tick,
    legend,
    rounded,
)

BETWEEN = 0.24  # of a bar's place is left blank
MOST_LABELS = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One moment: its label, and how much of each part there was."""

    label: str
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One part of one bar; `key` is its pattern."""

    key: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class StackChart:
    title: str
    description: str
    plot: Plot
    blocks: tuple[Block, ...]
    labels: tuple[Tick, ...]
    legend: tuple[LegendLine, ...]

    template = "stacks.svg"
    width = WIDTH

    @property
    def height(self) -> float:
        return self.plot.floor + BOTTOM + LEGEND_LINE * len(self.legend)


def stack_chart(
    title: str, description: str, parts: Sequence[str], columns: Sequence[Column]
) -> StackChart:
    """`parts` names what each bar is made of, from below. ValueError where there is no column."""
    if not columns:
        raise ValueError("A chart over time needs a moment to draw.")
    plot = Plot(len(columns), max(1, *(sum(column.parts) for column in columns)))
    blocks = []
    for place, column in enumerate(columns):
        below = 0
        for key, much in enumerate(column.parts):
            if much:
                blocks.append(_block(plot, place, key, (below, below + much)))
            below += much
    every = -(-len(columns) // MOST_LABELS)
    labels = tuple(
        Tick(plot.x(place + 0.5), column.label)
        for place, column in enumerate(columns)
        if place % every == 0
    )
    return StackChart(
        title,
        description,
        plot,
        tuple(blocks),
        labels,
        legend([("block", part) for part in parts], floor=plot.floor),
    )


def _block(plot: Plot, place: int, key: int, between: tuple[int, int]) -> Block:
    left = plot.x(place + BETWEEN / 2)
    top = plot.y(between[1])
    return Block(
        key,
        left,
        top,
        rounded(plot.x(place + 1 - BETWEEN / 2) - left),
        rounded(plot.y(between[0]) - top),
    )
