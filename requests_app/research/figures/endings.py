"""What became of the requests: their answers as they stand, and how soon each kind came."""

from collections import Counter

from requests_app.research.charts.bars import Counted, bar_chart
from requests_app.research.charts.curves import incidence_chart
from requests_app.research.figures.figure import Cell, Figure, Table, in_days, interval, percent
from requests_app.research.figures.population import ENDED_WITHOUT, Population, waits_of
from requests_app.research.figures.waits import ACROSS, AFTER_DAYS, left_out
from requests_app.research.statistics.summaries import is_too_few, share_of, too_few_words
from requests_app.research.statistics.survival import Incidence, incidence_of
from requests_app.vocabulary.event_kinds import EventKind

WAYS: dict[str, str] = {
    EventKind.GRANTED: "Granted",
    EventKind.GRANTED_IN_PART: "Granted in part",
    EventKind.DENIED: "Denied in writing",
    EventKind.NO_RECORDS: "No such records, says the city",
    EventKind.REFERRED: "Referred elsewhere",
    ENDED_WITHOUT: "Withdrawn, closed or lapsed without an answer",
}
SILENT, IN_TIME = "silent", "in_time"
OUTCOMES = {
    **WAYS,
    SILENT: "Silent: no answer, and its day has passed",
    IN_TIME: "No answer yet, and no day has passed",
}

OUTCOMES_COUNT = (
    "Each request once, by the city’s last answer as the ledger has it. Silent: no answer is on "
    "record and the day by which the law wants one has passed, where the law is unsettled on its "
    "generous reading. A decision on appeal is no answer of the city’s and changes none."
)
ENDINGS_COUNT = (
    "The share of all requests that had met with each first answer after so many calendar days "
    "from filing (Aalen and Johansen’s estimate: each answer rules out the others, open requests "
    "count with the days they have waited so far). The shares and what is open make up the "
    "whole."
)


def outcomes(population: Population) -> Figure:
    """Each request once, by its last answer."""
    counts = _counted(population)
    n = counts.total()
    few = is_too_few(n)
    shares = [(label, share_of(counts[key], n)) for key, label in OUTCOMES.items() if n]
    title = "What became of the requests"
    bars = [
        Counted(
            label,
            share.value,
            f"{share.count:,} of {share.n:,} · {percent(share.value)}",
            share.lower,
            share.upper,
        )
        for label, share in shares
        if share
    ]
    says = too_few_words(n) if few else _outcome_says(counts)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (label, share.count, percent(share.value), interval(share).removeprefix("95% interval "))
        for label, share in shares
        if share
    )
    numbers: tuple[tuple[Cell, ...], ...] = tuple(
        (key, counts[key], n, share.value, share.lower, share.upper)
        for key in OUTCOMES
        if (share := share_of(counts[key], n))
    )
    return Figure(
        slug="outcomes",
        title=title,
        n=n,
        n_of="requests",
        says=says,
        counts=OUTCOMES_COUNT,
        leaves_out=left_out(population),
        table=Table(("Outcome", "Requests", "Share", "95% interval"), () if few else rows),
        numbers=Table(
            ("outcome", "requests", "n", "share", "lower_95", "upper_95"), () if few else numbers
        ),
        chart=None if few else bar_chart(title, _bars_in_words(bars), bars),
        too_few=says if few else "",
    )


def _counted(population: Population) -> Counter[str]:
    counts: Counter[str] = Counter()
    for (kind, is_over, is_late), count in population.outcomes.items():
        without = ENDED_WITHOUT if is_over else SILENT if is_late else IN_TIME
        counts[kind or without] += count
    return counts


def _outcome_says(counts: Counter[str]) -> str:
    n = counts.total()
    whole = share_of(counts[EventKind.GRANTED], n)
    silent = share_of(counts[SILENT], n)
    assert whole is not None and silent is not None  # noqa: PT018  n is not 0
    return (
        f"{percent(whole.value)} were granted ({whole.count:,} of {n:,}; {interval(whole)}); "
        f"{percent(silent.value)} have met silence past the law’s day ({silent.count:,})."
    )


def _bars_in_words(bars: list[Counted]) -> str:
    return "Bars: " + "; ".join(f"{bar.label}, {bar.words}" for bar in bars) + "."


def ways_of_ending(population: Population) -> Figure:
    """How soon which first answer came, each ruling out the others."""
    found = incidence_of(waits_of(population.answers))
    few = is_too_few(found.n)
    labels = [(way, label) for way, label in WAYS.items() if way in found.counts]
    title = "How soon which answer came"
    says = too_few_words(found.n) if few else _ending_says(found, labels)
    return Figure(
        slug="endings",
        title=title,
        n=found.n,
        n_of="requests",
        says=says,
        counts=ENDINGS_COUNT,
        leaves_out=left_out(population),
        table=Table(
            ("After", *(label for _, label in labels), "Still open"),
            () if few else _ending_rows(found, labels),
        ),
        numbers=Table(
            ("days", "at_risk", *(way for way, _ in labels), "still_open"),
            () if few else _ending_numbers(found, labels),
        ),
        chart=None
        if few or not labels
        else incidence_chart(title, _ending_words(found, labels), found, labels, ACROSS),
        too_few=says if few else "",
    )


Labels = list[tuple[str, str]]


def _ending_says(found: Incidence, labels: Labels) -> str:
    if not labels:
        return f"None of {found.n:,} has ended in any way yet."
    days = max(step.days for step in found.drawn)
    shares = [f"{label.lower()} {percent(found.ended_by(days, way))}" for way, label in labels]
    return f"After {in_days(days)}: {', '.join(shares)}."


def _ending_words(found: Incidence, labels: Labels) -> str:
    said = _ending_says(found, labels)
    return f"A rising line for each way of ending. {said} The table below has its numbers."


def _ending_rows(found: Incidence, labels: Labels) -> tuple[tuple[Cell, ...], ...]:
    last = max((step.days for step in found.drawn), default=0)
    rows = []
    for days in (one for one in AFTER_DAYS if one <= last):
        shares = [found.ended_by(days, way) for way, _ in labels]
        rows.append((in_days(days), *map(percent, shares), percent(max(0.0, 1 - sum(shares)))))
    return tuple(rows)


def _ending_numbers(found: Incidence, labels: Labels) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (step.days, step.at_risk, *(step.ended[way] for way, _ in labels), step.waiting)
        for step in found.drawn
    )
