"""Which steps a deadline has, as examples and as properties under any sequence of runs."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cities.calendar.business_days import calendars
from cities.schema.load import load_city
from requests_app.reminders.planning.reminder_days import (
    Clock,
    Period,
    Rules,
    Step,
    is_last_call,
    is_told,
    newest,
    steps,
)

RULES = Rules()
DAYS = calendars(load_city("us-ct/stamford").statute.calendar).generous
FRIDAY = date(2026, 11, 6)
LONG_AGO = date(2026, 1, 1)


def city(due: date = FRIDAY, status: str = "running", starts: date = date(2026, 10, 1)) -> Clock:
    return Clock("city", status, starts, due)


def ours(due: date = FRIDAY, status: str = "running", starts: date = date(2026, 10, 1)) -> Clock:
    return Clock("ours", status, starts, due)


def names(clock: Clock, *, through: date, for_editors: bool = False, after: date = LONG_AGO) -> str:
    found = steps(clock, RULES, DAYS, for_editors=for_editors, within=Period(after, through))
    return " ".join(f"{step.name}:{step.on:%m%d}" for step in found)


def test_city_clock_is_told_a_week_before_on_the_day_and_each_business_day_late() -> None:
    # Nov 11 is Veterans Day; 7 and 8 are a weekend.
    assert names(city(), through=date(2026, 11, 12)) == (
        "before-7:1030 day:1106 late-1:1109 late-2:1110 late-3:1112"
    )


def test_our_clock_is_told_earlier_and_once_more_when_it_is_gone() -> None:
    assert names(ours(), through=date(2026, 12, 1)) == (
        "before-14:1023 before-7:1030 before-3:1103 before-1:1105 day:1106 past:1107"
    )


def test_editors_hear_of_a_late_city_once_and_of_ours_from_three_days_before() -> None:
    through = date(2026, 12, 31)

    assert names(city(), through=through, for_editors=True) == "late-5:1116"
    assert names(ours(), through=through, for_editors=True) == (
        "before-3:1103 before-1:1105 day:1106 past:1107"
    )


def test_long_lateness_is_told_daily_at_first_then_weekly() -> None:
    assert [n for n in range(1, 36) if is_told(n, 20)] == [*range(1, 21), 25, 30, 35]


@pytest.mark.parametrize("status", ["tolled", "met", "void"])
@pytest.mark.parametrize("clock", [city, ours])
def test_clock_that_does_not_run_reminds_nobody(status: str, clock: type) -> None:
    assert names(clock(status=status), through=date(2026, 12, 1)) == ""


def test_clock_without_a_date_reminds_nobody() -> None:
    assert names(Clock("city", "running", None, None), through=FRIDAY) == ""


def test_projected_clock_of_ours_counts_once_the_silence_is_there() -> None:
    silent_on = date(2026, 10, 20)

    assert names(ours(status="projected", starts=silent_on), through=silent_on) == ""
    assert names(ours(status="projected", starts=silent_on), through=date(2026, 10, 23)) == (
        "before-14:1023"
    )
    assert names(city(status="projected"), through=FRIDAY) == ""


def test_nothing_is_told_on_or_before_the_day_a_clock_starts() -> None:
    assert names(city(starts=date(2026, 10, 30)), through=FRIDAY) == "day:1106"


def test_the_newsrooms_own_reminder_has_its_day_and_no_more() -> None:
    own = Clock("ours", "running", date(2026, 10, 1), FRIDAY, is_reminder=True)

    assert names(own, through=date(2026, 12, 1)) == "day:1106"
    assert names(own, through=date(2026, 12, 1), for_editors=True) == ""


def test_last_calls_are_the_day_before_and_the_day_of_ours_alone() -> None:
    through = date(2026, 12, 1)
    found = steps(ours(), RULES, DAYS, for_editors=False, within=Period(LONG_AGO, through))

    assert [step.name for step in found if is_last_call(ours(), step)] == ["before-1", "day"]
    assert not is_last_call(city(), Step("day", FRIDAY))


# -- whatever days the desk runs on, nothing is told twice and nothing is left out --

dues = st.dates(date(2026, 2, 1), date(2027, 6, 30)).map(DAYS.roll_forward)
clocks = st.builds(
    lambda whose, due, before: Clock(whose, "running", due - timedelta(days=before), due),
    st.sampled_from(["city", "body", "ours"]),
    dues,
    st.integers(0, 60),
)
rules = st.builds(
    Rules,
    city_before=st.lists(st.integers(1, 60), max_size=4).map(tuple),
    city_daily_for=st.integers(1, 30),
    ours_before=st.lists(st.integers(1, 60), max_size=5).map(tuple),
    editors_after_late=st.integers(1, 40),
    editors_before_ours=st.integers(0, 20),
)
gaps = st.lists(st.integers(1, 45), min_size=1, max_size=40)  # days from one run to the next


@given(clocks, rules, gaps, st.booleans())
def test_each_step_is_told_once_or_superseded_by_one_that_is(
    clock: Clock, rules: Rules, gaps: list[int], for_editors: bool
) -> None:
    """A run tells the newest of the steps since the last one told, as the desk does."""
    assert clock.due_on is not None
    assert clock.starts_on is not None
    begun = clock.starts_on - timedelta(days=3)
    today, told_through = begun, begun
    told: list[Step] = []
    covered: list[Step] = []
    for gap in gaps:
        today += timedelta(days=gap)
        if not today < DAYS.add_business_days(clock.due_on, 200):
            break
        new = steps(clock, rules, DAYS, for_editors=for_editors, within=Period(told_through, today))
        if new:
            told.append(new[-1])
            covered += new
            told_through = new[-1].on
    today = min(today, DAYS.add_business_days(clock.due_on, 200))
    whole = steps(clock, rules, DAYS, for_editors=for_editors, within=Period(begun, told_through))

    assert len({step.name for step in told}) == len(told)
    assert covered == whole  # in order, each once, none missing
    assert all(earlier.on < later.on for earlier, later in pairwise(whole))


@given(clocks, rules, st.integers(-80, 300), st.booleans())
def test_the_newest_step_is_the_last_of_them_all(
    clock: Clock, rules: Rules, days: int, for_editors: bool
) -> None:
    assert clock.due_on is not None
    today = clock.due_on + timedelta(days=days)

    every = steps(clock, rules, DAYS, for_editors=for_editors, within=Period(LONG_AGO, today))

    assert newest(clock, rules, DAYS, for_editors=for_editors, today=today) == (
        every[-1].on if every else None
    )


@given(clocks, rules, st.booleans())
def test_a_desk_that_never_sleeps_tells_every_step_on_its_own_day(
    clock: Clock, rules: Rules, for_editors: bool
) -> None:
    assert clock.due_on is not None
    assert clock.starts_on is not None
    begun, end = clock.starts_on, clock.due_on + timedelta(days=60)
    told, told_through = [], begun
    for number in range(1, (end - begun).days + 1):
        today = begun + timedelta(days=number)
        new = steps(clock, rules, DAYS, for_editors=for_editors, within=Period(told_through, today))
        assert len(new) <= 1
        if new:
            assert new[0].on == today
            told.append(new[0])
            told_through = today

    assert told == steps(clock, rules, DAYS, for_editors=for_editors, within=Period(begun, end))


@given(clocks, rules, st.integers(-80, 300), st.booleans())
def test_steps_stand_on_the_days_their_names_say(
    clock: Clock, rules: Rules, offset: int, for_editors: bool
) -> None:
    assert clock.due_on is not None
    through = clock.due_on + timedelta(days=offset)
    for step in steps(
        clock, rules, DAYS, for_editors=for_editors, within=Period(date(2026, 1, 2), through)
    ):
        name, _, number = step.name.partition("-")
        if name == "before":
            assert (clock.due_on - step.on).days == int(number)
        elif name == "late":
            assert DAYS.business_days_between(clock.due_on, step.on) == int(number)
            assert DAYS.counts(step.on)
        elif name == "day":
            assert step.on == clock.due_on
        else:
            assert (name, (step.on - clock.due_on).days) == ("past", 1)
