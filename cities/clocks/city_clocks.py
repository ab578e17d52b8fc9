"""Clocks of the city or of a reviewing body: late only after the latest reading."""

from datetime import date

from cities.calendar.business_days import Calendars, CityCalendar
from cities.clocks.city_count import Count, count, rows
from cities.clocks.computed_deadline import Deadline, Reading, Status
from cities.clocks.occurrences import Timeline, said
from cities.clocks.starts import Derived, Start
from cities.pack.clock_rules import Clock


def city_deadline(
    clock: Clock,
    start: Start,
    timeline: Timeline,
    days: Calendars,
    checked_on: date | None,
) -> Derived:
    """That clock from that start, on both readings."""
    since = _answers_count_from(start, timeline)
    surely = timeline.first(clock.met_by, since)
    perhaps = timeline.first(clock.perhaps_met_by, since)
    met_on = min((found[0] for found in (surely, perhaps) if found), default=None)
    strict_days, generous_days = _readings_of(clock, days)
    late = count(clock, start.on, timeline, generous_days, met_on, strict=False)
    early = _strict(clock, start, timeline, strict_days, met_on)
    earliest = min(early.due_on, late.due_on) if early.due_on and late.due_on else None
    open_points = _open_points(clock, start, earliest, late, days)
    met_perhaps_only = bool(perhaps and (surely is None or perhaps[0] < surely[0]))
    meeting = clock.unsettled_meeting if met_perhaps_only else ""
    deadline = Deadline(
        clock=clock.name,
        whose=clock.whose,
        status=_status(clock, start, late, met_on, timeline),
        starts_on=start.on,
        due_on=late.due_on,
        earliest_on=earliest,
        latest_on=late.due_on,
        nominal_on=late.nominal_on,
        met_on=met_on,
        rule=clock.rule,
        citation=clock.citation,
        confidence=clock.confidence.value,
        unsettled=" ".join(filter(None, [clock.unsettled, *open_points, meeting])),
        days=rows(clock, start.label, late, generous_days),
        readings=_other_readings(clock, start, earliest, late, days),
        route=clock.route,
        remarks=late.remarks,
        checked_on=checked_on,
    )
    voided = timeline.first(clock.voided_by, since)
    void_on = min((day for day in (timeline.ended_on, voided and voided[0]) if day), default=None)
    return Derived(deadline, surely[0] if surely else None, void_on, meeting)


def _answers_count_from(start: Start, timeline: Timeline) -> date:
    """An answer may come before the clock starts: on the day of receipt, for one."""
    if start.event:
        return min(start.on, start.event.on)
    return timeline.received_on or start.on


def _readings_of(clock: Clock, days: Calendars) -> tuple[CityCalendar, CityCalendar]:
    if clock.filed_with == "body":
        return days.without_closures, days.without_closures
    return days.strict, days.generous


def _strict(
    clock: Clock, start: Start, timeline: Timeline, days: CityCalendar, met_on: date | None
) -> Count:
    return count(clock, start.strictly_on or start.on, timeline, days, met_on, strict=True)


def _status(
    clock: Clock, start: Start, late: Count, met_on: date | None, timeline: Timeline
) -> Status:
    if met_on:
        return "met"
    if timeline.first(clock.voided_by, start.on) or timeline.ended_on:
        return "void"
    if late.due_on is None:
        return "tolled"
    return "projected" if start.is_projected else "running"


def _open_points(
    clock: Clock, start: Start, earliest: date | None, late: Count, days: Calendars
) -> list[str]:
    """What is unsettled where the readings differ: a sentence a point, each with its citation."""
    if earliest is None or late.due_on is None or earliest == late.due_on:
        return []
    rules = days.generous.rules
    disputed = _disputed_days(clock, start, late.due_on, days)
    closed = {closure.on for closure in days.closures}
    points = []
    if start.strictly_on and clock.sent_reading:
        points.append(clock.sent_reading)
    if any(day in closed for day in disputed):
        points.append(rules.unsettled_closures)
    if any(day not in closed for day in disputed):
        points.append(rules.unsettled_holidays)
    if clock.extension and late.extended_by and not points:
        points.append(clock.extension.unsettled)
    if clock.unsettled_roll and not points:
        points.append(clock.unsettled_roll)
    return points


def _disputed_days(clock: Clock, start: Start, due: date, days: Calendars) -> list[date]:
    """The days in the count that one reading counts and the other leaves out."""
    if clock.filed_with == "body":
        return []
    first = start.strictly_on or start.on
    candidates = {closure.on for closure in days.closures}
    candidates |= days.generous.rules.days_the_city_may_be_open
    return sorted(
        day
        for day in candidates
        if first < day <= due and days.strict.counts(day) and not days.generous.counts(day)
    )


def _other_readings(
    clock: Clock, start: Start, earliest: date | None, late: Count, days: Calendars
) -> tuple[Reading, ...]:
    if earliest is None or late.due_on is None or earliest == late.due_on:
        return ()
    disputed = _disputed_days(clock, start, late.due_on, days)
    counted = [f"{said(day)} ({days.generous.why_not(day)})" for day in disputed]
    why = []
    if start.strictly_on:
        why.append(f"counted from {said(start.strictly_on)}")
    if counted:
        why.append(f"with {' and '.join(counted)} counted")
    if late.extended_by and late.extended_from:
        why.append("the extension counted from the bare last day")
    return (Reading("strictest", earliest, "; ".join(why) or "the last day does not move"),)
