"""How often the city was late by its law, and by how much."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from requests_app.research.charts.bars import Counted, bar_chart
from requests_app.research.figures.figure import (
    Cell,
    Figure,
    Table,
    in_days,
    interval,
    percent,
    plainly,
    sentences,
)
from requests_app.research.figures.population import Limit, Population
from requests_app.research.figures.small_counts import is_few, withheld
from requests_app.research.statistics.summaries import (
    FEWEST,
    Number,
    Spread,
    is_too_few,
    share_of,
    spread_of,
    too_few_words,
)
from requests_app.vocabulary.dates_and_amounts import count, listed

BANDS = ((10, "1 to 10 days late"), (30, "11 to 30 days late"), (90, "31 to 90 days late"))
OVER_THE_BANDS = "more than 90 days late"
ON_TIME, STILL_LATE = "On time", "Not yet, and the day has passed"
ORDER = (ON_TIME, *(label for _, label in BANDS), OVER_THE_BANDS, STILL_LATE)


@dataclass(frozen=True, slots=True)
class Clock:
    slug: str
    clock: str
    title: str
    act: str


ANSWER = Clock("late-answers", "response", "Late answers", "answer")
ACKNOWLEDGMENT = Clock(
    "late-acknowledgments", "acknowledgement", "Late acknowledgments", "acknowledgment"
)


@dataclass(frozen=True, slots=True)
class _Lateness:
    """`bands` count by label; `days` count the late ones that came, by how many days. `strict` of
    them were late or overdue on the strictest reading of the law."""

    bands: Counter[str]
    days: Counter[Number]
    strict: int
    running: int
    undated: int
    citations: tuple[str, ...]

    @property
    def n(self) -> int:
        return self.bands.total()

    @property
    def late(self) -> int:
        return self.n - self.bands[ON_TIME]


def late_answers(population: Population) -> Figure:
    return _figure(ANSWER, population)


def late_acknowledgments(population: Population) -> Figure:
    return _figure(ACKNOWLEDGMENT, population)


def _figure(clock: Clock, population: Population) -> Figure:
    found = _measured([one for one in population.limits if one.clock == clock.clock])
    few = is_too_few(found.n)
    is_public = population.is_for_everybody
    gone = withheld({label: found.bands[label] for label in ORDER}) if is_public else {}
    says = too_few_words(found.n) if few else _says(clock, found, is_public=is_public)
    bars = [_bar(label, found, gone) for label in ORDER] if found.n else []
    words = "Bars: " + "; ".join(f"{bar.label}, {bar.words}" for bar in bars) + "."
    rows: list[tuple[Cell, ...]] = [
        (label, gone[label], None)
        if label in gone
        else (label, found.bands[label], percent(found.bands[label] / found.n))
        for label in ORDER
        if found.n
    ]
    by_days: list[tuple[Cell, ...]] = [(int(one), found.days[one]) for one in sorted(found.days)]
    return Figure(
        slug=clock.slug,
        title=clock.title,
        n=found.n,
        n_of="time limits that were met or have passed",
        says=says,
        counts=_counts(clock, found),
        leaves_out=_leaves_out(clock, found, is_public=is_public),
        table=Table((clock.act.capitalize(), "Requests", "Share"), () if few else tuple(rows)),
        numbers=Table(
            ("days_late", "count"),
            ()
            if few or is_public
            else ((0, found.bands[ON_TIME]), *by_days, (None, found.bands[STILL_LATE])),
        ),
        chart=None if few else bar_chart(clock.title, words, bars),
        too_few=says if few else "",
    )


def _bar(label: str, found: _Lateness, gone: Mapping[str, str]) -> Counted:
    if label in gone:
        return Counted(label, 0.0, gone[label])
    share = found.bands[label] / found.n
    return Counted(label, share, f"{found.bands[label]:,} of {found.n:,} · {percent(share)}")


def _measured(limits: list[Limit]) -> _Lateness:
    bands: Counter[str] = Counter()
    days: Counter[Number] = Counter()
    strict = running = undated = 0
    for one in limits:
        strict += one.n if one.is_counted and one.is_late_strictly else 0
        if one.is_overdue:
            bands[STILL_LATE] += one.n
        elif one.is_counted and one.days_late is not None:
            bands[_band(one.days_late)] += one.n
            if one.days_late > 0:
                days[one.days_late] += one.n
        elif one.status == "running":
            running += one.n
        else:
            undated += one.n
    counted = {one.citation for one in limits if one.citation}
    return _Lateness(bands, days, strict, running, undated, tuple(sorted(counted)))


def _band(late: int) -> str:
    if late <= 0:
        return ON_TIME
    return next((label for most, label in BANDS if late <= most), OVER_THE_BANDS)


def _says(clock: Clock, found: _Lateness, *, is_public: bool) -> str:
    if is_public:
        return _says_to_everybody(clock, found)
    share = share_of(found.late, found.n)
    assert share is not None  # there are five at least
    of = f"{found.late:,} of {found.n:,}; {interval(share)}"
    still, differs = found.bands[STILL_LATE], found.strict != found.late
    return sentences(
        [
            f"{percent(share.value)} of {clock.act}s were late or are overdue ({of}).",
            _how_late(clock, spread_of(found.days)),
            f"{still:,} of them had still not come." if still else "",
            f"On the strictest reading of the law {found.strict:,} were." if differs else "",
        ]
    )


def _says_to_everybody(clock: Clock, found: _Lateness) -> str:
    """Neither how many were late nor how many were not, where either are fewer than five; nor what
    another reading of the law changes for so few."""
    share = share_of(found.late, found.n)
    assert share is not None  # there are five at least
    if is_few(found.late):
        return f"Fewer than five of {found.n:,} {clock.act}s were late or are overdue."
    if is_few(found.n - found.late):
        return f"All but fewer than five of {found.n:,} {clock.act}s were late or are overdue."
    of = f"{found.late:,} of {found.n:,}; {interval(share)}"
    by_days = spread_of(found.days)
    differs = abs(found.strict - found.late) >= FEWEST
    return sentences(
        [
            f"{percent(share.value)} of {clock.act}s were late or are overdue ({of}).",
            "" if by_days is None or is_too_few(by_days.n) else _how_late(clock, by_days),
            f"On the strictest reading of the law {found.strict:,} were." if differs else "",
        ]
    )


def _how_late(clock: Clock, spread: Spread | None) -> str:
    if spread is None:
        return ""
    if is_too_few(spread.n):
        return f"Of the late ones that came, {spread.n}, no median is given: fewer than five."
    return (
        f"Half of the late {clock.act}s that came were late by {in_days(spread.median)} or more "
        f"(quartiles {plainly(spread.lower_quartile)} and {plainly(spread.upper_quartile)})."
    )


def _counts(clock: Clock, found: _Lateness) -> str:
    under = f" ({'; '.join(found.citations)})" if 0 < len(found.citations) <= 3 else ""
    return (
        f"Time limits of the city’s law for its {clock.act}{under} that were met, or whose day has "
        "passed. The day is the one that our calendar shows as due: with the extensions that the "
        "city took under the law, with the days that were tolled, and where the law is unsettled "
        "by its generous reading, so that nothing is called late before it certainly is. Late "
        f"by so many calendar days is from that day to the {clock.act}."
    )


def _leaves_out(clock: Clock, found: _Lateness, *, is_public: bool) -> str:
    def limits(much: int) -> str:
        return "fewer than five limits" if is_public and is_few(much) else count(much, "limit")

    parts = []
    if found.running:
        parts.append(f"{limits(found.running)} that had not run out yet")
    if found.undated:
        parts.append(f"{limits(found.undated)} without a day, or that ended otherwise")
    left = f"Left out: {listed(parts)}." if parts else ""
    where = (
        "Where a law sets no day to acknowledge, there is nothing to count."
        if clock is ACKNOWLEDGMENT
        else ""
    )
    return sentences([left, where])
