"""How many requests waited for an answer at the end of each month, and for how long already."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from requests_app.research.charts.stacks import Column, stack_chart
from requests_app.research.figures.figure import Cell, Figure, Table
from requests_app.research.figures.population import AGES, Population
from requests_app.research.figures.small_counts import FEWER
from requests_app.research.figures.waits import left_out
from requests_app.research.statistics.summaries import is_too_few, too_few_words
from requests_app.vocabulary.dates_and_amounts import count, day, short_day

TITLE = "Backlog over time"
PARTS = ("Waited under 30 days", "30 to 89 days", "90 days or more")
COUNTS = "Requests that had been filed and had neither an answer nor an end at the end of the day"
MOST_COLUMNS = 24
EVERY_MONTHS = (1, 3, 12)


@dataclass(frozen=True, slots=True)
class _Moment:
    on: date
    waiting: tuple[int, ...]  # by PARTS

    @property
    def total(self) -> int:
        return sum(self.waiting)


def backlog(population: Population) -> Figure:
    n = population.n
    few = is_too_few(n)
    moments = [] if few else _moments(population)
    if population.is_for_everybody and moments:
        return _for_everybody(population, moments)
    says = too_few_words(n) if few else _says(moments)
    columns = [Column(f"{one.on:%b %Y}", one.waiting) for one in moments]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (short_day(one.on), *one.waiting, one.total) for one in moments
    )
    numbers: tuple[tuple[Cell, ...], ...] = tuple(
        (one.on.isoformat(), *one.waiting, one.total) for one in moments
    )
    return Figure(
        slug="backlog",
        title=TITLE,
        n=n,
        n_of="requests",
        says=says,
        counts=f"{COUNTS}, by how many calendar days they had waited by then.",
        leaves_out=left_out(population),
        table=Table(("At the end of", *PARTS, "All"), rows),
        numbers=Table(("on", "under_30_days", "30_to_89_days", "90_days_or_more", "all"), numbers),
        chart=stack_chart(TITLE, _words(moments), PARTS, columns) if columns else None,
        too_few=says if few else "",
    )


def _for_everybody(population: Population, moments: Sequence[_Moment]) -> Figure:
    """Without how long they had waited, which tells few apart; a total under five is not said."""
    totals = [(one, FEWER if is_too_few(one.total) else f"{one.total:,}") for one in moments]
    columns = [
        Column(f"{one.on:%b %Y}", (0 if is_too_few(one.total) else one.total,)) for one in moments
    ]
    shown = "; ".join(f"{one.on:%b %Y} {words}" for one, words in totals)
    return Figure(
        slug="backlog",
        title=TITLE,
        n=population.n,
        n_of="requests",
        says=f"Requests that waited for an answer at the end of {day(moments[-1].on)}: "
        f"{totals[-1][1]}.",
        counts=f"{COUNTS}.",
        leaves_out=left_out(population),
        table=Table(
            ("At the end of", "Waiting"), tuple((short_day(one.on), said) for one, said in totals)
        ),
        numbers=Table((), ()),
        chart=stack_chart(TITLE, f"A bar for each day. {shown}.", ("Waiting",), columns),
    )


def _says(moments: Sequence[_Moment]) -> str:
    last = moments[-1]
    most = max(moments, key=lambda one: one.total)
    old = f"{last.waiting[-1]:,} of them for 90 days or more"
    return (
        f"{count(last.total, 'request')} waited for an answer at the end of {day(last.on)}, {old}; "
        f"the most at any of these days were {most.total:,}, at the end of {day(most.on)}."
    )


def _words(moments: Sequence[_Moment]) -> str:
    shown = "; ".join(f"{one.on:%b %Y} {one.total:,}" for one in moments)
    return f"A bar for each day, made of how long they had waited by then. All together: {shown}."


def _moments(population: Population) -> list[_Moment]:
    """Each moment's counts, from how they change from day to day. Whoever waits comes into each
    part with the first day of its age, and leaves it with that of the next or with an answer."""
    changes: list[Counter[date]] = [Counter() for _ in PARTS]
    for began in population.began_to_wait:
        for part, age in enumerate(AGES[: began.part + 1]):
            comes = began.on + timedelta(days=age)
            changes[part][comes] += began.n
            if part:
                changes[part - 1][comes] -= began.n
    for ended in population.ended_waiting:
        changes[ended.part][ended.on] -= ended.n
    first = min(began.on for began in population.began_to_wait)
    days = _days(first, population.on)
    so_far = [_running(changed, days) for changed in changes]
    return [_Moment(one, tuple(counts)) for one, *counts in zip(days, *so_far, strict=True)]


def _running(changed: Counter[date], days: Sequence[date]) -> list[int]:
    """The sum of all changes until the end of each of the days."""
    sums, total, waiting = [], 0, iter(sorted(changed.items()))
    following = next(waiting, None)
    for one in days:
        while following is not None and following[0] <= one:
            total += following[1]
            following = next(waiting, None)
        sums.append(total)
    return sums


def _days(first: date, last: date) -> list[date]:
    """The ends of months from the first filing on, or of quarters or years where those are too
    many; and today."""
    every = next(
        months
        for months in EVERY_MONTHS
        if months == EVERY_MONTHS[-1] or _months(first, last) / months <= MOST_COLUMNS - 1
    )
    return [*(end for end in _ends_of_months(first, last, every)), last]


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _ends_of_months(first: date, last: date, every: int) -> Iterator[date]:
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        end = date(year, month, 1) - timedelta(days=1)
        if end >= last:
            return
        if end.month % every == 0:
            yield end
