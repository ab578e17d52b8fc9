"""Clocks that start before the calendar's first day: named and explained, and given no date.

Which days counted then was not checked, so any date would be a guess. Nor may a time of ours be
counted from a later act where an earlier silence, that we cannot date, may have started it.
"""

from datetime import date, timedelta

from cities.clocks.computed_deadline import Deadline
from cities.clocks.counting import CountedDay
from cities.clocks.occurrences import Timeline
from cities.clocks.starts import Start
from cities.schema.clock_rules import CalendarRules, Clock

LONGEST_SILENCE = timedelta(days=60)
"""More than any clock of a city's runs, before its silence starts a time of ours."""


def starts_before(start: Start, rules: CalendarRules) -> bool:
    """Whether any day that the count looks at lies before the calendar."""
    return start.is_before_calendar or (start.strictly_on or start.on) < rules.first_day


def not_computed(
    clock: Clock, start: Start, timeline: Timeline, rules: CalendarRules, checked_on: date | None
) -> Deadline:
    """The clock without its dates, with what keeps us from counting them."""
    met = timeline.first((*clock.met_by, *clock.perhaps_met_by), start.on)
    return Deadline(
        clock=clock.name,
        whose=clock.whose,
        status="not_computed",
        starts_on=start.on,
        due_on=None,
        earliest_on=None,
        latest_on=None,
        nominal_on=None,
        met_on=met[0] if met else None,
        rule=clock.rule,
        citation=clock.citation,
        confidence=clock.confidence.value,
        unsettled=clock.unsettled,
        days=(
            CountedDay(start.on, None, f"{start.label}: not counted"),
            CountedDay(rules.first_day, None, _why(rules)),
        ),
        route=clock.route,
        checked_on=checked_on,
        not_computed_before=rules.first_year,
    )


def _why(rules: CalendarRules) -> str:
    begins = f"the desk's calendar begins in {rules.first_year}: no date before it is computed"
    return f"{begins}; {rules.begins_there_because}" if rules.begins_there_because else begins
