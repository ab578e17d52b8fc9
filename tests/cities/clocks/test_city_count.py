"""A clock of the city's: where its last day moves, what extends it, what ends it."""

from datetime import timedelta
from typing import Any

import pytest

from cities.clocks.derive import ClockError, Deadline
from tests.cities.clocks.simple import (
    RECEIVED,
    calendar,
    clock,
    dates,
    in_days,
    only,
)
from tests.cities.worked import happened, on


@pytest.mark.parametrize(
    ("roll", "count", "earliest", "due"),
    [
        # From April 20: May 1 is a holiday, a Friday; 2 a Saturday; 3 a Sunday; 4 a Monday.
        ("none", 10, "2026-04-30", "2026-04-30"),
        ("none", 11, "2026-05-01", "2026-05-04"),
        ("none", 12, "2026-05-02", "2026-05-04"),
        ("none", 13, "2026-05-03", "2026-05-04"),
        ("sunday", 11, "2026-05-01", "2026-05-04"),
        ("sunday", 12, "2026-05-02", "2026-05-04"),
        ("sunday", 13, "2026-05-04", "2026-05-04"),
        ("sunday_or_holiday", 11, "2026-05-04", "2026-05-04"),
        ("sunday_or_holiday", 12, "2026-05-02", "2026-05-04"),
        ("sunday_or_holiday", 13, "2026-05-04", "2026-05-04"),
        ("weekend_or_holiday", 11, "2026-05-04", "2026-05-04"),
        ("weekend_or_holiday", 12, "2026-05-04", "2026-05-04"),
        ("weekend_or_holiday", 13, "2026-05-04", "2026-05-04"),
    ],
)
def test_last_day_moves_as_the_law_says_and_at_most_to_the_next_business_day(
    roll: str, count: int, earliest: str, due: str
) -> None:
    deadline = only([in_days(count, roll=roll)], "received 2026-04-20")

    assert dates(deadline) == (earliest, due)
    assert deadline.nominal_on == on("2026-04-20") + timedelta(days=count)


def test_holiday_on_a_saturday_moves_where_holidays_move() -> None:
    rules = calendar(holidays=[{"name": "Founders' Day", "on": "may 2", "saturday": "stays"}])

    deadline = only([in_days(12, roll="sunday_or_holiday")], "received 2026-04-20", rules=rules)

    assert dates(deadline) == ("2026-05-04", "2026-05-04")


def extended(day: str, until: str = "", /, **keys: Any) -> Deadline:
    facts = {"until": until} if until else {}
    return only([clock(extension=keys)], RECEIVED, happened(f"extended {day}", **facts))


def test_extension_on_the_last_day_counts_and_the_day_after_does_not() -> None:
    assert dates(extended("2026-05-11", "2026-05-20")) == ("2026-05-20", "2026-05-20")
    late = extended("2026-05-12", "2026-05-20")
    assert dates(late) == ("2026-05-11", "2026-05-11")
    assert late.remarks == (
        "extended on May 12, 2026: after the last day, May 11, 2026, so it extends nothing",
    )


def test_extension_that_names_the_last_day_or_an_earlier_one() -> None:
    assert extended("2026-05-06", "2026-05-11").remarks == ()
    assert dates(extended("2026-05-06", "2026-05-11")) == ("2026-05-11", "2026-05-11")
    earlier = extended("2026-05-06", "2026-05-08")
    assert dates(earlier) == ("2026-05-11", "2026-05-11")
    assert earlier.remarks == (
        (
            "extended on May 6, 2026: "
            "it names a day before the last day, May 11, 2026, so that one stands"
        ),
    )


def test_extension_may_name_its_own_day_but_none_before_it() -> None:
    assert len(extended("2026-05-06", "2026-05-06").remarks) == 1
    with pytest.raises(ClockError) as refused:
        extended("2026-05-06", "2026-05-05")
    assert str(refused.value) == (
        "extended on May 6, 2026 names May 5, 2026, a day before it: correct one of the two dates"
    )


def test_extension_on_the_last_day_may_name_that_day() -> None:
    assert extended("2026-05-11", "2026-05-11").remarks == ()


def test_extension_without_a_date_or_days_extends_nothing() -> None:
    deadline = extended("2026-05-06")

    assert dates(deadline) == ("2026-05-11", "2026-05-11")
    assert deadline.remarks == ("extended on May 6, 2026: it names no date, so it extends nothing",)


def test_date_that_the_city_names_itself_binds_it_on_a_saturday_and_may_move() -> None:
    deadline = extended("2026-05-06", "2026-05-23", unsettled="Whether it moves is open (§ 3).")

    assert dates(deadline) == ("2026-05-23", "2026-05-25")
    assert str(deadline.nominal_on) == "2026-05-23"
    assert deadline.unsettled == "Whether it moves is open (§ 3)."
    assert [(r.name, str(r.on), r.why) for r in deadline.readings] == [
        ("strictest", "2026-05-23", "the last day does not move")
    ]


@pytest.mark.parametrize(
    ("until", "due"),
    [
        ("", "2026-05-28"),
        ("2026-05-27", "2026-05-27"),  # the city names an earlier day than the law allows
        ("2026-05-28", "2026-05-28"),
        ("2026-06-30", "2026-05-28"),  # fourteen days are the most
    ],
)
def test_extension_by_days_is_capped(until: str, due: str) -> None:
    """Ten calendar days from May 4: Thursday, May 14; fourteen more: Thursday, May 28."""
    facts = {"until": until} if until else {}
    ten = in_days(10, roll="weekend_or_holiday", extension={"days": 14, "once": True})

    deadline = only([ten], RECEIVED, happened("extended 2026-05-08", **facts))

    assert dates(deadline) == (due, due)
    assert str(deadline.nominal_on) == due


def test_extension_by_days_runs_from_the_bare_last_day_or_the_one_it_moved_to() -> None:
    """Ten days from May 6 end on Saturday, May 16, and move to Monday: fourteen more."""
    extension = {"days": 14, "once": True, "unsettled": "From which is open (§ 4)."}
    ten = in_days(10, roll="weekend_or_holiday", extension=extension)

    deadline = only([ten], "received 2026-05-06", "extended 2026-05-08")

    assert dates(deadline) == ("2026-06-01", "2026-06-01")  # May 30 is a Saturday, too
    shorter = in_days(10, roll="weekend_or_holiday", extension={**extension, "days": 13})
    deadline = only([shorter], "received 2026-05-06", "extended 2026-05-08")
    assert dates(deadline) == ("2026-05-29", "2026-06-01")
    assert str(deadline.nominal_on) == "2026-05-29"
    assert deadline.unsettled == "From which is open (§ 4)."
    assert [reading.why for reading in deadline.readings] == [
        "the extension counted from the bare last day"
    ]


def test_second_extension_counts_unless_the_law_allows_one() -> None:
    events = (
        RECEIVED,
        happened("extended 2026-05-06", until="2026-05-15"),
        happened("extended 2026-05-14", until="2026-05-22"),
    )

    assert str(only([clock(extension={})], *events).due_on) == "2026-05-22"
    once = only([clock(extension={"once": True})], *events)
    assert str(once.due_on) == "2026-05-15"
    assert once.remarks == (
        "extended on May 14, 2026: the law allows one extension, so it extends nothing",
    )


def test_clock_that_knows_no_extension_is_not_extended() -> None:
    deadline = only([clock()], RECEIVED, happened("extended 2026-05-06", until="2026-06-30"))

    assert (dates(deadline), deadline.remarks) == (("2026-05-11", "2026-05-11"), ())


def test_extension_after_the_answer_moves_nothing() -> None:
    events = (RECEIVED, "granted 2026-05-07", happened("extended 2026-05-08", until="2026-06-30"))

    assert str(only([clock(extension={})], *events).due_on) == "2026-05-11"


@pytest.mark.parametrize("ending", ["withdrawn", "closed", "lapsed"])
def test_end_of_the_request_voids_a_clock_that_was_not_met(ending: str) -> None:
    assert only([clock()], RECEIVED, f"{ending} 2026-05-06").status == "void"
    assert only([clock()], RECEIVED, "granted 2026-05-05", f"{ending} 2026-05-06").status == "met"


def test_event_that_takes_the_clock_away_voids_it() -> None:
    voidable = clock(voided_by=["lawsuit"])

    assert only([voidable], RECEIVED, "lawsuit 2026-05-06").status == "void"
    assert only([voidable], RECEIVED, "granted 2026-05-06", "lawsuit 2026-05-06").status == "met"


def test_answer_on_the_day_of_receipt_meets_the_clock() -> None:
    assert str(only([clock()], RECEIVED, "granted 2026-05-04").met_on) == "2026-05-04"
