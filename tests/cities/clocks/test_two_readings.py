"""Where the law is open: the dates on both readings, and the sentence that says why."""

import pytest

from cities.clocks.derive import Closure
from tests.cities.clocks.simple import (
    RECEIVED,
    calendar,
    clock,
    dates,
    derived,
    in_days,
    only,
    ours,
)
from tests.cities.worked import on


def test_unsettled_closure_counts_on_the_strict_reading() -> None:
    rules = calendar(closures="unsettled", unsettled_closures="Closures are open (§ 5).")
    deadline = only(
        [clock()], RECEIVED, rules=rules, closures=(Closure(on("2026-05-06"), "flood"),)
    )

    assert dates(deadline) == ("2026-05-11", "2026-05-12")
    assert deadline.unsettled == "Closures are open (§ 5)."
    assert [(r.name, str(r.on), r.why) for r in deadline.readings] == [
        ("strictest", "2026-05-11", "with May 6, 2026 (closed: flood) counted")
    ]


@pytest.mark.parametrize("closed_on", ["2026-05-04", "2026-05-13"])
def test_unsettled_closure_outside_the_count_is_no_matter(closed_on: str) -> None:
    rules = calendar(closures="unsettled", unsettled_closures="Closures are open (§ 5).",
                     holidays=[{"name": "May Day", "on": "may 1"}])  # fmt: skip
    deadline = only([clock()], RECEIVED, rules=rules, closures=(Closure(on(closed_on), "flood"),))

    assert (dates(deadline), deadline.unsettled) == (("2026-05-11", "2026-05-11"), "")


def test_holiday_on_which_the_city_may_be_open_counts_on_the_strict_reading() -> None:
    rules = calendar(
        unsettled_holidays="Midweek is open (§ 6).",
        holidays=[{"name": "Midweek", "on": "may 6", "city_may_be_open": True}],
    )
    deadline = only([clock()], RECEIVED, rules=rules)

    assert dates(deadline) == ("2026-05-11", "2026-05-12")
    assert deadline.unsettled == "Midweek is open (§ 6)."


def test_two_disputed_days_are_named_together() -> None:
    rules = calendar(
        closures="unsettled", unsettled_closures="Closures are open (§ 5).",
        unsettled_holidays="Midweek is open (§ 6).",
        holidays=[{"name": "Midweek", "on": "may 6", "city_may_be_open": True}],
    )  # fmt: skip
    deadline = only(
        [clock()], RECEIVED, rules=rules, closures=(Closure(on("2026-05-07"), "flood"),)
    )

    assert dates(deadline) == ("2026-05-11", "2026-05-13")
    assert deadline.unsettled == "Closures are open (§ 5). Midweek is open (§ 6)."
    assert deadline.readings[0].why == (
        "with May 6, 2026 (Midweek) and May 7, 2026 (closed: flood) counted"
    )


def test_count_may_run_from_sending() -> None:
    deadline = only([clock(sent_reading="From which day is open (§ 7).")],
                    "submitted 2026-05-01", RECEIVED)  # fmt: skip

    assert dates(deadline) == ("2026-05-08", "2026-05-11")
    assert deadline.unsettled == "From which day is open (§ 7)."
    assert deadline.readings[0].why == "counted from May 1, 2026"


def test_count_from_sending_on_the_day_of_receipt_is_one_count() -> None:
    deadline = only([clock(sent_reading="From which day is open (§ 7).")],
                    "submitted 2026-05-04", RECEIVED)  # fmt: skip

    assert (dates(deadline), deadline.unsettled) == (("2026-05-11", "2026-05-11"), "")


def test_city_closure_is_no_matter_to_a_body_elsewhere() -> None:
    body = clock(whose="body", filed_with="body")
    closed = (Closure(on("2026-05-06"), "flood"),)

    assert str(only([body], RECEIVED, closures=closed).due_on) == "2026-05-11"
    assert str(only([clock()], RECEIVED, closures=closed).due_on) == "2026-05-12"


def test_body_elsewhere_is_bound_by_legal_holidays_on_either_reading() -> None:
    rules = calendar(
        unsettled_holidays="Midweek is open (§ 6).",
        holidays=[{"name": "Midweek", "on": "may 6", "city_may_be_open": True}],
    )
    deadline = only([clock(whose="body", filed_with="body")], RECEIVED, rules=rules)

    assert dates(deadline) == ("2026-05-12", "2026-05-12")


def test_last_day_of_a_body_is_open_for_its_own_reason_and_not_for_a_closure() -> None:
    """Twelve days from May 4 end on Saturday, May 16; the city was closed on the 6th."""
    rules = calendar(closures="unsettled", unsettled_closures="Closures are open (§ 5).")
    body = in_days(12, whose="body", filed_with="body", unsettled_roll="It may move (§ 9).")
    deadline = only([body], RECEIVED, rules=rules, closures=(Closure(on("2026-05-06"), "flood"),))

    assert dates(deadline) == ("2026-05-16", "2026-05-18")
    assert deadline.unsettled == "It may move (§ 9)."
    assert deadline.readings[0].why == "the last day does not move"


def test_start_that_nobody_disputes_is_no_reason_for_another_reading() -> None:
    """The first clock is due on May 11 for certain; the closure falls into the second's count."""
    rules = calendar(closures="unsettled", unsettled_closures="Closures are open (§ 5).")
    answer = clock("answer", starts=[{"due_of": "response"}])
    closed = (Closure(on("2026-05-14"), "flood"),)
    deadline = only([clock(), answer], RECEIVED, rules=rules, closures=closed)

    assert dates(deadline) == ("2026-05-19", "2026-05-20")
    assert deadline.readings[0].why == "with May 14, 2026 (closed: flood) counted"


def test_act_that_perhaps_met_it_still_starts_our_clock() -> None:
    response = clock(
        perhaps_met_by=["acknowledged"], unsettled_meeting="Whether it met is open (§ 8)."
    )
    appeal = ours(starts=["denied", {"silence_of": "response"}])

    found = derived([response, appeal], RECEIVED, "acknowledged 2026-05-06")

    assert [(d.clock, d.status, d.unsettled) for d in found] == [
        ("response", "met", "Whether it met is open (§ 8)."),
        ("appeal", "projected", "Whether it met is open (§ 8)."),
    ]


def test_sure_answer_before_a_doubtful_one_settles_it() -> None:
    response = clock(
        perhaps_met_by=["acknowledged"], unsettled_meeting="Whether it met is open (§ 8)."
    )

    found = only([response], RECEIVED, "granted 2026-05-05", "acknowledged 2026-05-06")
    same_day = only([response], RECEIVED, "acknowledged 2026-05-06", "granted 2026-05-06")

    assert (found.unsettled, str(found.met_on)) == ("", "2026-05-05")
    assert same_day.unsettled == ""
