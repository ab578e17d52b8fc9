"""A clock of ours: the last day that is safe on every reading, and the readings beside it."""

from typing import Any

import pytest

from cities.clocks.derive import Closure, CountedDay
from tests.cities.clocks.simple import clock, derived, only, ours
from tests.cities.worked import happened, on

RECEIVED, DENIED = "received 2026-04-20", "denied 2026-04-20"


@pytest.mark.parametrize(
    ("count", "due", "nominal", "latest"),
    [
        # From April 20: May 1 is a holiday, a Friday; 2 a Saturday; 3 a Sunday; 4 a Monday.
        (10, "2026-04-30", "2026-04-30", "2026-04-30"),
        (11, "2026-04-30", "2026-05-01", "2026-05-04"),
        (12, "2026-04-30", "2026-05-02", "2026-05-04"),
        (13, "2026-04-30", "2026-05-03", "2026-05-04"),
        (14, "2026-05-04", "2026-05-04", "2026-05-04"),
    ],
)
def test_we_act_by_the_last_business_day_on_or_before_the_bare_count(
    count: int, due: str, nominal: str, latest: str
) -> None:
    deadline = only([ours(count=count)], RECEIVED, DENIED)

    assert str(deadline.due_on) == str(deadline.earliest_on) == due
    assert (str(deadline.nominal_on), str(deadline.latest_on)) == (nominal, latest)


@pytest.mark.parametrize(
    ("unit", "count", "denied", "nominal"),
    [
        ("months", 1, "2027-01-31", "2027-02-28"),
        ("months", 1, "2028-01-31", "2028-02-29"),
        ("months", 1, "2027-02-28", "2027-03-28"),
        ("months", 2, "2026-12-31", "2027-02-28"),
        ("months", 12, "2026-06-15", "2027-06-15"),
        ("years", 1, "2026-06-15", "2027-06-15"),
        ("calendar_days", 365, "2026-06-15", "2027-06-15"),
    ],
)
def test_month_or_year_ends_on_the_same_day_or_the_months_last(
    unit: str, count: int, denied: str, nominal: str
) -> None:
    deadline = only([ours(unit=unit, count=count)], "received 2026-06-01", f"denied {denied}")

    assert str(deadline.nominal_on) == nominal


def test_readings_say_why_the_last_days_are_not_safe() -> None:
    deadline = only([ours(count=12, unsettled_roll="It may move (§ 9).")], RECEIVED, DENIED)

    assert [(r.name, str(r.on), r.why) for r in deadline.readings] == [
        ("bare count", "2026-05-02", "the bare last day, which is no business day (weekend)"),
        ("most generous", "2026-05-04", "the last day moves to the next business day"),
    ]
    assert deadline.unsettled == "It may move (§ 9)."


def test_last_day_that_is_a_business_day_leaves_nothing_open() -> None:
    deadline = only([ours(unsettled_roll="It may move (§ 9).")], RECEIVED, DENIED)

    assert (deadline.readings, deadline.unsettled) == ((), "")


# Which acts open a window -------------------------------------------------------------------------

AGAIN = "A second denial may start it anew (§ 9)."


def windows(*events: Any, **keys: Any) -> list[tuple[str, str, str]]:
    appeal = ours(unsettled_starts=AGAIN, **keys)
    found = derived([appeal], RECEIVED, DENIED, *events)
    return [(str(d.starts_on), str(d.latest_on), d.unsettled) for d in found]


def test_second_act_within_the_window_is_a_later_reading_of_the_same() -> None:
    """Ten days from April 20 end on the 30th; from the 23rd on May 3, a Sunday."""
    assert windows("denied 2026-04-23") == [("2026-04-20", "2026-05-04", AGAIN)]
    deadline = only([ours(unsettled_starts=AGAIN)], RECEIVED, DENIED, "denied 2026-04-23")
    assert [(r.name, str(r.on), r.why) for r in deadline.readings] == [
        ("most generous", "2026-05-04", "counted from Apr 23, 2026 (denied)")
    ]


def test_act_on_the_last_day_is_of_the_window_and_one_after_it_is_not() -> None:
    """One over the same wrong had ended: whether there is another, the law leaves open."""
    assert [start for start, _, _ in windows("denied 2026-04-30")] == ["2026-04-20"]
    assert windows("denied 2026-05-01") == [
        ("2026-04-20", "2026-04-30", ""),
        ("2026-05-01", "2026-05-11", AGAIN),
    ]


@pytest.mark.parametrize("denied_again", ["2026-04-22", "2026-04-24"])
def test_act_once_the_window_was_used_opens_one_of_its_own(denied_again: str) -> None:
    starts = windows("appeal_filed 2026-04-22", f"denied {denied_again}")

    assert [start for start, _, _ in starts] == ["2026-04-20", denied_again]


def test_act_before_the_window_was_used_is_of_it() -> None:
    starts = windows("appeal_filed 2026-04-22", "denied 2026-04-21")

    assert [start for start, _, _ in starts] == ["2026-04-20"]


# How much is at stake -----------------------------------------------------------------------------

FEE: dict[str, Any] = {
    "starts": ["fees_estimated", "clarification_requested"], "met_by": ["fees_paid"],
    "larger_amounts": [{"above": 500, "count": 20}, {"above": 2000, "count": 30}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "nominal"),
    [
        ("500.00", "2026-05-01"),
        ("500.01", "2026-05-11"),
        ("2000", "2026-05-11"),
        ("2000.01", "2026-05-21"),
        ("", "2026-05-01"),  # not known: the shortest
    ],
)
def test_more_money_gives_more_days_past_each_threshold(amount: str, nominal: str) -> None:
    estimate = happened("fees_estimated 2026-04-21", amount=amount)

    assert str(only([ours("fee_lapse", **FEE)], RECEIVED, estimate).nominal_on) == nominal


def test_amount_at_stake_is_that_of_the_last_estimate_made_by_then() -> None:
    events = (
        happened("fees_estimated 2026-04-21", amount="100"),
        happened("fees_estimated 2026-04-22", amount="3000"),
        "clarification_requested 2026-04-22",
        happened("fees_estimated 2026-04-24", amount="100"),
    )
    only_questions = {**FEE, "starts": ["clarification_requested"]}

    deadline = only([ours("fee_lapse", **only_questions)], RECEIVED, *events)

    assert str(deadline.nominal_on) == "2026-05-22"


def test_question_without_any_estimate_gives_the_shortest_time() -> None:
    deadline = only([ours("fee_lapse", **FEE)], RECEIVED, "clarification_requested 2026-04-21")

    assert str(deadline.nominal_on) == "2026-05-01"


# When it is met -----------------------------------------------------------------------------------

POSTED: dict[str, Any] = {"postmark_counts": True}


@pytest.mark.parametrize(
    ("facts", "met_on"),
    [
        ({}, "2026-05-05"),
        ({"received_on": "2026-05-07"}, "2026-05-05"),  # entered for the day it went out
        ({"received_on": "2026-04-30", "mailed_on": "2026-04-29"}, "2026-04-30"),
        ({"received_on": "2026-05-01", "mailed_on": "2026-04-30"}, "2026-04-30"),
        (
            {"received_on": "2026-05-04", "postmarked_on": "2026-05-01", "mailed_on": "2026-04-30"},
            "2026-05-01",  # the postmark counts before what was written on the letter
        ),
        ({"received_on": "2026-05-01", "postmarked_on": "2026-05-02"}, "2026-05-01"),
    ],
)
def test_what_arrives_after_the_last_day_counts_as_of_its_postmark(
    facts: dict[str, str], met_on: str
) -> None:
    filed = happened("appeal_filed 2026-05-05", **facts)

    deadline = only([ours(**POSTED)], RECEIVED, DENIED, filed)

    assert (deadline.status, str(deadline.met_on)) == ("met", met_on)


def test_without_that_rule_a_filing_counts_on_its_own_day() -> None:
    filed = happened("appeal_filed 2026-05-05", received_on="2026-05-06", mailed_on="2026-04-30")

    assert str(only([ours()], RECEIVED, DENIED, filed).met_on) == "2026-05-05"


@pytest.mark.parametrize("ending", ["withdrawn", "lawsuit"])
def test_end_or_another_event_voids_a_window_that_was_not_used(ending: str) -> None:
    appeal = ours(voided_by=["lawsuit"])

    assert only([appeal], RECEIVED, DENIED, f"{ending} 2026-04-22").status == "void"
    used = only([appeal], RECEIVED, DENIED, "appeal_filed 2026-04-21", f"{ending} 2026-04-22")
    assert used.status == "met"


def test_window_of_a_silence_is_projected_until_somebody_denies_or_records_it() -> None:
    law = [clock(), ours(starts=["denied", {"silence_of": "response"}])]

    assert only(law, RECEIVED).status == "projected"
    assert only(law, RECEIVED, "deemed_denied 2026-04-28").status == "running"
    assert only(law, RECEIVED, "denied 2026-04-29").status == "running"


@pytest.mark.parametrize(
    ("answered", "clocks"),
    [("2026-04-27", ["response"]), ("2026-04-28", ["response", "appeal"])],
)
def test_silence_is_broken_by_an_answer_on_the_last_day(answered: str, clocks: list[str]) -> None:
    """Five business days from April 20 end on the 27th."""
    law = [clock(), ours(starts=[{"silence_of": "response"}])]

    assert [d.clock for d in derived(law, RECEIVED, f"granted {answered}")] == clocks


def test_request_that_ended_by_the_last_day_was_met_with_no_silence() -> None:
    law = [clock(), ours(starts=[{"silence_of": "response"}])]

    assert [d.clock for d in derived(law, RECEIVED, "withdrawn 2026-04-27")] == ["response"]
    assert [(d.clock, d.status) for d in derived(law, RECEIVED, "withdrawn 2026-04-28")] == [
        ("response", "void"), ("appeal", "void"),
    ]  # fmt: skip


# Its days -----------------------------------------------------------------------------------------


def test_fourteen_days_stand_one_by_one_and_fifteen_are_a_run() -> None:
    short = only([ours(count=14)], RECEIVED, DENIED).days
    long = only([ours(count=15)], RECEIVED, DENIED).days

    assert [row.number for row in short] == [None, *range(1, 15)]
    assert long == (
        CountedDay(on("2026-04-20"), None, "denied: not counted"),
        CountedDay(on("2026-04-21"), 15, "", on("2026-05-05")),
    )


def test_days_past_the_safe_one_are_counted_with_the_reason() -> None:
    deadline = only([ours(count=13)], RECEIVED, DENIED)

    assert deadline.days[-4:] == (
        CountedDay(on("2026-04-29"), 9, ""),
        CountedDay(on("2026-04-30"), 10, ""),
        CountedDay(on("2026-05-01"), 11, "May Day"),
        CountedDay(on("2026-05-02"), 13, "weekend", on("2026-05-03")),
    )


def test_city_closure_makes_a_day_unsafe_only_where_we_file_at_the_city() -> None:
    closed = (Closure(on("2026-04-30"), "flood"),)

    at_city = only([ours()], RECEIVED, DENIED, closures=closed)
    elsewhere = only([ours(filed_with="body")], RECEIVED, DENIED, closures=closed)

    assert (str(at_city.due_on), str(at_city.latest_on)) == ("2026-04-29", "2026-05-04")
    assert str(elsewhere.due_on) == "2026-04-30"
