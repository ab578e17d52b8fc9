"""Worked cases of grievances and windows: read, and run through the engine and the calculator."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cities.clocks.derive import Closure, Occurrence
from cities.rights.standing import Standing, standing
from cities.schema.load import load_city
from tests.cities.rights.calculator import calculate
from tests.cities.rights.calculator.record import Act, Answer, OurTime, Wrong

FILES = sorted(Path(__file__).with_name("cases").glob("*.toml"))


@dataclass(frozen=True)
class Case:
    """A request's acts, and what by the law was done to us and which times of ours run."""

    id: str
    city: str
    why: str
    law: str
    acts: tuple[Act, ...]
    expect: Answer
    track: str = ""
    custodian: str = ""
    closed: tuple[date, ...] = ()
    ended: date | None = None

    def by_the_engine(self) -> Standing:
        return standing(
            load_city(self.city),
            [Occurrence(act.kind, act.on, act.facts) for act in self.acts],
            track=self.track,
            custodian=self.custodian,
            closures=[Closure(day, "shut") for day in self.closed],
        )

    def by_the_calculator(self) -> Answer:
        return calculate(
            self.city,
            self.acts,
            track=self.track,
            custodian=self.custodian,
            closed=self.closed,
        )


def act(text: str) -> Act:
    """ "appeal_decided 2026-12-02 route=foic outcome=affirmed" """
    kind, on, *facts = text.split()
    return Act(kind, date.fromisoformat(on), dict(fact.split("=") for fact in facts))


def in_order(answer: Answer) -> Answer:
    """Wrongs and times by day, so that two lists of the same ones are equal."""
    wrongs = sorted(answer.wrongs, key=lambda wrong: (wrong.since, wrong.kind, str(wrong.sure)))
    return Answer(tuple(wrongs), tuple(sorted(answer.times)))


def as_answer(standing: Standing) -> Answer:
    """The engine's grievances and times of ours in the calculator's words."""
    wrongs = [Wrong(g.kind, g.since, g.surely_since, g.remedied_on) for g in standing.grievances]
    ours = [deadline for deadline in standing.deadlines if deadline.whose == "ours"]
    times = [
        OurTime(d.clock, d.starts_on, d.nominal_on, d.due_on, d.latest_on)
        for d in ours
        if d.starts_on and d.nominal_on and d.due_on and d.latest_on
    ]
    assert len(times) == len(ours), "a time of ours without its days"
    return in_order(Answer(tuple(wrongs), tuple(times)))


def read_cases() -> list[Case]:
    tables = [tomllib.loads(file.read_text(encoding="utf-8"))["cases"] for file in FILES]
    return [_case(table) for file in tables for table in file]


def _case(table: dict[str, Any]) -> Case:
    """KeyError or TypeError for a key that is missing or misspelt."""
    acts = tuple(act(text) for text in table.pop("events"))
    wrongs = tuple(Wrong(**{"sure": None, **grievance}) for grievance in table.pop("grievances"))
    times = tuple(
        OurTime(counted_from=window.pop("from"), **window) for window in table.pop("windows", ())
    )
    closed = tuple(table.pop("closed", ()))
    return Case(acts=acts, expect=in_order(Answer(wrongs, times)), closed=closed, **table)
