"""Deadline, settings, the city's business days, today → the steps that fall due. No database.

A step is a day on which somebody is told: so many days before, the day itself, so many business
days late, or past a day of ours. What a reader is told in the morning is the newest step that
they were not told; the ones before it are superseded, and a mail only says that they were missed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

WEEK = 5  # business days between two reminders once the daily ones have ended
DAY, PAST = "day", "past"
LAST_CALL_DAYS = 1
DAY_AFTER = timedelta(days=1)
MOST_DAYS_BEFORE = 60


class BusinessDays(Protocol):
    """What is asked of a calendar; `cities.calendar.business_days.CityCalendar` answers it."""

    def add_business_days(self, start: date, n: int) -> date: ...
    def business_days_between(self, start: date, end: date) -> int: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """A newsroom's settings. Days before are calendar days, days late the city's business days."""

    city_before: tuple[int, ...] = (7,)
    city_daily_for: int = 20
    ours_before: tuple[int, ...] = (14, 7, 3, 1)
    editors_after_late: int = 5
    editors_before_ours: int = 3


@dataclass(frozen=True, slots=True)
class Clock:
    """What of a deadline decides its steps."""

    whose: str  # "city", "body" (that reviews) or "ours"
    status: str
    starts_on: date | None
    due_on: date | None
    is_reminder: bool = False  # the newsroom's own, with no law behind it

    @property
    def is_ours(self) -> bool:
        return self.whose == "ours" and not self.is_reminder


@dataclass(frozen=True, slots=True)
class Step:
    """`name` is unique among the steps of one date: "before-7", "day", "late-3", "past"."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Period:
    """The days past `after` and not past `through`."""

    after: date
    through: date

    def __contains__(self, day: date) -> bool:
        return self.after < day <= self.through


def steps(
    clock: Clock,
    rules: Rules,
    days: BusinessDays,
    *,
    for_editors: bool,
    within: Period,
) -> list[Step]:
    """The steps whose day is within the period, oldest first.

    `for_editors`: those that go past a threshold, to people whose request it is not. Nothing is
    told of a clock that is tolled, met or void, nor on or before the day that it starts.
    """
    if clock.due_on is None or not still_reminds(clock, within.through):
        return []
    if clock.starts_on:
        within = replace(within, after=max(within.after, clock.starts_on))
    found = _of_editors if for_editors else _of_owner
    wanted = found(clock, clock.due_on, rules, days, within)
    return sorted((step for step in wanted if step.on in within), key=lambda step: step.on)


def newest(
    clock: Clock, rules: Rules, days: BusinessDays, *, for_editors: bool, today: date
) -> date | None:
    """The day of the newest of all `steps` until today, found without going through the others."""
    if clock.due_on is None or not still_reminds(clock, today):
        return None
    found = _newest_of_editors if for_editors else _newest_of_owner
    on = found(clock, clock.due_on, rules, days, today)
    return None if on is None or (clock.starts_on and on <= clock.starts_on) else on


def is_last_call(clock: Clock, step: Step) -> bool:
    """Whether the step is one of the last before a day of ours that cannot be had again."""
    if not clock.is_ours or clock.due_on is None:
        return False
    return timedelta(0) <= clock.due_on - step.on <= timedelta(days=LAST_CALL_DAYS)


def still_reminds(clock: Clock, today: date) -> bool:
    """Whether anybody is reminded of it at all.

    A clock of ours that only silence has started counts too, once the silence is there.
    """
    if clock.status == "running":
        return True
    begun = clock.starts_on is not None and clock.starts_on <= today
    return clock.status == "projected" and clock.is_ours and begun


def _of_owner(
    clock: Clock, due: date, rules: Rules, days: BusinessDays, within: Period
) -> Iterator[Step]:
    yield Step(DAY, due)
    if clock.is_reminder:
        return
    if clock.is_ours:
        yield from _before(due, rules.ours_before)
        yield Step(PAST, due + timedelta(days=1))
        return
    yield from _before(due, rules.city_before)
    if due < within.through:
        told = days.business_days_between(due, max(within.after, due))
        late = days.business_days_between(due, within.through)
        for number in range(told + 1, late + 1):
            if is_told(number, rules.city_daily_for):
                yield _late(due, number, days)


def _of_editors(
    clock: Clock, due: date, rules: Rules, days: BusinessDays, within: Period
) -> Iterator[Step]:
    """Late beyond the threshold: once, from then on their digest lists it. Ours: each step."""
    if clock.is_reminder:
        return
    if clock.is_ours:
        yield from _before(due, (n for n in rules.ours_before if n <= rules.editors_before_ours))
        yield Step(DAY, due)
        yield Step(PAST, due + timedelta(days=1))
        return
    threshold = max(rules.editors_after_late, 1)
    if due < within.through and days.business_days_between(due, within.through) >= threshold:
        yield _late(due, threshold, days)


def _newest_of_owner(
    clock: Clock, due: date, rules: Rules, days: BusinessDays, today: date
) -> date | None:
    if clock.is_reminder:
        return due if due <= today else None
    if clock.is_ours:
        return _last_of((*_days_before(due, rules.ours_before), due, due + DAY_AFTER), today)
    if due < today:
        late = days.business_days_between(due, today)
        beyond = max(late - rules.city_daily_for, 0)
        number = late if not beyond else rules.city_daily_for + beyond // WEEK * WEEK
        if number:
            return days.add_business_days(due, number)
    return _last_of((*_days_before(due, rules.city_before), due), today)


def _newest_of_editors(
    clock: Clock, due: date, rules: Rules, days: BusinessDays, today: date
) -> date | None:
    if clock.is_reminder:
        return None
    if clock.is_ours:
        near = (n for n in rules.ours_before if n <= rules.editors_before_ours)
        return _last_of((*_days_before(due, near), due, due + DAY_AFTER), today)
    threshold = max(rules.editors_after_late, 1)
    if due < today and days.business_days_between(due, today) >= threshold:
        return days.add_business_days(due, threshold)
    return None


def _last_of(of: Iterable[date], today: date) -> date | None:
    return max((day for day in of if day <= today), default=None)


def _days_before(due: date, numbers: Iterable[int]) -> Iterator[date]:
    return (due - timedelta(days=n) for n in numbers if n > 0)


def is_told(number: int, daily_for: int) -> bool:
    """Whether that business day of lateness has its own step: daily at first, then weekly."""
    return number <= daily_for or (number - daily_for) % WEEK == 0


def _before(due: date, numbers: Iterable[int]) -> Iterator[Step]:
    for number in {n for n in numbers if n > 0}:
        yield Step(f"before-{number}", due - timedelta(days=number))


def _late(due: date, number: int, days: BusinessDays) -> Step:
    return Step(f"late-{number}", days.add_business_days(due, number))
