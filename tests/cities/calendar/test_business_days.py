"""The days a statute does not count, against the lists read from it, and the arithmetic."""

import random
from datetime import date, timedelta

import holidays
import pytest

from cities.calendar.business_days import CalendarError, CityCalendar, Closure, calendars
from cities.schema.holiday_rules import CalendarRules
from cities.schema.load import load_statute
from tests.cities.worked import on

DAY = timedelta(days=1)
STATES = ("us-ct", "us-mo", "us-ca", "us-or")

# Weekdays off by statute, as the notes on the law list them.
LISTED = {
    (
        "us-ct",
        2026,
    ): "01-01 01-19 02-12 02-16 04-03 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    ("us-ct", 2027): (
        "01-01 01-18 02-12 02-15 03-26 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"
    ),
    ("us-mo", 2026): "01-01 01-19 02-12 02-16 05-08 05-25 06-19 09-07 10-12 11-11 11-26 12-25",
    ("us-mo", 2027): "01-01 01-18 02-12 02-15 05-31 07-05 09-06 10-11 11-11 11-25",
    (
        "us-ca",
        2026,
    ): "01-01 01-19 02-12 02-16 03-31 05-25 06-19 07-03 09-07 09-25 11-11 11-26 11-27 12-25",
    ("us-ca", 2027): "01-01 01-18 02-12 02-15 03-31 05-31 07-05 09-06 09-24 11-11 11-25 11-26",
    ("us-or", 2026): "01-01 01-19 02-16 05-25 06-19 07-03 09-07 11-11 11-26 12-25",
    ("us-or", 2027): "01-01 01-18 02-15 05-31 06-18 07-05 09-06 11-11 11-25 12-24 12-31",
}


def rules_of(slug: str) -> CalendarRules:
    return load_statute(slug).calendar


def weekdays_off(slug: str, year: int) -> list[date]:
    return [d for d in rules_of(slug).legal_holidays if d.year == year and d.weekday() < 5]


@pytest.mark.parametrize(("slug", "year"), LISTED)
def test_legal_holidays_are_the_statutes(slug: str, year: int) -> None:
    expected = [on(f"{year}-{day}") for day in LISTED[slug, year].split()]
    assert weekdays_off(slug, year) == expected


def from_package(subdivision: str, year: int) -> set[date]:
    found = holidays.country_holidays("US", subdiv=subdivision, years=year)
    return {day for day in found if day.weekday() < 5}


@pytest.mark.parametrize(
    ("slug", "year", "only_law", "only_package"),
    [
        ("us-mo", 2026, {"2026-02-12"}, {"2026-07-03"}),
        (
            "us-mo",
            2027,
            {"2027-02-12"},
            {"2027-05-07", "2027-06-18", "2027-12-24", "2027-12-31"},
        ),
        ("us-ca", 2026, {"2026-02-12", "2026-09-25"}, set()),
        (
            "us-ca",
            2027,
            {"2027-02-12", "2027-09-24"},
            {"2027-06-18", "2027-10-29", "2027-12-24", "2027-12-31"},
        ),
    ],
)
def test_package_is_wrong_for_missouri_and_california(
    slug: str, year: int, only_law: set[str], only_package: set[str]
) -> None:
    """Why these two have tables of their own; when the package changes, look again."""
    ours, theirs = set(weekdays_off(slug, year)), from_package(slug[3:].upper(), year)
    assert {str(day) for day in ours - theirs} == only_law
    assert {str(day) for day in theirs - ours} == only_package


def test_day_says_why_it_does_not_count() -> None:
    closed = Closure(on("2026-11-30"), "burst pipe", "city website")
    oregon = CityCalendar(rules_of("us-or"), [closed])

    assert oregon.why_not(on("2026-11-27")) == ""
    assert oregon.why_not(on("2026-11-26")) == "Thanksgiving Day"
    assert oregon.why_not(on("2026-11-28")) == "weekend"
    assert oregon.why_not(on("2026-11-30")) == "closed: burst pipe"
    assert oregon.why_not(on("2026-07-03")) == "Independence Day, observed"


@pytest.mark.parametrize(
    ("slug", "day", "strict", "generous"),
    [
        ("us-ct", "2027-01-25", True, False),  # a closure in Connecticut is unsettled
        ("us-or", "2027-01-25", False, False),
        ("us-mo", "2026-05-08", True, False),  # Truman Day: the city may be open
        ("us-mo", "2026-11-26", False, False),  # Thanksgiving: it is not
        ("us-mo", "2028-06-19", True, False),  # Juneteenth, kept on Friday the sixteenth
        ("us-mo", "2026-06-19", False, False),
    ],
)
def test_readings_differ_only_where_the_law_is_unsettled(
    slug: str, day: str, strict: bool, generous: bool
) -> None:
    both = calendars(rules_of(slug), [Closure(on("2027-01-25"), "snow")])
    counted = (both.strict.counts(on(day)), both.generous.counts(on(day)))
    assert counted == (strict, generous)


def test_closure_on_a_weekend_is_a_weekend() -> None:
    closed = CityCalendar(rules_of("us-ct"), [Closure(on("2026-08-09"), "picnic")])
    assert closed.why_not(on("2026-08-09")) == "weekend"


def test_same_closures_give_the_same_calendar() -> None:
    closed = [Closure(on("2026-11-27"), "closed")]
    assert calendars(rules_of("us-or"), closed) is calendars(rules_of("us-or"), list(closed))


def test_last_day_rolls_both_ways() -> None:
    california = CityCalendar(rules_of("us-ca"))
    assert california.roll_forward(on("2026-11-26")) == on("2026-11-30")
    assert california.roll_back(on("2026-11-29")) == on("2026-11-25")
    assert california.roll_forward(on("2026-11-25")) == california.roll_back(on("2026-11-25"))


@pytest.mark.parametrize("day", ["1899-12-25", "2021-12-31", "2046-01-01"])
def test_day_beyond_the_calendar_is_refused(day: str) -> None:
    with pytest.raises(CalendarError, match="covers 2022 to 2045"):
        CityCalendar(rules_of("us-ct")).why_not(on(day))


def test_count_that_leads_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(CalendarError, match="lead outside the calendar"):
        CityCalendar(rules_of("us-ct")).add_business_days(on("2045-12-20"), 20)


def test_closure_of_1899_is_refused() -> None:
    with pytest.raises(CalendarError, match="check the year"):
        calendars(rules_of("us-ct"), [Closure(on("1899-01-02"), "typing error")])


def naive_add(calendar: CityCalendar, start: date, n: int) -> date:
    day, step = start, DAY if n > 0 else -DAY
    left = abs(n)
    while left:
        day += step
        left -= calendar.counts(day)
    return day


def naive_between(calendar: CityCalendar, start: date, end: date) -> int:
    low, high = min(start, end), max(start, end)
    counted = sum(calendar.counts(low + DAY * i) for i in range(1, (high - low).days + 1))
    return counted if start <= end else -counted


def test_arithmetic_is_that_of_a_naive_counter() -> None:
    """100,000 random inputs, over the four statutes and both readings, with closures."""
    pick = random.Random(20261121)
    first, span = on("2024-01-01"), 365 * 18
    closures = [Closure(first + DAY * pick.randrange(span), "closed") for _ in range(60)]
    for slug in STATES:
        both = calendars(rules_of(slug), closures)
        for calendar in (both.strict, both.generous):
            for _ in range(6_250):
                start = first + DAY * pick.randrange(span)
                n = pick.choice((-1, 1)) * pick.randrange(1, 30)
                assert calendar.add_business_days(start, n) == naive_add(calendar, start, n)
                end = start + DAY * pick.randrange(-60, 60)
                assert calendar.business_days_between(start, end) == naive_between(
                    calendar, start, end
                )
