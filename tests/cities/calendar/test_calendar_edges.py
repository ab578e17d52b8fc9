"""A calendar at its edges: first and last day, closures, holidays on weekends."""

import pytest

from cities.calendar.business_days import (
    CalendarError,
    CityCalendar,
    ClockError,
    Closure,
    calendars,
)
from cities.schema.holiday_rules import CalendarRules
from tests.cities.worked import on

RULES = CalendarRules.model_validate(
    {
        "citation": "§ 1",
        "first_year": 2026,
        "last_year": 2027,
        "holidays": [
            {"name": "New Year's Day", "on": "january 1"},
            {"name": "Twelfth Night", "on": "january 5"},  # 2026: a Monday
            {"name": "Midsummer", "on": "june 20", "saturday": "stays"},  # 2026: a Saturday
            {"name": "Old Year's Day", "on": "december 31"},  # 2027: a Friday
        ],
    }
)


def test_first_and_last_day_of_the_calendar_can_be_asked_for() -> None:
    plain = CityCalendar(RULES)

    assert plain.why_not(on("2026-01-01")) == "New Year's Day"
    assert plain.why_not(on("2027-12-30")) == ""
    assert plain.why_not(on("2027-12-31")) == "Old Year's Day"


@pytest.mark.parametrize(
    ("day", "words"), [("2025-12-31", "December 31, 2025"), ("2028-01-01", "January 1, 2028")]
)
def test_day_outside_says_which_and_what_to_do(day: str, words: str) -> None:
    with pytest.raises(CalendarError) as refused:
        CityCalendar(RULES).why_not(on(day))

    assert isinstance(refused.value, ClockError)
    assert str(refused.value) == (
        f"{words} is outside the calendar, which covers 2026 to 2027: check the year, or add the "
        "years to the [calendar] of the state's clocks.toml"
    )


def test_first_business_day_can_be_reached_backwards_and_no_day_before_it() -> None:
    plain = CityCalendar(RULES)

    assert plain.add_business_days(on("2026-01-06"), -1) == on("2026-01-02")
    with pytest.raises(CalendarError) as refused:
        plain.add_business_days(on("2026-01-06"), -2)
    assert str(refused.value) == (
        "-2 business days from 2026-01-06 lead outside the calendar, which covers 2026 to 2027"
    )


def test_last_business_day_can_be_reached_and_no_day_after_it() -> None:
    plain = CityCalendar(RULES)

    assert plain.add_business_days(on("2027-12-29"), 1) == on("2027-12-30")
    with pytest.raises(CalendarError):
        plain.add_business_days(on("2027-12-29"), 2)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-01-02", 1, "2026-01-06"),  # over a weekend and a Monday off
        ("2026-01-03", 1, "2026-01-06"),  # from a Saturday
        ("2026-01-05", 1, "2026-01-06"),  # from a holiday
        ("2026-01-06", 2, "2026-01-08"),
        ("2026-01-08", -2, "2026-01-06"),
        ("2026-01-05", -1, "2026-01-02"),  # from a holiday, backwards
        ("2026-01-03", 0, "2026-01-03"),
    ],
)
def test_business_days_are_counted_from_the_day_after_the_start(
    start: str, count: int, end: str
) -> None:
    assert CityCalendar(RULES).add_business_days(on(start), count) == on(end)


@pytest.mark.parametrize(
    ("start", "end", "between"),
    [
        ("2026-01-02", "2026-01-06", 1),
        ("2026-01-06", "2026-01-06", 0),
        ("2026-01-06", "2026-01-08", 2),
        ("2026-01-08", "2026-01-06", -2),
        ("2026-01-02", "2026-01-05", 0),
    ],
)
def test_business_days_between_two_dates(start: str, end: str, between: int) -> None:
    assert CityCalendar(RULES).business_days_between(on(start), on(end)) == between


def test_days_after_a_day_come_with_their_reasons() -> None:
    days = CityCalendar(RULES).days_after(on("2026-01-02"), on("2026-01-06"))

    assert [(str(day), why) for day, why in days] == [
        ("2026-01-03", "weekend"),
        ("2026-01-04", "weekend"),
        ("2026-01-05", "Twelfth Night"),
        ("2026-01-06", ""),
    ]


@pytest.mark.parametrize(
    ("start", "end"), [("2025-12-31", "2026-01-02"), ("2027-12-30", "2028-01-03")]
)
def test_days_outside_are_refused_at_both_ends(start: str, end: str) -> None:
    with pytest.raises(CalendarError):
        list(CityCalendar(RULES).days_after(on(start), on(end)))


def test_holiday_on_a_weekend_has_its_name_and_the_day_is_a_weekend() -> None:
    plain = CityCalendar(RULES)

    assert plain.holiday(on("2026-06-20")) == "Midsummer"
    assert plain.why_not(on("2026-06-20")) == "weekend"
    assert (plain.holiday(on("2026-06-22")), plain.why_not(on("2026-06-22"))) == ("", "")


@pytest.mark.parametrize(
    ("day", "forward", "back"),
    [
        ("2026-01-02", "2026-01-02", "2026-01-02"),
        ("2026-01-03", "2026-01-06", "2026-01-02"),
        ("2026-01-05", "2026-01-06", "2026-01-02"),
    ],
)
def test_day_that_does_not_count_rolls_to_its_neighbor(day: str, forward: str, back: str) -> None:
    plain = CityCalendar(RULES)

    assert (str(plain.roll_forward(on(day))), str(plain.roll_back(on(day)))) == (forward, back)


def test_legal_holiday_is_named_before_a_closure_of_that_day() -> None:
    closed = CityCalendar(RULES, [Closure(on("2026-01-05"), "flood")])

    assert closed.why_not(on("2026-01-05")) == "Twelfth Night"


@pytest.mark.parametrize("day", ["2026-01-03", "2026-01-04"])
def test_closure_on_a_saturday_or_sunday_is_none(day: str) -> None:
    closed = CityCalendar(RULES, [Closure(on(day), "flood")])

    assert (closed.why_not(on(day)), closed.holiday(on(day))) == ("weekend", "")


def test_closure_on_a_friday_is_one() -> None:
    assert CityCalendar(RULES, [Closure(on("2026-01-09"), "flood")]).why_not(on("2026-01-09")) == (
        "closed: flood"
    )


def test_strict_reading_counts_closures_only_where_they_are_unsettled() -> None:
    unsettled = RULES.model_copy(update={"closures": "unsettled", "unsettled_closures": "Open."})
    closed = (Closure(on("2026-01-09"), "flood"),)

    assert not calendars(RULES, closed).strict.counts(on("2026-01-09"))
    assert calendars(unsettled, closed).strict.counts(on("2026-01-09"))
    assert not calendars(unsettled, closed).generous.counts(on("2026-01-09"))
    assert calendars(unsettled, closed).without_closures.counts(on("2026-01-09"))
    assert calendars(unsettled, closed).closures == closed


def test_calendars_of_two_laws_that_look_alike_are_not_mixed_up() -> None:
    other = RULES.model_copy(update={"saturday": "friday"})
    shifted = CalendarRules.model_validate({**other.model_dump(), "holidays": [
        {**holiday.model_dump(), "saturday": ""} for holiday in other.holidays
    ]})  # fmt: skip

    assert calendars(RULES).generous.counts(on("2026-06-19"))
    assert not calendars(shifted).generous.counts(on("2026-06-19"))
