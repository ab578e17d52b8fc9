"""A city's year as a page shows it: month by month, which days count and why the others do not."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cities.calendar.business_days import CalendarError, Calendars, Closure, calendars
from cities.schema.city import City

Kind = Literal["business", "weekend", "holiday", "closure", "unsettled"]


@dataclass(frozen=True, slots=True)
class Day:
    """One day: whether it counts, and the name of what keeps it from counting."""

    on: date
    kind: Kind
    note: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks from Sunday to Saturday; None where another month's days stand."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day]

    @property
    def business_days(self) -> int:
        """How many count on the generous reading, by which the city is late."""
        return sum(day.kind == "business" for day in self.days)

    @property
    def named(self) -> list[Day]:
        """The days with something to say: holidays, closures, unsettled ones."""
        return [day for day in self.days if day.note]


def months_of(city: City, year: int, closures: Sequence[Closure] = ()) -> tuple[Month, ...]:
    """The twelve months of that year. Raises CalendarError for a year the pack does not cover."""
    rules = city.statute.calendar
    if not rules.first_year <= year <= rules.last_year:
        raise CalendarError(
            f"The calendar of {city.state} covers {rules.first_year} to {rules.last_year}"
        )
    days = calendars(rules, closures)
    sundays_first = calendar.Calendar(firstweekday=calendar.SUNDAY)
    return tuple(
        Month(
            date(year, month, 1),
            tuple(
                tuple(_day(date(year, month, number), days) if number else None for number in week)
                for week in sundays_first.monthdayscalendar(year, month)
            ),
        )
        for month in range(1, 13)
    )


def _day(on: date, days: Calendars) -> Day:
    note = days.generous.holiday(on)
    if on.weekday() >= calendar.SATURDAY:
        return Day(on, "weekend", note)
    if days.generous.counts(on):
        return Day(on, "business")
    if days.strict.counts(on):
        return Day(on, "unsettled", note)
    return Day(on, "closure" if note.startswith("closed: ") else "holiday", note)
