"""Statute, calendar and events → deadlines, each with its explanation.

How a date is chosen. A clock is the city's (or a reviewing body's), which must act, or ours, who
must act or lose something. Where the law is unsettled it is counted on two readings, the strict
and the generous one:

            the city's and a body's clock            our clock
due_on      the generous reading: only after it      the last business day on or before the bare
            is the city certainly late               count: filing by then is safe on every reading
earliest_on the strict reading                       = due_on
latest_on   = due_on                                 rolled over a weekend or holiday, or counted
                                                     from the last act that may have started it
nominal_on  the bare count                           the bare count

The day of the event that starts a clock is never counted. A clock of ours that the city's silence
starts, starts at the strict reading of that silence. A tolled clock has no date. The rule in force
on the day of receipt governs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from cities.calendar.business_days import CalendarError, Calendars, CityCalendar, Closure, calendars
from cities.clocks.city_clocks import city_deadline
from cities.clocks.computed_deadline import Deadline, Reading, Status, current
from cities.clocks.counting import CountedDay
from cities.clocks.occurrences import ClockError, Occurrence, Timeline
from cities.clocks.office_hours import counted_by_office_hours
from cities.clocks.openings import Opening, openings_of, starts_for
from cities.clocks.our_clocks import OurTime, our_times
from cities.clocks.starts import CountedClock, Start, starts_of
from cities.schema.city import City, RequestKind, Route
from cities.schema.clock_rules import CalendarRules, Clock
from cities.schema.grievances import GrievanceRule

__all__ = [
    "CalendarError", "Calendars", "CityCalendar", "ClockError", "Closure", "Counted", "CountedDay",
    "Deadline", "Law", "Occurrence", "Reading", "Status", "count", "current", "derive",
    "derive_by_law", "law_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Law:
    """What of a statute decides a date, apart from the city's other particulars."""

    clocks: Sequence[Clock]
    calendar: CalendarRules
    checked_on: date | None = None
    kind_of_route: Callable[[str], str] = str  # by its slug: "foic" is a "commission"
    grievances: Sequence[GrievanceRule] = ()
    routes: Sequence[Route] = ()  # those for records


@dataclass(frozen=True, slots=True)
class Counted:
    """Everything counted for one request: its deadlines, and what its grievances open."""

    deadlines: tuple[Deadline, ...] = ()
    openings: tuple[Opening, ...] = ()
    windows: tuple[OurTime, ...] = ()
    timeline: Timeline | None = None


def derive(
    city: City,
    events: Sequence[Occurrence],
    *,
    track: str = "",
    custodian: str = "",
    closures: Sequence[Closure] = (),
) -> tuple[Deadline, ...]:
    """Every deadline of a request to that city. What counts from receipt needs a `received`.

    `track` and `custodian` are the statute's own ("personnel_file", "elected_official").
    Raises ClockError for events that cannot have happened so, and for dates that no calendar of
    ours covers.
    """
    return derive_by_law(
        law_of(city, custodian), events, track=track, custodian=custodian, closures=closures
    )


@cache
def law_of(city: City, custodian: str) -> Law:
    """What decides the dates of a request for records that such a custodian keeps."""
    statute, routes = city.statute, city.all_routes()
    kinds = {route.slug: str(route.kind) for route in routes}
    return Law(
        statute.clocks,
        statute.calendar,
        statute.checked_on,
        lambda slug: kinds.get(slug, slug),
        tuple(
            rule for rule in statute.opens_rights if (custodian or "city") in rule.for_custodians
        ),
        tuple(
            route
            for route in routes
            if RequestKind.RECORDS in route.for_kinds
            and (custodian or "city") in route.for_custodians
        ),
    )


def derive_by_law(
    law: Law,
    events: Sequence[Occurrence],
    *,
    track: str = "",
    custodian: str = "",
    closures: Sequence[Closure] = (),
) -> tuple[Deadline, ...]:
    """As `derive`, of a law without its city."""
    counted = count(law, events, track=track, custodian=custodian, closures=closures)
    return counted.deadlines


def count(
    law: Law,
    events: Sequence[Occurrence],
    *,
    track: str = "",
    custodian: str = "",
    closures: Sequence[Closure] = (),
) -> Counted:
    """As `derive_by_law`, with the grievances that the deadlines make and start from."""
    days = calendars(law.calendar, closures)
    timeline = Timeline(counted_by_office_hours(events, days.generous), law.kind_of_route)
    if (governed_on := timeline.governed_on) is None:
        return Counted()
    counter = _Counter(timeline, days, law.checked_on)
    governing = _governing(law.clocks, governed_on, track, custodian)
    for clock in governing:
        if clock.starts:
            counter.add(clock, starts_of(clock, timeline, counter.counted))
    openings = openings_of(law.grievances, law.routes, timeline, counter.counted)
    for clock in governing:
        if not clock.starts:
            counter.add(clock, starts_for(clock.route, openings))
    found = (deadline for clock in governing for deadline in counter.found.get(id(clock), ()))
    return Counted(tuple(found), tuple(openings), tuple(counter.windows), timeline)


@dataclass(slots=True)
class _Counter:
    """The clocks counted so far: later ones may start from them."""

    timeline: Timeline
    days: Calendars
    checked_on: date | None
    counted: dict[str, list[CountedClock]] = field(default_factory=dict)
    found: dict[int, list[Deadline]] = field(default_factory=dict)
    windows: list[OurTime] = field(default_factory=list)

    def add(self, clock: Clock, starts: list[Start]) -> None:
        if not starts:
            return
        if clock.whose == "ours":
            times = our_times(clock, starts, self.timeline, self.days, self.checked_on)
            self.windows += times if clock.is_window else ()
            self.found[id(clock)] = [one.deadline for one in times]
            return
        each = [
            city_deadline(clock, start, self.timeline, self.days, self.checked_on)
            for start in starts
        ]
        self.counted.setdefault(clock.name, []).extend(each)
        self.found[id(clock)] = [one.deadline for one in each]


def _governing(
    clocks: Sequence[Clock], received_on: date, track: str, custodian: str
) -> list[Clock]:
    """The rules in force for that request; one for its track replaces the ordinary one."""
    in_force = [
        clock
        for clock in clocks
        if clock.in_force(received_on) and clock.custodian in ("", custodian)
    ]
    special = {clock.name for clock in in_force if clock.track and clock.track == track}
    return [clock for clock in in_force if clock.track == (track if clock.name in special else "")]
