"""Worked examples in short: events as (kind, day, facts), expectations by the name of the date."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cities.clocks.derive import Closure, Deadline, Occurrence, current, derive
from cities.schema.load import load_city

CT, MO = "us-ct/stamford", "us-mo/kansas-city"
STOCKTON, CONCORD, OR = "us-ca/stockton", "us-ca/concord", "us-or/portland"
REAL_CITIES = (CT, MO, STOCKTON, CONCORD, OR)
"""Those whose law the tests hold to dates counted by hand; a further city needs no place here."""


def on(text: str) -> date:
    return date.fromisoformat(text)


def happened(text: str, **facts: Any) -> Occurrence:
    """ "denied 2026-08-06" """
    kind, _, day = text.partition(" ")
    return Occurrence(kind, on(day), facts)


@dataclass(frozen=True)
class Example:
    """One example: what happened, which clock, which dates must come out, by what law."""

    why: str
    city: str
    events: tuple[Occurrence, ...]
    clock: str
    expect: dict[str, Any]
    law: str
    track: str = ""
    custodian: str = ""
    closures: tuple[Closure, ...] = field(default=())

    def derive(self) -> tuple[Deadline, ...]:
        return derive(
            load_city(self.city),
            self.events,
            track=self.track,
            custodian=self.custodian,
            closures=self.closures,
        )

    def got(self) -> dict[str, Any]:
        """The dates that `expect` names, as they came out."""
        deadline = current(self.derive(), self.clock)
        assert deadline is not None, f"no clock {self.clock!r}"
        values = {key: getattr(deadline, key) for key in self.expect}
        return {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in values.items()
        }


def example(
    why: str, city: str, *events: Occurrence | str, clock: str, law: str, **more: Any
) -> Example:
    """Expectations are the keywords that are no field: `due_on="2026-08-07"`."""
    closures = tuple(Closure(on(day), reason) for day, reason in more.pop("closures", ()))
    track, custodian = more.pop("track", ""), more.pop("custodian", "")
    occurred = tuple(happened(e) if isinstance(e, str) else e for e in events)
    return Example(why, city, occurred, clock, more, law, track, custodian, closures)


def deadlines(
    city: str, *events: Occurrence | str, closures: tuple[Closure, ...] = (), **more: Any
) -> tuple[Deadline, ...]:
    occurred = [happened(e) if isinstance(e, str) else e for e in events]
    return derive(load_city(city), occurred, closures=closures, **more)


def deadline(city: str, clock: str, *events: Occurrence | str, **more: Any) -> Deadline:
    found = current(deadlines(city, *events, **more), clock)
    assert found is not None, f"no clock {clock!r}"
    return found
