"""One reading of a clock that the city or a body must keep: counted, suspended, extended."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from cities.calendar.business_days import CityCalendar
from cities.clocks.counting import (
    DAY,
    CountedDay,
    add_calendar,
    business_rows,
    calendar_rows,
    mark_added_days,
    roll_rows,
    rolled,
)
from cities.clocks.occurrences import ClockError, Occurrence, Suspension, Timeline, short_date
from cities.schema.clock_rules import Clock


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A clock, read one way: by the law's bare words (`is_strict`), or by the longest it allows."""

    clock: Clock
    days: CityCalendar
    is_strict: bool

    def rolled(self, on: date) -> date:
        """Where a last day moves that is no business day."""
        if self.clock.unit == "business_days" and self.is_strict:
            return on  # a date the city names itself binds it as it stands
        return rolled(on, self.clock.roll if self.is_strict else "weekend_or_holiday", self.days)


class Count(NamedTuple):
    """A clock counted on one reading. `base` is where it stood before any extension.

    No `due_on`: the clock is tolled.
    """

    start: date
    due_on: date | None
    nominal_on: date | None
    base_due: date
    base_nominal: date
    suspensions: tuple[Suspension, ...] = ()
    extended_by: Occurrence | None = None
    extended_from: date | None = None  # for an extension by days: the day it runs from
    remarks: tuple[str, ...] = ()


def count(reading: ClockReading, start: date, timeline: Timeline, met_on: date | None) -> Count:
    """The bare count, then whatever suspended or extended it up to `met_on`, in order."""
    clock = reading.clock
    if clock.unit == "business_days":
        due = nominal = reading.days.add_business_days(start, clock.count)
    else:
        nominal = add_calendar(start, clock.count, clock.unit)
        due = reading.rolled(nominal)
    counted = Count(start, due, nominal, due, nominal)
    for change in _changes(clock, timeline, met_on):
        if (due_so_far := counted.due_on) is None:
            break
        if isinstance(change, Suspension):
            counted = _suspended(counted, change, due_so_far, reading.days)
        else:
            counted = _extended(reading, counted, change, due_so_far)
    return counted


def _changes(
    clock: Clock, timeline: Timeline, met_on: date | None
) -> list[Suspension | Occurrence]:
    """The tolls and extensions up to the act that met the clock, by day."""
    if not (clock.tolls or clock.extension):
        return []
    extensions = timeline.of_kind("extended") if clock.extension else ()
    dated: list[tuple[date, Suspension | Occurrence]] = [
        *((suspension.start, suspension) for suspension in timeline.suspensions(clock.tolls)),
        *((event.on, event) for event in extensions),
    ]
    dated.sort(key=lambda pair: pair[0])
    return [change for on, change in dated if met_on is None or on <= met_on]


def _suspended(counted: Count, suspension: Suspension, due: date, days: CityCalendar) -> Count:
    """The business days after the notice through the answer are added to the last day.

    ORS 192.329(3), (4) say "suspended" without arithmetic; this is the desk's convention.
    """
    if suspension.start > due:
        late = (
            f"{suspension.why}, from {short_date(suspension.start)}: "
            "after the last day, so it stops nothing"
        )
        return counted._replace(remarks=(*counted.remarks, late))
    suspensions = (*counted.suspensions, suspension)
    if suspension.end is None:
        return counted._replace(due_on=None, nominal_on=None, suspensions=suspensions)
    added = days.business_days_between(suspension.start, suspension.end)
    due = days.add_business_days(due, added)
    moved = counted._replace(due_on=due, nominal_on=due, suspensions=suspensions)
    return moved if counted.extended_by else moved._replace(base_due=due, base_nominal=due)


def _extended(reading: ClockReading, counted: Count, event: Occurrence, due: date) -> Count:
    if refusal := _no_extension(reading.clock, event, due, counted):
        return counted._replace(remarks=(*counted.remarks, f"{event}: {refusal}"))
    until = event.date_of("until")
    if until and until < event.on:
        raise ClockError(
            f"{event} names {short_date(until)}, a day before it: correct one of the two dates"
        )
    by_days = _extended_by_days(reading, counted, event)
    if until:
        named = reading.rolled(until)
        if by_days is None or by_days.due_on is None or named < by_days.due_on:
            return counted._replace(due_on=named, nominal_on=until, extended_by=event)
    assert by_days  # with neither days nor a date it was refused above
    return by_days


def _extended_by_days(reading: ClockReading, counted: Count, event: Occurrence) -> Count | None:
    """The extension by days, from the bare last day or the one it moved to; None: it has none."""
    extension = reading.clock.extension
    if extension is None or extension.days is None:
        return None
    starts = [counted.base_nominal, *([] if reading.is_strict else [counted.base_due])]
    ends = {start: reading.rolled(_bare_end(reading, start)) for start in starts}
    start = max(starts, key=lambda day: ends[day])
    return counted._replace(
        due_on=ends[start],
        nominal_on=_bare_end(reading, counted.base_nominal),
        extended_by=event,
        extended_from=start,
    )


def _bare_end(reading: ClockReading, start: date) -> date:
    """The last of the extension's days after that one, before it rolls."""
    extension = reading.clock.extension
    assert extension  # asked before
    assert extension.days is not None
    if extension.unit == "business_days":
        return reading.days.add_business_days(start, extension.days)
    return start + timedelta(days=extension.days)


def _no_extension(clock: Clock, event: Occurrence, due: date, counted: Count) -> str:
    """Why that extension moves nothing, "" if it does."""
    if event.on > due:
        return f"after the last day, {short_date(due)}, so it extends nothing"
    if clock.extension and clock.extension.once and counted.extended_by:
        return "the law allows one extension, so it extends nothing"
    until = event.date_of("until")
    if (clock.extension is None or clock.extension.days is None) and until is None:
        return "it names no date, so it extends nothing"
    if until and event.on <= until < counted.base_due:
        last = short_date(counted.base_due)
        return f"it names a day before the last day, {last}, so that one stands"
    return ""


def rows(reading: ClockReading, label: str, counted: Count) -> tuple[CountedDay, ...]:
    """The days of that reading; for a tolled clock, those before it stopped."""
    start, suspensions, days = counted.start, counted.suspensions, reading.days
    if counted.due_on is None:
        stopped = next(suspension for suspension in suspensions if suspension.end is None)
        last = max(start, stopped.start)
        shown = business_rows(start, label, last, days, suspensions[:-1])
        return (*shown, CountedDay(last + DAY, None, f"tolled: {stopped.why}"))
    if reading.clock.unit == "business_days":
        base = business_rows(start, label, counted.base_due, days, suspensions)
        base = mark_added_days(base, start, days, suspensions)
    else:
        base_end = counted.extended_from or counted.base_due
        base = calendar_rows(start, label, counted.base_nominal, base_end, days)
    if counted.extended_by:
        base += _extension_rows(reading, counted, counted.extended_by, counted.due_on)
    return tuple(base)


def _extension_rows(
    reading: ClockReading, counted: Count, event: Occurrence, due: date
) -> list[CountedDay]:
    extension = reading.clock.extension
    if counted.extended_from is None or extension is None or extension.days is None:
        if due <= counted.base_due:
            return []
        return [CountedDay(counted.base_due + DAY, None, str(event), due)]
    start = counted.extended_from
    last = _bare_end(reading, start)
    run = CountedDay(start + DAY, reading.clock.count + extension.days, str(event), last)
    return [run, *roll_rows(last, due, reading.days)]
