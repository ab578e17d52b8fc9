"""Shares over time as steps: a survival curve with its interval, or several ways of ending."""

from collections.abc import Sequence
from dataclasses import dataclass

from requests_app.research.charts.paper import (
    BOTTOM,
    LEGEND_LINE,
    WIDTH,
    LegendLine,
    Plot,
    Sample,
    legend,
)
from requests_app.research.statistics.survival import Incidence, Step, Survival

MOST_DAYS = 365  # of a curve, more is left to its table and its numbers
MARK = 5.0  # above and below the curve, where something was censored
OF_A_SURVIVAL: tuple[tuple[Sample, str], ...] = (
    ("line", "Share still waiting"),
    ("band", "95% interval"),
    ("mark", "Counted no further: still open, or ended otherwise"),
)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """`key` is its dash."""

    key: int
    path: str


@dataclass(frozen=True, slots=True)
class CurveChart:
    """`band` is the interval's outline and `marks` are where something was censored; both may be
    empty. Drawn are the days until `until`."""

    title: str
    description: str
    plot: Plot
    lines: tuple[Line, ...]
    legend: tuple[LegendLine, ...]
    until: int
    across: str
    band: str = ""
    marks: str = ""

    template = "curves.svg"
    width = WIDTH

    @property
    def height(self) -> float:
        return self.plot.floor + BOTTOM + LEGEND_LINE * len(self.legend)


def survival_chart(title: str, description: str, survival: Survival, across: str) -> CurveChart:
    """The share still waiting, as far as enough wait. ValueError where too few do at all."""
    steps = [step for step in survival.drawn if step.days <= MOST_DAYS]
    until = _last_day([step.days for step in steps])
    plot = Plot(until)
    curve = Line(0, _steps(plot, [(step.days, step.waiting) for step in steps], 1.0))
    return CurveChart(
        title,
        description,
        plot,
        (curve,),
        legend(OF_A_SURVIVAL, floor=plot.floor),
        until,
        across,
        _band(plot, steps),
        _marks(plot, steps),
    )


def incidence_chart(
    title: str,
    description: str,
    incidence: Incidence,
    labels: Sequence[tuple[str, str]],
    across: str,
) -> CurveChart:
    """The share that ended in each way; `labels` name the ways, in their order."""
    steps = [step for step in incidence.drawn if step.days <= MOST_DAYS]
    until = _last_day([step.days for step in steps])
    plot = Plot(until)
    lines = tuple(
        Line(key, _steps(plot, [(step.days, step.ended.get(how, 0.0)) for step in steps], 0.0))
        for key, (how, _) in enumerate(labels)
    )
    meanings = legend([("line", label) for _, label in labels], floor=plot.floor)
    return CurveChart(title, description, plot, lines, meanings, until, across)


def _last_day(days: Sequence[int]) -> int:
    if not days:
        raise ValueError("A curve needs a day on which enough still wait.")
    return max(1, days[-1])


def _steps(plot: Plot, points: Sequence[Point], begin: float) -> str:
    """A path that goes on level until each day and then steps to its share."""
    path, before = [f"M{plot.x(0)} {plot.y(begin)}"], plot.y(begin)
    for days, share in points:
        here = plot.y(share)
        if here != before:  # what nobody could see is left out
            path.append(f"H{plot.x(days)}V{here}")
            before = here
    path.append(f"H{plot.right}")
    return "".join(path)


def _band(plot: Plot, steps: Sequence[Step]) -> str:
    """The interval's outline: along its upper edge, and back along its lower one. It begins with
    the first that ends, and is not defined any more once all have."""
    known = [
        (plot.x(step.days), plot.y(step.lower), plot.y(step.upper))
        for step in steps
        if step.lower is not None and step.upper is not None
    ]
    if not known:
        return ""
    end = plot.right if steps[-1].lower is not None else plot.x(steps[-1].days)
    edges = zip(known, [*(x for x, _, _ in known[1:]), end], strict=True)
    level = [(x, until, lower, upper) for (x, lower, upper), until in edges]
    there = [f"L{x} {upper}H{until}" for x, until, _, upper in level]
    back = [f"L{until} {lower}H{x}" for x, until, lower, _ in reversed(level)]
    return "M" + "".join([*there, *back])[1:] + "Z"


def _marks(plot: Plot, steps: Sequence[Step]) -> str:
    """A stroke across the curve for each day on which something was censored."""
    found = {(plot.x(step.days), plot.y(step.waiting)): None for step in steps if step.censored}
    return "".join(f"M{x} {round(y - MARK, 1)}v{2 * MARK}" for x, y in found)
