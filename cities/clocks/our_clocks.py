"""Clocks of ours: we act by the last day that is safe on every reading, or lose something."""

from dataclasses import dataclass
from datetime import date

from cities.calendar.business_days import Calendars, CityCalendar
from cities.clocks.before_the_calendar import LONGEST_SILENCE, not_computed, starts_before
from cities.clocks.computed_deadline import Deadline, Reading, Status
from cities.clocks.counting import add_calendar, calendar_rows
from cities.clocks.occurrences import Occurrence, Timeline, short_date
from cities.clocks.starts import Start
from cities.schema.clock_rules import CalendarRules, Clock


@dataclass(frozen=True, slots=True)
class _Window:
    """The time we have, opened by each of `starts`; counted from the first of them.

    `is_renewed`: one over the same wrong had ended unused, so this one may be none.
    """

    starts: list[Start]
    is_renewed: bool
    nominal: date  # the bare last day
    due: date  # the last business day on or before it
    latest: date  # the last day on the most generous reading
    latest_from: Start  # the start from which that is counted


@dataclass(frozen=True, slots=True)
class OurTime:
    """A clock of ours as counted, and the acts that may each have started it."""

    deadline: Deadline
    starts: tuple[Start, ...]


def our_times(
    clock: Clock,
    starts: list[Start],
    timeline: Timeline,
    days: Calendars,
    checked_on: date | None,
) -> list[OurTime]:
    """One deadline for all acts that may have started the same window, counted from the first.

    A later act starts a window of its own once the first was used or is over, or where it is
    another wrong. One from which the law counts anew takes the place of the first.
    """
    calendar = days.generous if clock.filed_with == "city" else days.without_closures
    times: list[OurTime] = []
    for begun_by, is_renewed in _opened(clock, starts, timeline, calendar.rules):
        if starts_before(begun_by[0], calendar.rules):
            deadline = not_computed(clock, begun_by[0], timeline, calendar.rules, checked_on)
        else:
            window = _window(clock, begun_by, timeline, calendar, is_renewed)
            deadline = _deadline(clock, window, timeline, calendar, checked_on)
        times.append(OurTime(deadline, tuple(begun_by)))
    return times


def _opened(
    clock: Clock, starts: list[Start], timeline: Timeline, rules: CalendarRules
) -> list[tuple[list[Start], bool]]:
    """The acts that may each have started one time, and whether one before it ended unused."""
    opened: list[tuple[list[Start], bool]] = []
    latest: dict[str, list[Start]] = {}  # by the wrong: the last window that was opened over it
    for start in starts:
        window = latest.get(start.wrong)
        was_used = window and _was_used(clock, window, start, timeline)
        if window and start.runs_anew and not was_used:
            window.insert(0, start)
            continue
        is_over = window and start.on > _over_after(clock, window[0], timeline, rules)
        if window and not (was_used or is_over):
            window.append(start)
        else:
            latest[start.wrong] = [start]
            opened.append((latest[start.wrong], bool(is_over and not was_used)))
    return opened


def _over_after(clock: Clock, first: Start, timeline: Timeline, rules: CalendarRules) -> date:
    """The last day on which another act may still fall into the time that this one started."""
    bare = _bare(clock, first, timeline)
    return bare + LONGEST_SILENCE if starts_before(first, rules) else bare


def _was_used(clock: Clock, window: list[Start], start: Start, timeline: Timeline) -> bool:
    met = timeline.first(clock.met_by, _begun_on(window))
    return bool(met and met[0] <= start.on)


def _begun_on(window: list[Start]) -> date:
    """The first act of it; the one it is counted from may be a later one."""
    return min(start.on for start in window)


def _bare(clock: Clock, start: Start, timeline: Timeline) -> date:
    return add_calendar(start.on, count_for(clock, start, timeline), clock.unit)


def count_for(clock: Clock, start: Start, timeline: Timeline) -> int:
    """How many days, given the amount at stake; the shortest where that is not known."""
    if not clock.larger_amounts:
        return clock.count
    amount = timeline.amount_at(start.event)
    if amount is None:
        return clock.count
    fitting = [larger.count for larger in clock.larger_amounts if amount > larger.above]
    return fitting[-1] if fitting else clock.count


def _deadline(
    clock: Clock,
    window: _Window,
    timeline: Timeline,
    calendar: CityCalendar,
    checked_on: date | None,
) -> Deadline:
    first = window.starts[0]
    met_on = _met_on(clock, window, timeline)
    return Deadline(
        clock=clock.name,
        whose=clock.whose,
        status=_status(clock, window.starts, met_on, timeline),
        starts_on=first.on,
        due_on=window.due,
        earliest_on=window.due,
        latest_on=window.latest,
        nominal_on=window.nominal,
        met_on=met_on,
        rule=clock.rule,
        citation=clock.citation,
        confidence=clock.confidence.value,
        unsettled=_unsettled(clock, window),
        days=tuple(calendar_rows(first.on, first.label, window.nominal, window.due, calendar)),
        readings=_readings(window, calendar),
        route=clock.route,
        checked_on=checked_on,
    )


def _window(
    clock: Clock,
    starts: list[Start],
    timeline: Timeline,
    calendar: CityCalendar,
    is_renewed: bool,
) -> _Window:
    nominal = _bare(clock, starts[0], timeline)
    each = [(start, calendar.roll_forward(_bare(clock, start, timeline))) for start in starts]
    latest_from, latest = max(each, key=lambda pair: pair[1])
    return _Window(starts, is_renewed, nominal, calendar.roll_back(nominal), latest, latest_from)


def _readings(window: _Window, calendar: CityCalendar) -> tuple[Reading, ...]:
    readings = []
    if window.nominal != window.due:
        why = f"the bare last day, which is no business day ({calendar.why_not(window.nominal)})"
        readings.append(Reading("bare count", window.nominal, why))
    if window.latest not in (window.due, window.nominal):
        why = "the last day moves to the next business day"
        if window.latest_from is not window.starts[0]:
            start = window.latest_from
            why = f"counted from {short_date(start.on)} ({start.label})"
        readings.append(Reading("most generous", window.latest, why))
    return tuple(readings)


def _unsettled(clock: Clock, window: _Window) -> str:
    sentences = [
        clock.unsettled,
        clock.unsettled_roll if window.due != window.nominal else "",
        clock.unsettled_starts if _is_in_doubt(window) else "",
        *(start.unsettled for start in window.starts),
    ]
    return " ".join(dict.fromkeys(filter(None, sentences)))


def _is_in_doubt(window: _Window) -> bool:
    """Whether another act may have begun it than the one it is counted from."""
    is_counted_anew = window.starts[0].runs_anew
    return window.is_renewed or (len(window.starts) > 1 and not is_counted_anew)


def _status(clock: Clock, starts: list[Start], met_on: date | None, timeline: Timeline) -> Status:
    if met_on:
        return "met"
    voided = timeline.first(clock.voided_by, _begun_on(starts))
    if voided or timeline.ended_on:
        return "void"
    return "projected" if all(start.is_projected for start in starts) else "running"


def _met_on(clock: Clock, window: _Window, timeline: Timeline) -> date | None:
    met = timeline.first(clock.met_by, _begun_on(window.starts))
    if met is None:
        return None
    day, event = met
    return filed_on(event, window.nominal) if clock.postmark_counts else day


def filed_on(event: Occurrence, nominal: date) -> date:
    """The day a filing counts: its receipt, or its postmark if it came after the last day."""
    arrived = event.date_of("received_on") or event.on
    posted = event.date_of("postmarked_on") or event.date_of("mailed_on") or event.on
    return arrived if arrived <= nominal else min(posted, arrived)
