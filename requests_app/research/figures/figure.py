"""A figure as a reader gets it: what it says, of how many, its chart, its table, its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from requests_app.research.charts.drawing import Chart
from requests_app.research.statistics.summaries import Share
from requests_app.research.statistics.survival import NOT_REACHED

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """`says` is the one sentence that an editor reads. `counts` says what is counted, of what and
    from which day on; `leaves_out` what is not. `too_few` stands in place of chart and table where
    there are fewer than five. `numbers` are what the chart is drawn from, as its CSV has them."""

    slug: str
    title: str
    n: int
    n_of: str
    says: str
    counts: str
    leaves_out: str
    table: Table
    numbers: Table
    chart: Chart | None = None
    too_few: str = ""
    n_said: str = ""  # in the place of `n`, where it is not said


def percent(share: float) -> str:
    """43%; what is neither none nor all is not called so."""
    if 0 < share < 0.005:
        return "under 1%"
    if 0.995 < share < 1:
        return "over 99%"
    return f"{share * 100:.0f}%"


def interval(share: Share) -> str:
    """95% interval 32–54%."""
    return f"95% interval {share.lower * 100:.0f}–{share.upper * 100:.0f}%"


def in_days(days: float | None) -> str:
    """23 days; "not reached" where half of them have not come to it."""
    if days is NOT_REACHED:
        return "not reached"
    return "1 day" if days == 1 else f"{plainly(days)} days"


def plainly(number: float) -> str:
    """1,200; 10.5; 3.25."""
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def sentences(parts: Sequence[str]) -> str:
    """Those that there are, one after the other."""
    return " ".join(filter(None, parts))
