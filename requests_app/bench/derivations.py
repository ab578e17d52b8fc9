"""The engine alone: business days and whole derivations, without a database."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from time import process_time

from cities.calendar.business_days import Closure, calendars
from cities.clocks.derive import Occurrence, derive
from cities.clocks.explain import as_json
from cities.schema.load import load_city

ROUNDS = 25
CT, OR = "us-ct/stamford", "us-or/portland"


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing measured, in seconds: the median of many rounds, and what it may take."""

    name: str
    took: float
    limit: float

    @property
    def is_met(self) -> bool:
        return self.took <= self.limit

    def __str__(self) -> str:
        mark = "ok" if self.is_met else "TOO SLOW"
        return f"{self.name:<58}{in_words(self.took):>10}  (at most {in_words(self.limit)}) {mark}"


def in_words(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


def median(act: Callable[[], object], calls: int) -> float:
    """Seconds of processor time a call: the median of ROUNDS rounds of that many calls."""
    act()
    rounds = []
    for _ in range(ROUNDS):
        begun = process_time()
        for _ in range(calls):
            act()
        rounds.append((process_time() - begun) / calls)
    return statistics.median(rounds)


def measures() -> list[Measure]:
    """Each figure that the desk promises of the engine."""
    days = calendars(load_city(CT).statute.calendar).generous
    first, last = date(2026, 11, 2), date(2030, 11, 4)
    return [
        Measure(
            "20 business days from a day",
            median(lambda: days.add_business_days(first, 20), 2000),
            5e-6,
        ),
        Measure(
            "business days between two dates, four years apart",
            median(lambda: days.business_days_between(first, last), 2000),
            5e-6,
        ),
        Measure(
            "derivation with explanation: filed, answer awaited (CT)",
            median(lambda: explained(CT, PLAIN), 100),
            300e-6,
        ),
        Measure(
            "derivation with explanation: tolled, paid, appealed (OR)",
            median(lambda: explained(OR, FULL, SNOW), 100),
            300e-6,
        ),
    ]


PLAIN = (Occurrence("received", date(2026, 11, 2)),)
FULL = (
    Occurrence("received", date(2026, 11, 2)),
    Occurrence("acknowledged", date(2026, 11, 5)),
    Occurrence("fees_estimated", date(2026, 11, 12), {"amount": Decimal("180.00")}),
    Occurrence("fees_paid", date(2026, 11, 23)),
    Occurrence("denied", date(2026, 12, 4)),
    Occurrence("appeal_filed", date(2026, 12, 18), {"route": "district_attorney"}),
)
SNOW = (Closure(date(2026, 11, 20), "snow"),)


def explained(
    slug: str, events: tuple[Occurrence, ...], closures: tuple[Closure, ...] = ()
) -> list[dict[str, object]]:
    """As the ledger does it: every deadline, and its explanation as it is stored."""
    return [as_json(d) for d in derive(load_city(slug), events, closures=closures)]
