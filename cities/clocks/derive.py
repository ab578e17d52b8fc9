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
from dataclasses import dataclass
from datetime import date
from functools import partial

from cities.calendar.business_days import CalendarError, Calendars, CityCalendar, Closure, calendars
from cities.clocks.city_clocks import city_deadline
from cities.clocks.computed_deadline import Deadline, Reading, Status, current
from cities.clocks.counting import CountedDay
from cities.clocks.occurrences import ClockError, Occurrence, Timeline
from cities.clocks.our_clocks import our_deadlines
from cities.clocks.starts import CountedClock, starts_of
from cities.schema.city import City
from cities.schema.clock_rules import CalendarRules, Clock

__all__ = [
    "CalendarError", "Calendars", "CityCalendar", "ClockError", "Closure", "CountedDay", "Deadline",
    "Law", "Occurrence", "Reading", "Status", "current", "derive", "derive_by_law",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Law:
    """What of a statute decides a date, apart from the city's other particulars."""

    clocks: Sequence[Clock]
    calendar: CalendarRules
    checked_on: date | None = None
    kind_of_route: Callable[[str], str] = str  # by its slug: "foic" is a "commission"


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
    law = Law(
        city.statute.clocks,
        city.statute.calendar,
        city.statute.checked_on,
        partial(_kind_of_route, city),
    )
    return derive_by_law(law, events, track=track, custodian=custodian, closures=closures)


def _kind_of_route(city: City, slug: str) -> str:
    return next((str(route.kind) for route in city.all_routes() if route.slug == slug), slug)


def derive_by_law(
    law: Law,
    events: Sequence[Occurrence],
    *,
    track: str = "",
    custodian: str = "",
    closures: Sequence[Closure] = (),
) -> tuple[Deadline, ...]:
    """As `derive`, of a law without its city."""
    timeline = Timeline(events, law.kind_of_route)
    if (governed_on := timeline.governed_on) is None:
        return ()
    days = calendars(law.calendar, closures)
    counted: dict[str, CountedClock] = {}
    found: list[Deadline] = []
    for clock in _governing(law.clocks, governed_on, track, custodian):
        starts = starts_of(clock, timeline, counted)
        if not starts:
            continue
        if clock.whose == "ours":
            found += our_deadlines(clock, starts, timeline, days, law.checked_on)
            continue
        each = [city_deadline(clock, start, timeline, days, law.checked_on) for start in starts]
        counted[clock.name] = each[-1]
        found += [one.deadline for one in each]
    return tuple(found)


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
