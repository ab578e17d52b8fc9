"""One bar under its label for each of some counts, with the interval of its share."""

from collections.abc import Sequence
from dataclasses import dataclass

from requests_app.research.charts.paper import LEGEND_LINE, WIDTH, rounded

ROW, BAR_HEIGHT, LABEL_DOWN, BAR_DOWN = 44.0, 12.0, 15.0, 22.0
MARGIN = 2.0


@dataclass(frozen=True, slots=True)
class Counted:
    """What a bar says: its label, its share of the whole from 0 to 1, and that in words. `lower`
    and `upper` are the ends of the share's interval, where one is drawn."""

    label: str
    share: float
    words: str
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    words: str
    label_at: float
    top: float
    length: float
    lower: float | None
    upper: float | None

    @property
    def middle(self) -> float:
        return rounded(self.top + BAR_HEIGHT / 2)


@dataclass(frozen=True, slots=True)
class BarChart:
    title: str
    description: str
    bars: tuple[Bar, ...]

    template = "bars.svg"
    width, margin, bar_height, right = WIDTH, MARGIN, BAR_HEIGHT, WIDTH - MARGIN

    @property
    def has_intervals(self) -> bool:
        return any(bar.upper is not None for bar in self.bars)

    @property
    def legend_at(self) -> float:
        """Where it is said what the line on a bar is, below the last of them."""
        return ROW * len(self.bars) + LABEL_DOWN

    @property
    def height(self) -> float:
        return ROW * len(self.bars) + (LEGEND_LINE if self.has_intervals else 0)


def bar_chart(title: str, description: str, counted: Sequence[Counted]) -> BarChart:
    """The whole width is the whole, so that every bar is to be read as a share."""
    bars = []
    for row, one in enumerate(counted):
        bars.append(
            Bar(
                one.label,
                one.words,
                row * ROW + LABEL_DOWN,
                row * ROW + BAR_DOWN,
                rounded(_length(one.share)),
                None if one.lower is None else rounded(MARGIN + _length(one.lower)),
                None if one.upper is None else rounded(MARGIN + _length(one.upper)),
            )
        )
    return BarChart(title, description, tuple(bars))


def _length(share: float) -> float:
    return share * (WIDTH - 2 * MARGIN)
