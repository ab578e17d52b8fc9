"""Which days a statute names as holidays, in words: "4th thursday of november", "easter -2"."""

import re
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, Self

import holidays
from dateutil.easter import easter  # type: ignore[import-untyped]
from dateutil.relativedelta import relativedelta, weekday  # type: ignore[import-untyped]
from pydantic import field_validator, model_validator

from cities.schema.facts import FaultAtError, Text, Value

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NTH = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": -1}
SATURDAY, SUNDAY = 5, 6

_FIXED = re.compile(rf"({'|'.join(MONTHS)}) (\d{{1,2}})")
_NTH = re.compile(rf"(day after )?({'|'.join(NTH)}) ({'|'.join(WEEKDAYS)}) of ({'|'.join(MONTHS)})")
_EASTER = re.compile(r"easter ([+-]\d{1,2})")
_HOW_TO_SAY = (
    "write it as 'february 12', '3rd monday of january', 'last monday of may', "
    "'day after 4th thursday of november' or 'easter -2'"
)


def day_of(words: str, year: int) -> date:
    """The day those words name in that year. ValueError says how to write them."""
    if fixed := _FIXED.fullmatch(words):
        return date(year, MONTHS.index(fixed[1]) + 1, int(fixed[2]))
    if nth := _NTH.fullmatch(words):
        after, which, day_of_week, month = nth.groups()
        wanted = weekday(WEEKDAYS.index(day_of_week))(NTH[which])
        from_day = 31 if NTH[which] < 0 else 1  # a 31st that a month has not is its last day
        in_month = date(year, MONTHS.index(month) + 1, 1)
        found: date = in_month + relativedelta(day=from_day, weekday=wanted)
        return found + timedelta(days=1) if after else found
    if relative := _EASTER.fullmatch(words):
        sunday: date = easter(year)
        return sunday + timedelta(days=int(relative[1]))
    raise ValueError(f"{words!r} names no day: {_HOW_TO_SAY}")


class Holiday(Value):
    """One legal holiday, and where it goes when it falls on a weekend."""

    name: str
    on: str
    saturday: Literal["", "friday", "stays"] = ""  # empty: as the calendar says
    sunday: Literal["", "monday", "stays"] = ""
    city_may_be_open: bool = False  # a legal holiday on which the city may work all the same
    city_observes: str = ""  # the day the city keeps it; in other years it may be open on ours
    unsettled: str = ""  # where it may be no holiday at all; else the calendar's sentence is said
    from_year: int | None = None
    to_year: int | None = None
    citation: str = ""

    @field_validator("on", "city_observes")
    @classmethod
    def _names_a_day(cls, words: str) -> str:
        if words:
            day_of(words, 2028)  # a leap year, so that February 29 is a day
        return words

    def is_kept_in(self, year: int) -> bool:
        return (self.from_year or year) <= year <= (self.to_year or year)

    def in_year(self, year: int) -> date:
        return day_of(self.on, year)

    def may_be_open(self, year: int) -> bool:
        if self.city_observes:
            return day_of(self.city_observes, year) != self.in_year(year)
        return self.city_may_be_open


class ProclaimedDay(Value):
    """A day of one year only that is a legal holiday, such as a day of mourning, or is none."""

    on: date
    name: Text
    source: Text


class CalendarRules(Value):
    """Which days a statute does not count, and which last days it moves."""

    citation: Text
    first_year: int  # before it nothing is counted: `begins_there_because`
    last_year: int
    begins_there_because: str = ""  # what keeps us from counting earlier days, with its source
    library: str = ""  # "US-CT": the `holidays` package's list, where it is the statute's
    not_yet_kept: tuple[ProclaimedDay, ...] = ()  # days of that list before the law had them
    holidays: tuple[Holiday, ...] = ()
    proclaimed: tuple[ProclaimedDay, ...] = ()
    saturday: Literal["friday", "stays"] = "stays"
    sunday: Literal["monday", "stays"] = "monday"
    closures: Literal["not_counted", "unsettled"] = "not_counted"
    unsettled_closures: str = ""  # the sentence, where a closure may or may not count
    unsettled_holidays: str = ""  # the sentence, where the city may be open on a legal holiday
    note: str = ""

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.last_year < self.first_year:
            raise FaultAtError(("last_year",), "is before first_year: swap them")
        if not (self.library or self.holidays):
            raise ValueError("give a library or a list of holidays")
        if self.closures == "unsettled" and not self.unsettled_closures:
            raise ValueError("unsettled_closures: say what is unsettled, with its citation")
        in_doubt = [h for h in self.holidays if h.city_may_be_open or h.city_observes]
        may_be_open = any(not holiday.unsettled for holiday in in_doubt)
        if may_be_open and not self.unsettled_holidays:
            raise ValueError("unsettled_holidays: say what is unsettled, with its citation")
        return self

    def __hash__(self) -> int:
        """Cheap: calendars are looked up by their rules at every derivation."""
        return hash((self.citation, self.first_year, self.last_year, len(self.holidays)))

    @cached_property
    def legal_holidays(self) -> dict[date, str]:
        """Every day off by law, with its name, observed days included."""
        return {day: name for day, (name, _) in self._days.items()}

    @cached_property
    def days_the_city_may_be_open(self) -> frozenset[date]:
        return frozenset(day for day, (_, doubt) in self._days.items() if doubt)

    @property
    def first_day(self) -> date:
        """The first day that is counted; no clock that starts before it gets a date."""
        return date(self.first_year, 1, 1)

    def doubt_over(self, on: date) -> str:
        """Why the city may work on that legal holiday; "" where nobody doubts it."""
        return self._days[on][1] if on in self._days else ""

    @cached_property
    def _days(self) -> dict[date, tuple[str, str]]:
        """Each with its name, and why the city may work on it all the same."""
        days = self._library_days()
        # One year past the end: New Year's Day on a Saturday is kept on December 31.
        for year in range(self.first_year, self.last_year + 2):
            for holiday in self.holidays:
                if holiday.is_kept_in(year):
                    day, name = self._kept_on(holiday, year)
                    doubt = holiday.unsettled or self.unsettled_holidays
                    days.setdefault(day, (name, doubt if holiday.may_be_open(year) else ""))
        for proclaimed in self.proclaimed:
            days.setdefault(proclaimed.on, (proclaimed.name, ""))
        inside = range(self.first_year, self.last_year + 1)
        return {day: days[day] for day in sorted(days) if day.year in inside}

    def _kept_on(self, holiday: Holiday, year: int) -> tuple[date, str]:
        day = holiday.in_year(year)
        if day.weekday() == SATURDAY and (holiday.saturday or self.saturday) == "friday":
            return day - timedelta(days=1), f"{holiday.name}, observed"
        if day.weekday() == SUNDAY and (holiday.sunday or self.sunday) == "monday":
            return day + timedelta(days=1), f"{holiday.name}, observed"
        return day, holiday.name

    def _library_days(self) -> dict[date, tuple[str, str]]:
        if not self.library:
            return {}
        country, _, subdivision = self.library.partition("-")
        years = range(self.first_year, self.last_year + 1)
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=years)
        too_early = {day.on for day in self.not_yet_kept}
        return {
            day: (name.replace(" (observed)", ", observed"), "")
            for day, name in found.items()
            if day not in too_early
        }
