"""What became of the requests: their answers as they stand, and how soon each kind came."""

from collections import Counter
from collections.abc import Mapping

from requests_app.research.charts.bars import Counted, bar_chart
from requests_app.research.charts.curves import incidence_chart
from requests_app.research.figures.figure import (
    Cell,
    Figure,
    Table,
    in_days,
    interval,
    percent,
    sentences,
)
from requests_app.research.figures.population import ENDED_WITHOUT, Population, waits_of
from requests_app.research.figures.small_counts import withheld
from requests_app.research.figures.waits import ACROSS, AFTER_DAYS, IN_FIVES, last_steps, left_out
from requests_app.research.statistics.steps_of_five import incidence_in_fives
from requests_app.research.statistics.summaries import is_too_few, share_of, too_few_words
from requests_app.research.statistics.survival import OPEN, Incidence, incidence_of
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
    gone = withheld({key: counts[key] for key in OUTCOMES}) if population.is_for_everybody else {}
    shares = [(key, label, share_of(counts[key], n)) for key, label in OUTCOMES.items() if n]
    title = "What became of the requests"
    bars = [
        Counted(label, 0.0, gone[key])
        if key in gone
        else Counted(
            label,
            share.value,
            f"{share.count:,} of {share.n:,} · {percent(share.value)}",
            share.lower,
            share.upper,
        )
        for key, label, share in shares
        if share
    ]
    says = too_few_words(n) if few else _outcome_says(counts, gone)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (label, gone[key], None, None)
        if key in gone
        else (
            label,
            share.count,
            percent(share.value),
            interval(share).removeprefix("95% interval "),
        )
        for key, label, share in shares
        if share
    )
    numbers: tuple[tuple[Cell, ...], ...] = tuple(
        (key, counts[key], n, share.value, share.lower, share.upper)
        for key in OUTCOMES
        if key not in gone and (share := share_of(counts[key], n))
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


def _outcome_says(counts: Counter[str], gone: Mapping[str, str]) -> str:
    n = counts.total()
    whole = share_of(counts[EventKind.GRANTED], n)
    silent = share_of(counts[SILENT], n)
    assert whole is not None and silent is not None  # noqa: PT018  n is not 0
    granted = f"{percent(whole.value)} were granted ({whole.count:,} of {n:,}; {interval(whole)})"
    met = f"{percent(silent.value)} have met silence past the law’s day ({silent.count:,})"
    if gone.get(EventKind.GRANTED):
        granted = f"How many of {n:,} were granted: {gone[EventKind.GRANTED]}"
    if gone.get(SILENT):
        met = f"how many have met silence past the law’s day: {gone[SILENT]}"
    return f"{granted}; {met}."


def _bars_in_words(bars: list[Counted]) -> str:
    return "Bars: " + "; ".join(f"{bar.label}, {bar.words}" for bar in bars) + "."


def ways_of_ending(population: Population) -> Figure:
    """How soon which first answer came, each ruling out the others."""
    waits = list(waits_of(population.answers))
    found = incidence_of(waits)
    few = is_too_few(found.n)
    is_public = population.is_for_everybody
    gone = _withheld_ways(found) if is_public else {}
    if is_public:
        found = incidence_in_fives(waits, together=gone)
    labels = [
        (way, label)
        for way, label in WAYS.items()
        if way in found.counts and way not in gone and (found.drawn or not is_public)
    ]
    is_whole = not any(found.counts.get(way) for way in gone if way != OPEN) and OPEN not in gone
    title = "How soon which answer came"
    says = too_few_words(found.n) if few else _ending_says(found, labels)
    return Figure(
        slug="endings",
        title=title,
        n=found.n,
        n_of="requests",
        says=says,
        counts=sentences([ENDINGS_COUNT, IN_FIVES if is_public else ""]),
        leaves_out=left_out(population),
        table=Table(
            ("After", *(label for _, label in labels), *(("Still open",) if is_whole else ())),
            ()
            if few or not labels
            else _ending_rows(found, labels, is_whole=is_whole, is_public=is_public),
        ),
        numbers=Table(
            (
                "days",
                "at_risk",
                *(way for way, _ in labels),
                *(("still_open",) if is_whole else ()),
            ),
            () if few or not labels else _ending_numbers(found, labels, is_whole=is_whole),
        ),
        chart=None
        if few or not labels
        else incidence_chart(title, _ending_words(found, labels), found, labels, ACROSS),
        too_few=says if few else "",
    )


Labels = list[tuple[str, str]]


def _withheld_ways(found: Incidence) -> dict[str, str]:
    """The ways that came, and what is open, are the whole."""
    ended = {way: found.counts.get(way, 0) for way in WAYS if way in found.counts}
    return withheld({**ended, OPEN: found.n - sum(ended.values())})


def _ending_says(found: Incidence, labels: Labels) -> str:
    if not labels and any(found.counts.get(way) for way in WAYS):
        return f"Too few of {found.n:,} have ended in any one way to say more."
    if not labels:
        return f"None of {found.n:,} has ended in any way yet."
    days = max(step.days for step in found.drawn)
    shares = [f"{label.lower()} {percent(found.ended_by(days, way))}" for way, label in labels]
    return f"After {in_days(days)}: {', '.join(shares)}."


def _ending_words(found: Incidence, labels: Labels) -> str:
    said = _ending_says(found, labels)
    return f"A rising line for each way of ending. {said} The table below has its numbers."


def _ending_rows(
    found: Incidence, labels: Labels, *, is_whole: bool, is_public: bool
) -> tuple[tuple[Cell, ...], ...]:
    last = max((step.days for step in found.drawn), default=0)
    rows = []
    in_fives = last_steps([step.days for step in found.drawn])
    for days in in_fives if is_public else [one for one in AFTER_DAYS if one <= last]:
        shares = [found.ended_by(days, way) for way, _ in labels]
        still_open = (percent(max(0.0, 1 - sum(shares))),) if is_whole else ()
        rows.append((in_days(days), *map(percent, shares), *still_open))
    return tuple(rows)


def _ending_numbers(
    found: Incidence, labels: Labels, *, is_whole: bool
) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            step.days,
            step.at_risk,
            *(step.ended[way] for way, _ in labels),
            *((step.waiting,) if is_whole else ()),
        )
        for step in found.drawn
    )
