"""A time limit as it stands for one request, with all that explains it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cities.clocks.counting import CountedDay

Status = Literal["running", "projected", "tolled", "met", "void", "not_computed"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Another date that the law may be read to give, and why."""

    name: str
    on: date
    why: str


def status_on(status: str, starts_on: date | None, day: date) -> str:
    """A status as of a day: "projected" ends with the lapse that the clock starts from."""
    if status == "projected" and starts_on and day > starts_on:
        return "running"
    return status


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock, counted. How the dates are chosen: `cities.clocks.derive`.

    A tolled clock has no dates. "projected": it starts if the city stays silent. "void": the
    request was withdrawn or closed, or another event took the clock away. "not_computed": it
    starts before `not_computed_before`, the first year of the calendar, and has no dates either.
    """

    clock: str
    whose: str
    status: Status
    starts_on: date | None
    due_on: date | None
    earliest_on: date | None
    latest_on: date | None
    nominal_on: date | None
    met_on: date | None
    rule: str
    citation: str
    confidence: str
    unsettled: str
    days: tuple[CountedDay, ...] = ()
    readings: tuple[Reading, ...] = ()
    route: str = ""
    remarks: tuple[str, ...] = ()  # events that moved nothing, and why
    is_met_perhaps: bool = False  # on one reading only
    checked_on: date | None = None
    not_computed_before: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.status in {"running", "projected", "tolled"}

    @property
    def was_met_late(self) -> bool:
        return bool(self.met_on and self.due_on and self.met_on > self.due_on)

    def status_on(self, day: date) -> str:
        """Its status that day: what a silence starts is projected only until the silence is."""
        return status_on(self.status, self.starts_on, day)

    def is_late(self, on: date) -> bool:
        """Whether, that day, the time is over and the act has not come."""
        return self.status in {"running", "projected"} and bool(self.due_on and on > self.due_on)


def current(deadlines: tuple[Deadline, ...], clock: str, route: str = "") -> Deadline | None:
    """The deadline of that name that matters now: the last one open, else the last one."""
    named = [d for d in deadlines if d.clock == clock and (not route or d.route == route)]
    still_open = [d for d in named if d.is_open]
    return next(reversed(still_open or named), None)
