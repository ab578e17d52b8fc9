"""Clocks of the city or of a reviewing body: late only after the latest reading."""

from dataclasses import dataclass
from datetime import date

from cities.calendar.business_days import Calendars
from cities.clocks.before_the_calendar import not_computed, starts_before
from cities.clocks.city_count import ClockReading, Count, count, rows
from cities.clocks.computed_deadline import Deadline, Reading, Status
from cities.clocks.occurrences import Timeline, short_date
from cities.clocks.starts import CountedClock, Start
from cities.schema.clock_rules import Clock


@dataclass(frozen=True, slots=True)
class _BothReadings:
    """A clock from one start, counted on the generous reading; and where the strict one ends."""

    clock: Clock
    start: Start
    days: Calendars
    generous: ClockReading
    late: Count
    strict_on: date | None  # None: tolled

    @property
    def earliest_on(self) -> date | None:
        """The strict reading, of a clock that is tolled on neither."""
        return self.strict_on if self.late.due_on else None

    @property
    def differ(self) -> bool:
        return self.strict_on != self.late.due_on


def city_deadline(
    clock: Clock,
    start: Start,
    timeline: Timeline,
    days: Calendars,
    checked_on: date | None,
) -> CountedClock:
    """That clock from that start, on both readings."""
    since = _answers_count_from(start, timeline)
    surely = timeline.first(clock.met_by, since)
    if starts_before(start, days.generous.rules):
        undated = not_computed(clock, start, timeline, days.generous.rules, checked_on)
        return CountedClock(undated, None, surely[0] if surely else None)
    perhaps = timeline.first(clock.perhaps_met_by, since)
    met_on = min((found[0] for found in (surely, perhaps) if found), default=None)
    both = _counted(clock, start, timeline, days, met_on)
    met_perhaps_only = bool(perhaps and (surely is None or perhaps[0] < surely[0]))
    meeting = clock.unsettled_meeting if met_perhaps_only else ""
    deadline = Deadline(
        clock=clock.name,
        whose=clock.whose,
        status=_status(both, met_on, timeline),
        starts_on=start.on,
        due_on=both.late.due_on,
        earliest_on=both.earliest_on,
        latest_on=both.late.due_on,
        nominal_on=both.late.nominal_on,
        met_on=met_on,
        rule=clock.rule,
        citation=clock.citation,
        confidence=clock.confidence.value,
        unsettled=" ".join(filter(None, [clock.unsettled, *_open_points(both), meeting])),
        days=rows(both.generous, start.label, both.late),
        readings=_other_readings(both),
        route=clock.route,
        remarks=both.late.remarks,
        is_met_perhaps=met_perhaps_only,
        checked_on=checked_on,
    )
    return CountedClock(
        deadline,
        both.strict_on,
        surely[0] if surely else None,
        _void_on(clock, timeline, since),
        meeting,
    )


def _answers_count_from(start: Start, timeline: Timeline) -> date:
    """An answer may come before the clock starts: on the day of receipt, for one."""
    if start.event:
        return min(start.on, start.event.on)
    return timeline.received_on or start.on


def _counted(
    clock: Clock, start: Start, timeline: Timeline, days: Calendars, met_on: date | None
) -> _BothReadings:
    at_the_city = clock.filed_with == "city"
    strict = ClockReading(clock, days.strict if at_the_city else days.without_closures, True)
    generous = ClockReading(clock, days.generous if at_the_city else days.without_closures, False)
    late = count(generous, start.on, timeline, met_on)
    early = count(strict, start.strictly_on or start.on, timeline, met_on)
    ends = [count.due_on for count in (early, late) if count.due_on]
    return _BothReadings(clock, start, days, generous, late, min(ends, default=None))


def _status(both: _BothReadings, met_on: date | None, timeline: Timeline) -> Status:
    if met_on:
        return "met"
    if _void_on(both.clock, timeline, both.start.on):
        return "void"
    if both.late.due_on is None:
        return "tolled"
    return "projected" if both.start.is_projected else "running"


def _void_on(clock: Clock, timeline: Timeline, since: date) -> date | None:
    """The day on which the request ended, or another event took the clock away."""
    voided = timeline.first(clock.voided_by, since)
    return min((day for day in (timeline.ended_on, voided and voided[0]) if day), default=None)


def _open_points(both: _BothReadings) -> list[str]:
    """What is unsettled where the readings differ: a sentence a point, each with its citation."""
    if not both.differ:
        return []
    clock, rules = both.clock, both.days.generous.rules
    disputed = _disputed_days(both)
    closed = {closure.on for closure in both.days.closures}
    points = []
    if both.start.strictly_on and clock.sent_reading:
        points.append(clock.sent_reading)
    if both.start.event and (hour := both.start.event.facts.get("unsettled_hour")):
        points.append(str(hour))
    if any(day in closed for day in disputed):
        points.append(rules.unsettled_closures)
    doubts = [rules.doubt_over(day) for day in disputed if day not in closed]
    points += dict.fromkeys(filter(None, doubts))
    if clock.extension and both.late.extended_by and not points:
        points.append(clock.extension.unsettled)
    if clock.unsettled_roll and not points:
        points.append(clock.unsettled_roll)
    return points


def _disputed_days(both: _BothReadings) -> list[date]:
    """The days in the count that one reading counts and the other leaves out."""
    due = both.late.due_on
    if both.clock.filed_with == "body" or due is None:
        return []
    days, first = both.days, both.start.strictly_on or both.start.on
    candidates = {closure.on for closure in days.closures}
    candidates |= days.generous.rules.days_the_city_may_be_open
    return sorted(
        day
        for day in candidates
        if first < day <= due and days.strict.counts(day) and not days.generous.counts(day)
    )


def _other_readings(both: _BothReadings) -> tuple[Reading, ...]:
    if both.earliest_on is None or not both.differ:
        return ()
    generous = both.days.generous
    disputed = [f"{short_date(d)} ({generous.why_not(d)})" for d in _disputed_days(both)]
    why = []
    if both.start.strictly_on:
        why.append(f"counted from {short_date(both.start.strictly_on)}")
    if disputed:
        why.append(f"with {' and '.join(disputed)} counted")
    if both.late.extended_by and both.late.extended_from:
        why.append("the extension counted from the bare last day")
    reason = "; ".join(why) or "the last day does not move"
    return (Reading("strictest", both.earliest_on, reason),)
