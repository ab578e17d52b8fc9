"""How long something takes, where some of it is not over yet.

A request that is still open has waited at least as long as it has, and says so much and no more:
it is censored. Left out, the slowest city would look the fastest.

`survival_of` is Kaplan and Meier's estimate (J. Am. Stat. Assoc. 53 (1958) 457) with Greenwood's
variance and an interval of 95 % on the scale of log(-log), which stays between 0 and 1.
`incidence_of` is Aalen and Johansen's (Scand. J. Stat. 5 (1978) 141) for several ways of ending of
which each rules out the others. What is censored on a day was still waiting on that day. Requests
that end on one day end together: no tie is broken by chance.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from requests_app.research.statistics.summaries import NORMAL_95, is_too_few

OPEN: Final = ""  # the ending of what has not ended
NOT_REACHED: Final = None  # a median where half of them have not ended yet
# Shares are products of many fractions: a half that is a half comes out as 0.50000000000000011.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Wait:
    """So many that waited so many whole days, and how that ended; `OPEN` where it has not."""

    days: int
    ended: str = OPEN
    count: int = 1

    def __post_init__(self) -> None:
        if self.days < 0 or self.count < 1:
            raise ValueError(
                f"{self.count} waiting {self.days} days: neither may be negative, nor nobody wait."
            )


@dataclass(frozen=True, slots=True)
class Step:
    """After so many days: how many had waited that long, how many of them ended that day or were
    censored, and which share is still waiting after it. No interval is defined before the first
    ends, nor once all have."""

    days: int
    at_risk: int
    ended: int
    censored: int
    waiting: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Survival:
    """A Kaplan–Meier curve, by its steps. `median` is NOT_REACHED where it was not."""

    n: int
    ended: int
    steps: tuple[Step, ...]
    median: int | None
    median_lower: int | None  # the interval of 95 % around the median, by the curve's own
    median_upper: int | None

    @property
    def censored(self) -> int:
        return self.n - self.ended

    def at_risk_on(self, days: int) -> int:
        """How many had waited so long and neither ended nor been censored before."""
        return next((step.at_risk for step in self.steps if step.days >= days), 0)

    def waiting_after(self, days: int) -> float:
        """The share still waiting after so many days."""
        passed = [step.waiting for step in self.steps if step.days <= days]
        return passed[-1] if passed else 1.0

    @property
    def drawn(self) -> tuple[Step, ...]:
        """The steps before which enough were still waiting to draw anything from them."""
        return tuple(step for step in self.steps if not is_too_few(step.at_risk))


@dataclass(frozen=True, slots=True)
class IncidenceStep:
    """After so many days: which share had ended in each way, and which had not ended."""

    days: int
    at_risk: int
    ended: Mapping[str, float]
    waiting: float


@dataclass(frozen=True, slots=True)
class Incidence:
    """How much had ended in which way after how long. `counts`: how many ended in each way."""

    n: int
    counts: Mapping[str, int]
    steps: tuple[IncidenceStep, ...]

    @property
    def drawn(self) -> tuple[IncidenceStep, ...]:
        return tuple(step for step in self.steps if not is_too_few(step.at_risk))

    def ended_by(self, days: int, how: str) -> float:
        """The share that had ended so after so many days."""
        passed = [step.ended.get(how, 0.0) for step in self.steps if step.days <= days]
        return passed[-1] if passed else 0.0


@dataclass(frozen=True, slots=True)
class _Day:
    days: int
    at_risk: int
    ended: Counter[str]
    censored: int


def survival_of(waits: Iterable[Wait]) -> Survival:
    """Of any way of ending. Of nothing it has no step and no median."""
    days = _by_day(waits)
    steps, waiting, greenwood = [], 1.0, 0.0
    for day in days:
        ended = day.ended.total()
        waiting *= 1 - ended / day.at_risk
        if ended and ended < day.at_risk:
            greenwood += ended / (day.at_risk * (day.at_risk - ended))
        lower, upper = _interval(waiting, greenwood)
        steps.append(Step(day.days, day.at_risk, ended, day.censored, waiting, lower, upper))
    return Survival(
        days[0].at_risk if days else 0,
        sum(step.ended for step in steps),
        tuple(steps),
        _half_by((step.days, step.waiting) for step in steps),
        # Once all have ended no interval is defined, and none lies above a half.
        _half_by((step.days, step.waiting if step.lower is None else step.lower) for step in steps),
        _half_by((step.days, step.upper) for step in steps),
    )


def incidence_of(waits: Iterable[Wait]) -> Incidence:
    """Of each way of ending that occurs. At every step they and what waits make up the whole."""
    days = _by_day(waits)
    counts = sum((day.ended for day in days), Counter[str]())
    waiting, so_far = 1.0, dict.fromkeys(sorted(counts), 0.0)
    steps = []
    for day in days:
        so_far = {
            how: share + waiting * day.ended[how] / day.at_risk for how, share in so_far.items()
        }
        waiting *= 1 - day.ended.total() / day.at_risk
        steps.append(IncidenceStep(day.days, day.at_risk, so_far, waiting))
    return Incidence(days[0].at_risk if days else 0, dict(counts), tuple(steps))


def _by_day(waits: Iterable[Wait]) -> list[_Day]:
    """Each day on which something ended or was censored, with how many had waited until then."""
    ended: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for wait in waits:
        ended[wait.days][wait.ended] += wait.count
    at_risk = sum(counts.total() for counts in ended.values())
    found = []
    for days in sorted(ended):
        counts = ended[days]
        leaving = counts.total()
        censored = counts.pop(OPEN, 0)
        found.append(_Day(days, at_risk, counts, censored))
        at_risk -= leaving
    return found


def _interval(waiting: float, greenwood: float) -> tuple[float | None, float | None]:
    if waiting <= ROUNDING or waiting >= 1 - ROUNDING:
        return None, None
    log = math.log(waiting)
    reach = math.exp(NORMAL_95 * math.sqrt(greenwood) / abs(log))
    return waiting**reach, waiting ** (1 / reach)


def _half_by(shares: Iterable[tuple[int, float | None]]) -> int | None:
    """The first day after which no more than a half is left; NOT_REACHED where there is none."""
    for days, share in shares:
        if share is not None and share <= 0.5 + ROUNDING:
            return days
    return NOT_REACHED
