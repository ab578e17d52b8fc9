"""What suspends a clock of the city's, and what the days lost add to its end."""

from typing import Any

import pytest

from cities.clocks.derive import CountedDay
from tests.cities.clocks.simple import (
    RECEIVED,
    clock,
    dates,
    only,
)
from tests.cities.worked import happened, on

FEE = [{"starts": {"event": "fees_estimated", "above": 25}, "ends": ["fees_paid"], "why": "unpaid"}]
QUESTION = {"starts": "clarification_requested", "ends": ["clarified"], "why": "unanswered"}


def estimate(day: str, amount: str = "100") -> Any:
    return happened(f"fees_estimated {day}", amount=amount)


@pytest.mark.parametrize(
    ("asked", "paid", "due"),
    [
        ("2026-05-05", "2026-05-05", "2026-05-11"),  # the same day: nothing is added
        ("2026-05-05", "2026-05-06", "2026-05-12"),
        ("2026-05-05", "2026-05-14", "2026-05-20"),  # six: the 13th is a holiday
        ("2026-05-08", "2026-05-10", "2026-05-11"),  # over a weekend
        ("2026-05-11", "2026-05-12", "2026-05-12"),  # asked on the last day: still in time
    ],
)
def test_business_days_after_the_notice_through_the_answer_are_added(
    asked: str, paid: str, due: str
) -> None:
    deadline = only([clock(tolls=FEE)], RECEIVED, estimate(asked), f"fees_paid {paid}")

    assert dates(deadline) == (due, due)
    assert str(deadline.nominal_on) == due


def test_notice_after_the_last_day_suspends_nothing() -> None:
    deadline = only([clock(tolls=FEE)], RECEIVED, estimate("2026-05-12"))

    assert (deadline.status, str(deadline.due_on)) == ("running", "2026-05-11")
    assert deadline.remarks == (
        "unpaid, from May 12, 2026: after the last day, so it stops nothing",
    )


def test_open_toll_leaves_no_date() -> None:
    deadline = only([clock(tolls=FEE)], RECEIVED, estimate("2026-05-06"))

    assert deadline.status == "tolled"
    assert (deadline.due_on, deadline.earliest_on, deadline.latest_on, deadline.nominal_on) == (
        None, None, None, None,
    )  # fmt: skip
    assert deadline.days == (
        CountedDay(on("2026-05-04"), None, "received: not counted"),
        CountedDay(on("2026-05-05"), 1, ""),
        CountedDay(on("2026-05-06"), 2, ""),
        CountedDay(on("2026-05-07"), None, "tolled: unpaid"),
    )


def test_days_before_an_open_toll_show_the_toll_that_ended() -> None:
    deadline = only(
        [clock(tolls=[*FEE, QUESTION])], RECEIVED, estimate("2026-05-04"), "fees_paid 2026-05-05",
        "clarification_requested 2026-05-06",
    )  # fmt: skip

    assert [(str(row.on), row.number, row.note) for row in deadline.days] == [
        ("2026-05-04", None, "received: not counted"),
        ("2026-05-05", None, "tolled: unpaid"),
        ("2026-05-06", 1, ""),
        ("2026-05-07", None, "tolled: unanswered"),
    ]


def test_extension_of_a_tolled_clock_waits_for_the_answer() -> None:
    deadline = only(
        [clock(tolls=FEE, extension={})], RECEIVED, estimate("2026-05-06"),
        happened("extended 2026-05-07", until="2026-06-30"),
    )  # fmt: skip

    assert deadline.due_on is None


def test_toll_after_an_extension_is_added_to_the_day_named() -> None:
    deadline = only(
        [clock(tolls=FEE, extension={})], RECEIVED,
        happened("extended 2026-05-06", until="2026-05-20"),
        estimate("2026-05-18"), "fees_paid 2026-05-20",
    )  # fmt: skip

    assert dates(deadline) == ("2026-05-22", "2026-05-22")
    # The extension's own row leads to the day that came of both.
    assert deadline.days[-1] == CountedDay(
        on("2026-05-12"), None, "extended on May 6, 2026", on("2026-05-22")
    )


def test_tolls_that_overlap_are_joined_and_name_both_reasons() -> None:
    both = [*FEE, QUESTION]
    deadline = only(
        [clock(tolls=both)], RECEIVED, estimate("2026-05-05"),
        "clarification_requested 2026-05-06", "fees_paid 2026-05-07", "clarified 2026-05-08",
    )  # fmt: skip

    assert str(deadline.due_on) == "2026-05-15"  # for 6, 7 and 8: 12, 14, 15
    assert [row.note for row in deadline.days if row.note.startswith("tolled")] == [
        "tolled: unpaid; unanswered"
    ]


def test_tolls_that_do_not_meet_keep_their_own_reasons() -> None:
    deadline = only(
        [clock(tolls=[*FEE, QUESTION])], RECEIVED, estimate("2026-05-04"), "fees_paid 2026-05-05",
        "clarification_requested 2026-05-06", "clarified 2026-05-07",
    )  # fmt: skip

    assert str(deadline.due_on) == "2026-05-14"
    assert [(str(row.on), row.note) for row in deadline.days if "tolled" in row.note] == [
        ("2026-05-05", "tolled: unpaid"),
        ("2026-05-07", "tolled: unanswered"),
    ]


@pytest.mark.parametrize(
    ("amount", "status"), [("25.00", "running"), ("25.01", "tolled"), ("", "tolled")]
)
def test_toll_above_an_amount_begins_past_it(amount: str, status: str) -> None:
    assert only([clock(tolls=FEE)], RECEIVED, estimate("2026-05-06", amount)).status == status


def test_days_suspended_before_the_count_began_are_marked_at_its_end() -> None:
    """The answer counts from May 11, when the acknowledgement was due; May 7 and 8 were lost."""
    answer = clock("answer", count=3, starts=[{"due_of": "response"}], tolls=[QUESTION])
    deadline = only(
        [clock(), answer], RECEIVED, "clarification_requested 2026-05-06", "clarified 2026-05-08"
    )

    assert (str(deadline.starts_on), str(deadline.due_on)) == ("2026-05-11", "2026-05-19")
    assert [(str(row.on), row.number, row.note) for row in deadline.days] == [
        ("2026-05-11", None, "response was due: not counted"),
        ("2026-05-12", 1, ""),
        ("2026-05-13", None, "Midweek"),
        ("2026-05-14", 2, ""),
        ("2026-05-15", 3, ""),
        ("2026-05-16", None, "weekend"),
        ("2026-05-18", 4, "added for a day suspended before the count began"),
        ("2026-05-19", 5, "added for a day suspended before the count began"),
    ]
