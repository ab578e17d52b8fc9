"""One reading of a clock that the city or a body must keep: counted, suspended, extended."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from cities.calendar.business_days import CityCalendar
from cities.clocks.counting import (
    DAY,
    CountedDay,
    add_calendar,
    business_rows,
    calendar_rows,
    made_up,
    roll_rows,
    rolled,
)
from cities.clocks.occurrences import ClockError, Occurrence, Spell, Timeline, said
from cities.pack.clock_rules import Clock


@dataclass(frozen=True, slots=True)
class Count:
    """One reading of one clock. `base` is where it stood before any extension.

    No `due_on`: the clock is tolled.
    """

    start: date
    due_on: date | None
    nominal_on: date | None
    base_due: date
    base_nominal: date
    spells: tuple[Spell, ...] = ()
    extended_by: Occurrence | None = None
    extended_from: date | None = None  # for an extension by days: the day it runs from
    remarks: tuple[str, ...] = ()


def count(
    clock: Clock,
    start: date,
    timeline: Timeline,
    days: CityCalendar,
    met_on: date | None,
    *,
    strict: bool,
) -> Count:
    """The bare count, then whatever suspended or extended it up to `met_on`, in order."""
    if clock.unit == "business_days":
        due = nominal = days.add_business_days(start, clock.count)
    else:
        nominal = add_calendar(start, clock.count, clock.unit)
        due = _rolled(clock, nominal, days, strict=strict)
    counted = Count(start, due, nominal, due, nominal)
    for move in _moves(clock, timeline, met_on):
        if (due_so_far := counted.due_on) is None:
            break
        if isinstance(move, Spell):
            counted = _suspended(counted, move, due_so_far, days)
        else:
            counted = _extended(clock, counted, move, due_so_far, days, strict=strict)
    return counted


def _moves(clock: Clock, timeline: Timeline, met_on: date | None) -> list[Spell | Occurrence]:
    """The tolls and extensions up to the act that met the clock, by day."""
    if not (clock.tolls or clock.extension):
        return []
    extensions = [e for e in timeline.events if e.kind == "extended"] if clock.extension else []
    dated: list[tuple[date, Spell | Occurrence]] = [
        *((spell.start, spell) for spell in timeline.spells(clock.tolls)),
        *((event.on, event) for event in extensions),
    ]
    dated.sort(key=lambda pair: pair[0])
    return [move for on, move in dated if met_on is None or on <= met_on]


def _rolled(clock: Clock, on: date, days: CityCalendar, *, strict: bool) -> date:
    if clock.unit == "business_days" and strict:
        return on  # a date the city names itself binds it as it stands
    return rolled(on, clock.roll if strict else "weekend_or_holiday", days)


def _suspended(counted: Count, spell: Spell, due: date, days: CityCalendar) -> Count:
    """The business days after the notice through the answer are added to the last day.

    ORS 192.329(3), (4) say "suspended" without arithmetic; this is the desk's convention.
    """
    if spell.start > due:
        late = f"{spell.why}, from {said(spell.start)}: after the last day, so it stops nothing"
        return replace(counted, remarks=(*counted.remarks, late))
    spells = (*counted.spells, spell)
    if spell.end is None:
        return replace(counted, due_on=None, nominal_on=None, spells=spells)
    due = days.add_business_days(due, days.business_days_between(spell.start, spell.end))
    if counted.extended_by:
        return replace(counted, due_on=due, nominal_on=due, spells=spells)
    return replace(
        counted, due_on=due, nominal_on=due, base_due=due, base_nominal=due, spells=spells
    )


def _extended(
    clock: Clock, counted: Count, event: Occurrence, due: date, days: CityCalendar, *, strict: bool
) -> Count:
    if refusal := _no_extension(clock, event, due, counted):
        return replace(counted, remarks=(*counted.remarks, f"{event}: {refusal}"))
    until = event.date_of("until")
    if until and until < event.on:
        raise ClockError(
            f"{event} names {said(until)}, a day before it: correct one of the two dates"
        )
    by_days = _by_days(clock, counted, days, strict=strict)
    if until:
        named = _rolled(clock, until, days, strict=strict)
        if by_days is None or named < by_days[1]:
            return replace(counted, due_on=named, nominal_on=until, extended_by=event)
    assert by_days
    start, last = by_days
    assert clock.extension
    assert clock.extension.days
    return replace(
        counted,
        due_on=last,
        nominal_on=counted.base_nominal + timedelta(days=clock.extension.days),
        extended_by=event,
        extended_from=start,
    )


def _by_days(
    clock: Clock, counted: Count, days: CityCalendar, *, strict: bool
) -> tuple[date, date] | None:
    """Where an extension by days starts and ends: from the bare last day, or the rolled one."""
    assert clock.extension
    if clock.extension.days is None:
        return None
    more = timedelta(days=clock.extension.days)
    bare = (counted.base_nominal, _rolled(clock, counted.base_nominal + more, days, strict=strict))
    if strict:
        return bare
    later = (counted.base_due, _rolled(clock, counted.base_due + more, days, strict=strict))
    return max(bare, later, key=lambda pair: pair[1])


def _no_extension(clock: Clock, event: Occurrence, due: date, counted: Count) -> str:
    """Why that extension moves nothing, "" if it does."""
    assert clock.extension
    if event.on > due:
        return f"after the last day, {said(due)}, so it extends nothing"
    if clock.extension.once and counted.extended_by:
        return "the law allows one extension, so it extends nothing"
    until = event.date_of("until")
    if clock.extension.days is None and until is None:
        return "it names no date, so it extends nothing"
    if until and event.on <= until < counted.base_due:
        return f"it names a day before the last day, {said(counted.base_due)}, so that one stands"
    return ""


def rows(clock: Clock, label: str, counted: Count, days: CityCalendar) -> tuple[CountedDay, ...]:
    """The days of that reading; for a tolled clock, those before it stopped."""
    start, spells = counted.start, counted.spells
    if counted.due_on is None:
        stopped = next(spell for spell in spells if spell.end is None)
        last = max(start, stopped.start)
        shown = business_rows(start, label, last, days, spells[:-1])
        return (*shown, CountedDay(last + DAY, None, f"tolled: {stopped.why}"))
    if clock.unit == "business_days":
        base = business_rows(start, label, counted.base_due, days, spells)
        base = made_up(base, start, days, spells)
    else:
        base_end = counted.extended_from or counted.base_due
        base = calendar_rows(start, label, counted.base_nominal, base_end, days)
    if counted.extended_by:
        base += _extension_rows(clock, counted, counted.extended_by, counted.due_on, days)
    return tuple(base)


def _extension_rows(
    clock: Clock, counted: Count, event: Occurrence, due: date, days: CityCalendar
) -> list[CountedDay]:
    if counted.extended_from is None:
        if due <= counted.base_due:
            return []
        return [CountedDay(counted.base_due + DAY, None, str(event), due)]
    assert clock.extension
    assert clock.extension.days
    start, more = counted.extended_from, clock.extension.days
    last = start + timedelta(days=more)
    run = CountedDay(start + DAY, clock.count + more, str(event), last)
    return [run, *roll_rows(last, due, days)]
