"""A clock of the city's: its last day, what suspends it, what extends it."""

from datetime import timedelta
from typing import Any

import pytest

from cities.clocks.derive import ClockError, Closure, CountedDay, Deadline
from cities.pack.clock_rules import Clock
from tests.cities.clocks.simple import calendar, clock, derived, only, ours
from tests.cities.worked import happened, on

RECEIVED = "received 2026-05-04"  # a Monday; five business days: May 11


def in_days(count: int, **keys: Any) -> Clock:
    return clock(count=count, unit="calendar_days", **keys)


def dates(deadline: Deadline) -> tuple[str, str]:
    """The strict reading's last day and the generous one's."""
    return str(deadline.earliest_on), str(deadline.due_on)


# Where a last day moves ---------------------------------------------------------------------------


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


# Extensions ---------------------------------------------------------------------------------------


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


# Tolls --------------------------------------------------------------------------------------------

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


# What is unsettled --------------------------------------------------------------------------------


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


# Status -------------------------------------------------------------------------------------------


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
