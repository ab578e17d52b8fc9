"""Legal holidays and closures as a city counts them; business-day arithmetic.

A calendar is built once for a statute and a list of closures and kept: a day's place among the
business days is looked up, never walked to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cities.schema.holiday_rules import CalendarRules

SATURDAY, SUNDAY = 5, 6


class ClockError(ValueError):
    """What no date can be counted from; the message tells a person what to correct."""


class CalendarError(ClockError):
    """A date that no calendar of ours covers."""


@dataclass(frozen=True, slots=True)
class Closure:
    """A day on which a city's office was shut, as the newsroom entered it."""

    on: date
    reason: str
    source: str = ""


class CityCalendar:
    """One reading of which days a city counts.

    The generous reading leaves out every day that may be left out; the strict one counts a day
    wherever the law does not clearly say otherwise. They differ only where the law is unsettled.
    """

    def __init__(
        self, rules: CalendarRules, closures: Sequence[Closure] = (), *, strict: bool = False
    ) -> None:
        self.rules = rules
        self.strict = strict
        self._first = date(rules.first_year, 1, 1).toordinal()
        self._last = date(rules.last_year, 12, 31).toordinal()
        self._reasons = self._days_off(closures)
        # _business: ordinals of all business days. _rank[i]: how many there are through day i.
        self._business: list[int] = []
        self._rank: list[int] = []
        for ordinal in range(self._first, self._last + 1):
            # Ordinal 1 was a Monday, so 6 and 0 are Saturday and Sunday.
            if ordinal % 7 not in (6, 0) and ordinal not in self._reasons:
                self._business.append(ordinal)
            self._rank.append(len(self._business))

    def _days_off(self, closures: Sequence[Closure]) -> dict[int, str]:
        # A closure on a weekend changes nothing: no law counts that day, and none reads it as a
        # legal holiday.
        closed = {
            self._ordinal(closure.on): closure.reason
            for closure in closures
            if closure.on.weekday() < SATURDAY
        }
        legal = {day.toordinal(): name for day, name in self.rules.legal_holidays.items()}
        if self.strict:
            for day in self.rules.days_the_city_may_be_open:
                legal.pop(day.toordinal(), None)
            if self.rules.closures == "unsettled":
                closed = {}
        return {ordinal: f"closed: {reason}" for ordinal, reason in closed.items()} | legal

    def _ordinal(self, on: date) -> int:
        ordinal = on.toordinal()
        if not self._first <= ordinal <= self._last:
            raise CalendarError(
                f"{on:%B} {on.day}, {on.year} is outside the calendar, which covers "
                f"{self.rules.first_year} to {self.rules.last_year}: check the year, or add the "
                "years to the [calendar] of the state's clocks.toml"
            )
        return ordinal

    def why_not(self, on: date) -> str:
        """Why the day does not count: "weekend", "Veterans Day", "closed: snow"; "" if it does."""
        ordinal = self._ordinal(on)
        if ordinal % 7 in (6, 0):
            return "weekend"
        return self._reasons.get(ordinal, "")

    def days_after(self, start: date, end: date) -> Iterator[tuple[date, str]]:
        """Each day after `start` through `end`, with why it does not count, "" if it does."""
        self._ordinal(start)
        reasons = self._reasons
        for ordinal in range(start.toordinal() + 1, self._ordinal(end) + 1):
            why = "weekend" if ordinal % 7 in (6, 0) else reasons.get(ordinal, "")
            yield date.fromordinal(ordinal), why

    def holiday(self, on: date) -> str:
        """The holiday or closure on that day, also where it falls on a weekend; "" for none."""
        return self._reasons.get(self._ordinal(on), "")

    def is_legal_holiday(self, on: date) -> bool:
        return on in self.rules.legal_holidays

    def counts(self, on: date) -> bool:
        return not self.why_not(on)

    def add_business_days(self, start: date, n: int) -> date:
        """The n-th business day after `start`, which is not counted; before it for n < 0."""
        rank = self._rank[self._ordinal(start) - self._first]
        if n == 0:
            return start
        if n < 0 and self.counts(start):
            rank -= 1  # the start is not counted in this direction either
        place = rank + n - 1 if n > 0 else rank + n
        if not 0 <= place < len(self._business):
            raise CalendarError(
                f"{n} business days from {start} lead outside the calendar, which covers "
                f"{self.rules.first_year} to {self.rules.last_year}"
            )
        return date.fromordinal(self._business[place])

    def business_days_between(self, start: date, end: date) -> int:
        """How many there are after `start` through `end`; negative where `end` is first."""
        return (
            self._rank[self._ordinal(end) - self._first]
            - self._rank[self._ordinal(start) - self._first]
        )

    def roll_forward(self, on: date) -> date:
        """That day if it counts, else the next one that does."""
        return on if self.counts(on) else self.add_business_days(on, 1)

    def roll_back(self, on: date) -> date:
        """That day if it counts, else the last one before it that does."""
        return on if self.counts(on) else self.add_business_days(on, -1)


@dataclass(frozen=True, slots=True)
class Calendars:
    """Both readings of one city's calendar, with its closures and without them."""

    strict: CityCalendar
    generous: CityCalendar
    without_closures: CityCalendar  # for what is filed elsewhere than with the city
    closures: tuple[Closure, ...]


@lru_cache(maxsize=512)
def _calendar(rules: CalendarRules, closures: tuple[Closure, ...], strict: bool) -> CityCalendar:
    return CityCalendar(rules, closures, strict=strict)


@lru_cache(maxsize=512)
def _calendars(rules: CalendarRules, closures: tuple[Closure, ...]) -> Calendars:
    return Calendars(
        strict=_calendar(rules, closures, True),
        generous=_calendar(rules, closures, False),
        without_closures=_calendar(rules, (), False),
        closures=closures,
    )


def calendars(rules: CalendarRules, closures: Sequence[Closure] = ()) -> Calendars:
    """Both readings, from the cache where the same closures were asked for before."""
    return _calendars(rules, tuple(closures))
