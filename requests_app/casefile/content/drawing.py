"""What the timeline is drawn with: days → places on a line, and marks in SVG.

One unit is a hundredth of an inch: the drawing is 650 units wide. The ticks make it readable for
ten days and for many years.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]
from markupsafe import escape

from requests_app.vocabulary import dates_and_amounts

WIDTH, LEFT, RIGHT = 650.0, 6.0, 644.0
CHARACTER = 5.7  # units, of the labels' font
INK, GRAY, LATE = "#111", "#c9c9c9", "#7a1f1f"
MOST_TICKS = 16
Point = tuple[float, float]


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
        yield Tick(on, f"{dates_and_amounts.month_day(on)}{year if step > 1 else ''}")
        on += timedelta(days=step)


def _months(scale: Scale, step: int) -> Iterator[Tick]:
    """The first of every month, quarter or year."""
    on = date(scale.first.year - scale.first.year % max(1, step // 12), 1, 1)
    while on <= scale.last:
        if on >= scale.first:
            yield Tick(on, str(on.year) if step >= 12 or on.month == 1 else f"{on:%b}")
        on += relativedelta(months=step)


def hatched(x0: float, x1: float, y: float) -> Iterator[str]:
    yield box(x0, x1, y, fill="#fff")
    x = x0 + 3
    while x < x1:
        yield line((x, y + 9), (min(x + 4, x1), y), width=0.5)
        x += 4


def box(x0: float, x1: float, y: float, *, fill: str, is_dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="3 2"' if is_dashed else ""
    return (
        f'<rect x="{x0:.1f}" y="{y:.1f}" width="{max(x1 - x0, 1.5):.1f}" height="9" '
        f'fill="{fill}" stroke="{INK}" stroke-width="0.7"{dashes}/>'
    )


def plate(x: float, y: float, text: str, anchor: str) -> str:
    """White under a label, so that no line runs through it."""
    width = len(text) * CHARACTER * 0.88
    x = x - width if anchor == "end" else x
    return f'<rect x="{x:.1f}" y="{y - 9:.1f}" width="{width:.1f}" height="12" fill="#fff"/>'


def diamond(x: float, y: float) -> str:
    corners = ((x, y - 7.5), (x + 5, y), (x, y + 7.5), (x - 5, y))
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
    return f'<polygon points="{points}" fill="{INK}"/>'


def line(begin: Point, end: Point, *, width: float, dash: str = "") -> str:
    (x0, y0), (x1, y1) = begin, end
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="{INK}" '
        f'stroke-width="{width:g}"{dashes}/>'
    )


def text(at: Point, words: str, *, size: float, anchor: str = "start", style: str = "") -> str:
    """Words that begin or end at a point; `style` is CSS beside their size."""
    x, y = at
    styled = f' style="{style}"' if style else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{INK}" '
        f'text-anchor="{anchor}"{styled}>{escape(words)}</text>'
    )
