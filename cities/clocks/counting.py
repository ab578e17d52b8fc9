"""From a start to a last day, and the days between, each counted or not and why."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]

from cities.calendar.business_days import CityCalendar
from cities.clocks.occurrences import Suspension
from cities.schema.clock_rules import Roll, Unit

DAY = timedelta(days=1)
SHOWN_ONE_BY_ONE = 14  # a longer run of calendar days is one row
SATURDAY, SUNDAY = 5, 6


class CountedDay(NamedTuple):
    """A day, or a run of days through `until`, in the count.

    `number` is the count reached on the last of them; None: not counted, and `note` says why.
    """

    on: date
    number: int | None
    note: str
    until: date | None = None


def add_calendar(start: date, count: int, unit: Unit) -> date:
    """The bare last day. A month or year ends on the same day of the month, or the month's last."""
    if unit == "calendar_days":
        return start + timedelta(days=count)
    last: date = start + relativedelta(**{unit: count})
    return last


def rolled(on: date, roll: Roll, days: CityCalendar) -> date:
    """Where the law's own rule moves a last day, if it does."""
    moves = {
        "none": False,
        "sunday": on.weekday() == SUNDAY,
        # A closure is no legal holiday, and moves nothing by itself.
        "sunday_or_holiday": on.weekday() == SUNDAY or days.is_legal_holiday(on),
        "weekend_or_holiday": True,
    }[roll]
    return days.roll_forward(on) if moves else on


def business_rows(
    start: date, label: str, due: date, days: CityCalendar, suspensions: Sequence[Suspension]
) -> list[CountedDay]:
    """Every day after `start` through `due`; runs of equal days that do not count are joined."""
    rows = [CountedDay(start, None, f"{label}: not counted")]
    number = 0
    for day, closed in days.days_after(start, due):
        if why := closed or (_tolled(day, suspensions) if suspensions else ""):
            _append(rows, CountedDay(day, None, why))
        else:
            number += 1
            rows.append(CountedDay(day, number, ""))
    return rows


def _days_after(start: date, end: date) -> Iterator[date]:
    return map(date.fromordinal, range(start.toordinal() + 1, end.toordinal() + 1))


def _append(rows: list[CountedDay], row: CountedDay) -> None:
    """Add a day, or lengthen the run before it if that is not counted for the same reason."""
    last = rows[-1] if rows else None
    if last and row.number is None and last.number is None and last.note == row.note:
        rows[-1] = CountedDay(last.on, None, last.note, row.until or row.on)
    else:
        rows.append(row)


def _tolled(day: date, suspensions: Sequence[Suspension]) -> str:
    for suspension in suspensions:
        if suspension.start < day and (suspension.end is None or day <= suspension.end):
            return f"tolled: {suspension.why}"
    return ""


def mark_added_days(
    rows: list[CountedDay], start: date, days: CityCalendar, suspensions: Sequence[Suspension]
) -> list[CountedDay]:
    """The last days marked that make up for days suspended before the count began."""
    owed = sum(
        days.business_days_between(suspension.start, min(start, suspension.end or start))
        for suspension in suspensions
        if suspension.start < start
    )
    counted = [index for index, row in enumerate(rows) if row.number is not None]
    marked = set(counted[-owed:] if owed else ())
    note = "added for a day suspended before the count began"
    return [
        CountedDay(row.on, row.number, note) if index in marked else row
        for index, row in enumerate(rows)
    ]


def calendar_rows(
    start: date, label: str, nominal: date, due: date, days: CityCalendar
) -> list[CountedDay]:
    """Every day after `start` through `nominal` is counted; then the days that it rolls over.

    Where `due` is before `nominal` (ours: file by the last business day) the count goes on to
    its end, with why the days after `due` are not safe.
    """
    rows = [CountedDay(start, None, f"{label}: not counted")]
    total = (nominal - start).days
    whole = min(due, nominal - DAY) if due != nominal else nominal
    if total <= SHOWN_ONE_BY_ONE:
        for number, day in enumerate(_days_after(start, whole), 1):
            rows.append(CountedDay(day, number, ""))
    elif whole > start:
        rows.append(CountedDay(start + DAY, (whole - start).days, "", whole))
    for day in _days_after(whole, nominal):
        _append_counted(rows, CountedDay(day, (day - start).days, days.why_not(day)))
    return rows + roll_rows(nominal, due, days)


def _append_counted(rows: list[CountedDay], row: CountedDay) -> None:
    last = rows[-1]
    if row.note and last.note == row.note:
        rows[-1] = CountedDay(last.on, row.number, row.note, row.on)
    else:
        rows.append(row)


def roll_rows(nominal: date, due: date, days: CityCalendar) -> list[CountedDay]:
    """The days after a last day that moved, through the one it moved to."""
    rows: list[CountedDay] = []
    for day in _days_after(nominal, due):
        _append(rows, CountedDay(day, None, days.why_not(day) or "the next business day"))
    return rows
