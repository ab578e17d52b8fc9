"""The request drawn to scale: acts of either side, clocks under them, tolled and late time, today.

One unit is a hundredth of an inch: the drawing is 650 units wide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from markupsafe import Markup, escape

from requests_app.casefile.content.book import Book, Clock, Entry
from requests_app.casefile.content.scale import Scale, around
from requests_app.letters.facts import phrases
from requests_app.models import EventKind

WIDTH, LEFT, RIGHT = 650.0, 6.0, 644.0
ROW, ROWS = 15.0, 6  # of labels, over and under the axis
PER_CLOCK, MOST_CLOCKS = 33.0, 13
CHARACTER = 5.7  # units, of the labels' font
INK, GRAY, LATE = "#111", "#c9c9c9", "#7a1f1f"
KEY = (
    "Above the line the requester’s acts, under it the other side’s. Below, each clock from the "
    "day it starts to the day it is due: hatched while it was tolled, dark where it is late. A "
    "diamond marks the day the act was done."
)
# The acts that are named where there is not room for all; the others are marked.
K = EventKind
CHIEF: tuple[str, ...] = (
    K.SUBMITTED, K.DENIED, K.DEEMED_DENIED, K.GRANTED, K.GRANTED_IN_PART, K.NO_RECORDS,
    K.APPEAL_FILED, K.APPEAL_DECIDED, K.ACKNOWLEDGED, K.EXTENDED, K.FEES_ESTIMATED, K.REFERRED,
    K.CLARIFICATION_REQUESTED, K.CLARIFIED, K.FEES_PAID, K.PRODUCED_IN_PART, K.GROUNDS_GIVEN,
)  # fmt: skip


def draw(book: Book) -> Markup:
    """The drawing, with its text alternative."""
    clocks = [clock for clock in book.clocks if clock.deadline.starts_on][:MOST_CLOCKS]
    scale = around(_days(book, clocks), left=LEFT, right=RIGHT)
    above = _Labels(scale, [mark for mark in book.marks if mark.side == "ours"])
    under = _Labels(scale, [mark for mark in book.marks if mark.side == "theirs"])
    axis = 26.0 + above.rows * ROW + 8
    top = axis + 34 + under.rows * ROW + 24
    height = top + len(clocks) * PER_CLOCK + 8
    parts = [
        *_today(scale, book.today, height),
        *_axis(scale, axis),
        *above.drawn(axis, up=True),
        *under.drawn(axis + 18, up=False),
        *(
            line
            for n, clock in enumerate(clocks)
            for line in _bar(scale, clock, book.today, top + n * PER_CLOCK)
        ),
    ]
    drawing = "".join(parts)
    told = escape(alternative(book, clocks))
    return Markup(  # noqa: S704  every text in it was escaped where it was put there
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:.0f}" '
        f'font-family="Charis SIL, Charter, DejaVu Serif, serif" font-size="11.5">'
        f"<title>{told}</title>{drawing}</svg>"
    )


def alternative(book: Book, clocks: Sequence[Clock]) -> str:
    """The drawing in words, for whoever cannot see it."""
    days = _days(book, clocks)
    said = [f"Timeline from {phrases.day(min(days))} to {phrases.day(max(days))}."]
    said += [f"{phrases.day(mark.on)}: {mark.heading}." for mark in book.marks[:60]]
    if len(book.marks) > 60:
        said.append(f"And {len(book.marks) - 60} more acts.")
    said += [f"{clock.name}: {_told(clock, book.today)}." for clock in clocks]
    return " ".join(said)


def _days(book: Book, clocks: Sequence[Clock]) -> list[date]:
    known = [book.today, *(mark.on for mark in book.marks)]
    for clock in clocks:
        d = clock.deadline
        known += [on for on in (d.starts_on, d.due_on, d.met_on) if on]
    return known


def _axis(scale: Scale, y: float) -> Iterator[str]:
    yield f'<rect x="{LEFT:g}" y="{y:.1f}" width="{RIGHT - LEFT:g}" height="18" fill="#eee"/>'
    for tick in scale.ticks():
        x = scale.x(tick.on)
        yield _line(x, y, x, y + 18, width=0.7)
        if x < RIGHT - 34:
            yield _text(x + 3, y + 13, tick.label, size=10, fill="#333")


def _today(scale: Scale, today: date, height: float) -> Iterator[str]:
    x = scale.x(today)
    yield _line(x, 16, x, height, width=1, dash="4 3")
    anchor = "end" if x > WIDTH / 2 else "start"
    yield _text(x, 11, f"today, {_short(today)}", size=10, anchor=anchor, weight="bold")


@dataclass
class _Labels:
    """The marks of one side; those that there is room for have their names, in rows."""

    scale: Scale
    marks: Sequence[Entry]
    rows: int = 0
    placed: list[tuple[int, float, str, str, Entry]] = field(default_factory=list)

    def __post_init__(self) -> None:
        taken: list[list[tuple[float, float]]] = [[] for _ in range(ROWS)]
        for mark in sorted(self._distinct(), key=_rank):
            x, label = self.scale.x(mark.on), f"{mark.heading}, {_short(mark.on)}"
            width = len(label) * CHARACTER + 8
            is_left = x + width > RIGHT
            begins, ends = (x - width, x + 4) if is_left else (x - 4, x + width)
            for number, row in enumerate(taken):
                if begins >= 0 and all(ends < a or begins > b for a, b in row):
                    row.append((begins, ends))
                    self.placed.append((number, x, label, "end" if is_left else "start", mark))
                    self.rows = max(self.rows, number + 1)
                    break

    def _distinct(self) -> list[Entry]:
        """Each kind of act once a day."""
        return list({(mark.on, mark.heading): mark for mark in self.marks}.values())

    def drawn(self, y: float, *, up: bool) -> Iterator[str]:
        sign = -1 if up else 1
        for on in sorted({mark.on for mark in self.marks}):
            x = self.scale.x(on)
            yield _line(x, y, x, y + sign * 6, width=1.4)
        for row, x, _label, _anchor, _ in self.placed:
            yield _line(x, y, x, y + sign * (8 + row * ROW), width=0.5)
        for row, x, label, anchor, _ in self.placed:  # after the lines, on plates of their own
            base = y + sign * (8 + row * ROW) + (0 if up else 9)
            yield _plate(x + (2 if anchor == "start" else -2), base, label, anchor)
            yield _text(x + (3 if anchor == "start" else -3), base, label, size=10.5, anchor=anchor)


def _rank(mark: Entry) -> tuple[int, date]:
    return (CHIEF.index(mark.kind) if mark.kind in CHIEF else len(CHIEF), mark.on)


def _bar(scale: Scale, clock: Clock, today: date, y: float) -> Iterator[str]:
    """One clock: its name and days, and under them its time."""
    d = clock.deadline
    begin = d.starts_on or today
    end = d.due_on or d.met_on or max(today, begin)
    x0, x1 = scale.x(begin), scale.x(end)
    label = f"{clock.name}: {_told(clock, today)}"
    at = min(x0, max(LEFT, RIGHT - len(label) * CHARACTER))
    yield _plate(at - 1, y + 10, label, "start")
    yield _text(at, y + 10, label, size=10.5)
    is_open = d.status in {"projected", "void"}
    fill = "none" if is_open else GRAY
    yield _box(x0, x1, y + 14, fill=fill, is_dashed=is_open)
    for first, last in tolled(clock, today):
        yield from _hatched(scale.x(first), scale.x(last + timedelta(days=1)), y + 14)
    if late := _late(clock, today):
        yield _box(scale.x(late[0]), scale.x(late[1]), y + 14, fill=LATE)
    if d.met_on:
        yield _diamond(scale.x(d.met_on), y + 18.5)


def tolled(clock: Clock, today: date) -> list[tuple[date, date]]:
    """The spells in which a clock stood still, as its days say; an open one lasts until today."""
    spells: list[tuple[date, date]] = []
    for day in clock.deadline.days:
        if not day.note.startswith("tolled"):
            continue
        last = day.until or day.on
        if spells and day.on - spells[-1][1] <= timedelta(days=4):  # a weekend lies between
            spells[-1] = (spells[-1][0], last)
        else:
            spells.append((day.on, last))
    if clock.deadline.status == "tolled" and spells and spells[-1][1] < today:
        spells[-1] = (spells[-1][0], today)
    return spells


def _late(clock: Clock, today: date) -> tuple[date, date] | None:
    d = clock.deadline
    if d.due_on is None:
        return None
    if d.was_met_late and d.met_on:
        return d.due_on, d.met_on
    return (d.due_on, today) if d.is_late(today) and d.status == "running" else None


def _told(clock: Clock, today: date) -> str:
    d = clock.deadline
    if d.due_on is None:
        done = f"; done {_short(d.met_on)}" if d.met_on else ""
        return f"from {_short(d.starts_on or today)}, tolled{done}"
    said = f"{_short(d.starts_on or d.due_on)} to {_short(d.due_on)}"
    if late := _late(clock, today):
        days = (late[1] - late[0]).days
        return f"{said}, {days} day{'' if days == 1 else 's'} late"
    if d.met_on:
        return f"{said}; done {_short(d.met_on)}"
    return said + {"projected": ", if silent", "void": ", no longer runs"}.get(d.status, "")


def _hatched(x0: float, x1: float, y: float) -> Iterator[str]:
    yield _box(x0, x1, y, fill="#fff")
    x = x0 + 3
    while x < x1:
        yield _line(x, y + 9, min(x + 4, x1), y, width=0.5)
        x += 4


def _box(x0: float, x1: float, y: float, *, fill: str, is_dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="3 2"' if is_dashed else ""
    return (
        f'<rect x="{x0:.1f}" y="{y:.1f}" width="{max(x1 - x0, 1.5):.1f}" height="9" '
        f'fill="{fill}" stroke="{INK}" stroke-width="0.7"{dashes}/>'
    )


def _plate(x: float, y: float, text: str, anchor: str) -> str:
    """White under a label, so that no line runs through it."""
    width = len(text) * CHARACTER * 0.88
    x = x - width if anchor == "end" else x
    return f'<rect x="{x:.1f}" y="{y - 9:.1f}" width="{width:.1f}" height="12" fill="#fff"/>'


def _diamond(x: float, y: float) -> str:
    corners = ((x, y - 7.5), (x + 5, y), (x, y + 7.5), (x - 5, y))
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
    return f'<polygon points="{points}" fill="{INK}"/>'


def _line(x0: float, y0: float, x1: float, y1: float, *, width: float, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="{INK}" '
        f'stroke-width="{width:g}"{dashes}/>'
    )


def _text(
    x: float,
    y: float,
    text: str,
    *,
    size: float,
    fill: str = INK,
    anchor: str = "start",
    weight: str = "normal",
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{escape(text)}</text>'
    )


def _short(on: date) -> str:
    return f"{on:%b} {on.day}, {on.year}"
