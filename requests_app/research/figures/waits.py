"""How long until the city says a first word, answers, and gives records; open ones counted too."""

from collections.abc import Sequence
from dataclasses import dataclass

from requests_app.research.charts.curves import survival_chart
from requests_app.research.figures.figure import Cell, Figure, Table, in_days, percent, sentences
from requests_app.research.figures.population import Population, Waited, censored
from requests_app.research.figures.small_counts import is_few
from requests_app.research.statistics.steps_of_five import survival_in_fives
from requests_app.research.statistics.summaries import is_too_few, too_few_words
from requests_app.research.statistics.survival import NOT_REACHED, Survival, survival_of
from requests_app.vocabulary.dates_and_amounts import count

AFTER_DAYS = (5, 10, 20, 30, 60, 90, 180, 365)
ACROSS = "calendar days since the request was filed"
HEADINGS = ("After", "Still waiting", "95% interval", "Waited so long")
COLUMNS = ("days", "at_risk", "ended", "censored", "still_waiting", "lower_95", "upper_95")
OPEN_COUNTED = (
    "Open requests count with the days they have waited so far; those that we withdrew or closed "
    "before, and those that lapsed, until that day."
)

IN_FIVES = (
    "Steps of the curve are of five requests at least: those of fewer are put together on the last "
    "day of them, and what waited longer than the last five is not drawn."
)
NOT_REQUESTS = (
    "Requests for datasets, corrections and access, which no records law covers, are left out, and "
    "so are drafts."
)


@dataclass(frozen=True, slots=True)
class Until:
    """What is waited for: `half` ends a sentence that begins “Half of the requests”."""

    slug: str
    title: str
    half: str
    none_half: str
    counts: str


FIRST_WORD = Until(
    "acknowledgement",
    "Time to acknowledgment",
    "had an acknowledgment within",
    "had an acknowledgment",
    "Calendar days from filing to the city’s first word: an acknowledgment, or anything else that "
    "only a city with the request can say, such as a question, a fee estimate or an answer.",
)
DETERMINATION = Until(
    "determination",
    "Time to an answer",
    "were answered within",
    "were answered",
    "Calendar days from filing to the city’s first answer on the request as a whole: granted, "
    "granted in part, denied, no such records, or referred. Silence that a law treats as a denial "
    "is no answer, and ends no wait.",
)
RECORDS = Until(
    "records",
    "Time to the first records",
    "had their first records within",
    "had records",
    "Calendar days from filing to the first records that came, all of them or some.",
)


def time_to_acknowledgement(population: Population) -> Figure:
    return _figure(FIRST_WORD, population, population.first_words)


def time_to_determination(population: Population) -> Figure:
    return _figure(DETERMINATION, population, population.answers)


def time_to_records(population: Population) -> Figure:
    return _figure(RECORDS, population, population.first_records)


def _figure(until: Until, population: Population, answers: Sequence[Waited]) -> Figure:
    is_public = population.is_for_everybody
    waited = list(censored(answers))
    exact = survival_of(waited)
    found = survival_in_fives(waited) if is_public else exact
    is_drawn = bool(found.steps) and not (is_public and is_few(found.ended))
    few = is_too_few(found.n) or not is_drawn
    says = _too_few(until, found) if few else _says(until, found, exact, is_public=is_public)
    return Figure(
        slug=until.slug,
        title=until.title,
        n=found.n,
        n_of="requests",
        says=says,
        counts=sentences([until.counts, OPEN_COUNTED, IN_FIVES if is_public else ""]),
        leaves_out=left_out(population),
        table=Table(HEADINGS, () if few else _rows(found, is_public=is_public)),
        numbers=Table(COLUMNS, () if few else _numbers(found)),
        chart=None
        if few
        else survival_chart(
            until.title, _description(until, found, is_public=is_public), found, ACROSS
        ),
        too_few=says if few else "",
    )


def left_out(population: Population) -> str:
    """What no figure about requests counts."""
    unreached = population.filed - population.n
    if population.is_for_everybody and is_few(unreached):
        return sentences(
            [
                NOT_REQUESTS,
                "So are fewer than five of which it is not known that the city had them.",
                "Entries of the ledger that were struck do not count.",
            ]
        )
    return sentences(
        [
            NOT_REQUESTS,
            f"{count(unreached, 'request')} of which it is not known that the city had it "
            f"{'is' if unreached == 1 else 'are'} left out." if unreached else "",
            "Entries of the ledger that were struck do not count.",
        ]
    )  # fmt: skip


def _too_few(until: Until, found: Survival) -> str:
    if is_too_few(found.n):
        return too_few_words(found.n)
    if not is_too_few(found.ended):  # but none of five that can be told apart from fewer
        still = _still(found, is_withheld=is_few(found.censored))
        return f"How soon half {until.none_half} is not shown. {still}"
    return f"Fewer than five of {found.n:,} requests {until.none_half} so far: nothing is drawn."


def _still(found: Survival, *, is_withheld: bool) -> str:
    much = "Fewer than five requests" if is_withheld else count(found.censored, "request")
    return f"{much} of {found.n:,} had not come to it when last counted."


def _says(until: Until, found: Survival, exact: Survival, *, is_public: bool) -> str:
    still = _still(found, is_withheld=is_public and is_few(found.censored))
    if found.median is NOT_REACHED and exact.median is not NOT_REACHED:
        return f"How soon half {until.none_half} is not shown: too few waited so long. {still}"
    if found.median is NOT_REACHED:
        return f"Median not reached: fewer than half {until.none_half} so far. {still}"
    upper = "not reached" if found.median_upper is NOT_REACHED else f"{found.median_upper:,}"
    reach = f"95% interval {found.median_lower:,} to {upper}"
    return f"Half of the requests {until.half} {in_days(found.median)} ({reach}). {still}"


def _description(until: Until, found: Survival, *, is_public: bool) -> str:
    """For who does not see the curve: what it does, and where its numbers stand."""
    after = [days for days in _days_shown(found, is_public=is_public) if found.at_risk_on(days)]
    shares = ", ".join(f"{percent(found.waiting_after(one))} after {one} days" for one in after)
    return sentences(
        [
            f"A curve that falls from 100% as requests {until.none_half}.",
            f"Still waiting: {shares}." if shares else "",
            f"Drawn as far as at least five still waited, of {count(found.n, 'request')}.",
            "The table below has its numbers.",
        ]
    )


def _days_shown(found: Survival, *, is_public: bool) -> list[int]:
    """Of a curve in steps of five the last of them before each day: between two it says nothing."""
    return last_steps([step.days for step in found.drawn]) if is_public else list(AFTER_DAYS)


def last_steps(steps: Sequence[int]) -> list[int]:
    """Of a curve's days, the last before or on each of `AFTER_DAYS`."""
    found = [max((one for one in steps if one <= days), default=None) for days in AFTER_DAYS]
    return sorted({days for days in found if days is not None})


def _rows(found: Survival, *, is_public: bool) -> tuple[tuple[Cell, ...], ...]:
    rows = []
    for days in _days_shown(found, is_public=is_public):
        at_risk = found.at_risk_on(days)
        if is_too_few(at_risk):
            break
        step = [one for one in found.steps if one.days <= days][-1:]
        lower, upper = (step[0].lower, step[0].upper) if step else (None, None)
        known = lower is not None and upper is not None
        reach = f"{percent(lower or 0)} to {percent(upper or 0)}" if known else "–"
        rows.append((in_days(days), percent(found.waiting_after(days)), reach, at_risk))
    return tuple(rows)


def _numbers(found: Survival) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (step.days, step.at_risk, step.ended, step.censored, step.waiting, step.lower, step.upper)
        for step in found.drawn
    )
