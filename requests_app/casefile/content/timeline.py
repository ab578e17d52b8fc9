"""The request drawn to scale: acts of either side, the clocks under them, and today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from markupsafe import Markup, escape

from cities.clocks.explain import done_or_perhaps
from requests_app.casefile.content.dossier import Clock, Dossier, Entry
from requests_app.casefile.content.drawing import (
    CHARACTER,
    GRAY,
    LATE,
    LEFT,
    RIGHT,
    WIDTH,
    Scale,
    around,
    box,
    diamond,
    hatched,
    line,
    plate,
    text,
)  # fmt: skip
from requests_app.vocabulary import dates_and_amounts
from requests_app.vocabulary.event_kinds import describe

ROW, ROWS = 15.0, 6  # of labels, over and under the axis
PER_CLOCK, MOST_CLOCKS = 33.0, 13
UNRANKED = 1_000
KEY = (
    "Above the line the requester’s acts, under it the other side’s. Below, each clock from the "
    "day it starts to the day it is due: hatched while it was tolled, dark where it is late. A "
    "diamond marks the day the act was done."
)


def draw(dossier: Dossier) -> Markup:
    """The drawing, with its text alternative."""
    clocks = [clock for clock in dossier.clocks if clock.deadline.starts_on][:MOST_CLOCKS]
    scale = around(_days(dossier, clocks), left=LEFT, right=RIGHT)
    above = _Labels(scale, [mark for mark in dossier.marks if mark.side == "ours"])
    under = _Labels(scale, [mark for mark in dossier.marks if mark.side == "theirs"])
    axis = 26.0 + above.rows * ROW + 8
    top = axis + 34 + under.rows * ROW + 24
    height = top + len(clocks) * PER_CLOCK + 8
    parts = [
        *_today(scale, dossier.today, height),
        *_axis(scale, axis),
        *above.drawn(axis, up=True),
        *under.drawn(axis + 18, up=False),
        *(
            mark
            for n, clock in enumerate(clocks)
            for mark in _bar(scale, clock, dossier.today, top + n * PER_CLOCK)
        ),
    ]
    drawing = "".join(parts)
    title = escape(alternative(dossier, clocks))
    return Markup(  # noqa: S704  every text in it was escaped where it was put there
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:.0f}" '
        f'font-family="Charis SIL, Charter, DejaVu Serif, serif" font-size="11.5">'
        f"<title>{title}</title>{drawing}</svg>"
    )


def alternative(dossier: Dossier, clocks: Sequence[Clock]) -> str:
    """The drawing in words, for whoever cannot see it."""
    days = _days(dossier, clocks)
    sentences = [
        f"Timeline from {dates_and_amounts.day(min(days))} to {dates_and_amounts.day(max(days))}."
    ]
    sentences += [
        f"{dates_and_amounts.day(mark.on)}: {mark.heading}." for mark in dossier.marks[:60]
    ]
    if len(dossier.marks) > 60:
        sentences.append(f"And {len(dossier.marks) - 60} more acts.")
    sentences += [f"{clock.name}: {_clock_in_words(clock, dossier.today)}." for clock in clocks]
    return " ".join(sentences)


def _days(dossier: Dossier, clocks: Sequence[Clock]) -> list[date]:
    known = [dossier.today, *(mark.on for mark in dossier.marks)]
    for clock in clocks:
        d = clock.deadline
        known += [on for on in (d.starts_on, d.due_on, d.met_on) if on]
    return known


def _axis(scale: Scale, y: float) -> Iterator[str]:
    yield f'<rect x="{LEFT:g}" y="{y:.1f}" width="{RIGHT - LEFT:g}" height="18" fill="#eee"/>'
    for tick in scale.ticks():
        x = scale.x(tick.on)
        yield line((x, y), (x, y + 18), width=0.7)
        if x < RIGHT - 34:
            yield text((x + 3, y + 13), tick.label, size=10, style="fill: #333")


def _today(scale: Scale, today: date, height: float) -> Iterator[str]:
    x = scale.x(today)
    yield line((x, 16), (x, height), width=1, dash="4 3")
    anchor = "end" if x > WIDTH / 2 else "start"
    label = f"today, {dates_and_amounts.short_day(today)}"
    yield text((x, 11), label, size=10, anchor=anchor, style="font-weight: bold")


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
            x, label = (
                self.scale.x(mark.on),
                f"{mark.heading}, {dates_and_amounts.short_day(mark.on)}",
            )
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
            yield line((x, y), (x, y + sign * 6), width=1.4)
        for row, x, _label, _anchor, _ in self.placed:
            yield line((x, y), (x, y + sign * (8 + row * ROW)), width=0.5)
        for row, x, label, anchor, _ in self.placed:  # after the lines, on plates of their own
            base = y + sign * (8 + row * ROW) + (0 if up else 9)
            yield plate(x + (2 if anchor == "start" else -2), base, label, anchor)
            begins = x + (3 if anchor == "start" else -3)
            yield text((begins, base), label, size=10.5, anchor=anchor)


def _rank(mark: Entry) -> tuple[int, date]:
    """The acts that are named first where there is not room for all; the others are marked."""
    rank = describe(mark.kind).rank
    return (rank or UNRANKED, mark.on)


def _bar(scale: Scale, clock: Clock, today: date, y: float) -> Iterator[str]:
    """One clock: its name and days, and under them its time."""
    d = clock.deadline
    begin = d.starts_on or today
    end = d.due_on or d.met_on or max(today, begin)
    x0, x1 = scale.x(begin), scale.x(end)
    label = f"{clock.name}: {_clock_in_words(clock, today)}"
    at = min(x0, max(LEFT, RIGHT - len(label) * CHARACTER))
    yield plate(at - 1, y + 10, label, "start")
    yield text((at, y + 10), label, size=10.5)
    is_open = d.status in {"projected", "void"}
    fill = "none" if is_open else GRAY
    yield box(x0, x1, y + 14, fill=fill, is_dashed=is_open)
    for first, last in tolled(clock, today):
        yield from hatched(scale.x(first), scale.x(last + timedelta(days=1)), y + 14)
    if late := _late(clock, today):
        yield box(scale.x(late[0]), scale.x(late[1]), y + 14, fill=LATE)
    if d.met_on:
        yield diamond(scale.x(d.met_on), y + 18.5)


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


def _clock_in_words(clock: Clock, today: date) -> str:
    d = clock.deadline
    if d.not_computed_before:
        return f"from {dates_and_amounts.day(d.starts_on or today)}, {clock.undated}"
    if d.due_on is None:
        done = f"; {done_or_perhaps(d)} {dates_and_amounts.short_day(d.met_on)}" if d.met_on else ""
        return f"from {dates_and_amounts.short_day(d.starts_on or today)}, tolled{done}"
    first, last = map(dates_and_amounts.short_day, (d.starts_on or d.due_on, d.due_on))
    span = f"{first} to {last}"
    if late := _late(clock, today):
        days = (late[1] - late[0]).days
        return f"{span}, {dates_and_amounts.count(days, 'day')} late"
    if d.met_on:
        return f"{span}; {done_or_perhaps(d)} {dates_and_amounts.short_day(d.met_on)}"
    return span + {"projected": ", if silent", "void": ", no longer runs"}.get(d.status, "")
