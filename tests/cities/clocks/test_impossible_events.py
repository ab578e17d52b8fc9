"""Events that cannot have happened so: refused, with what to correct."""

import pytest

from cities.clocks.derive import ClockError, Closure, Occurrence
from tests.cities.worked import CT, MO, OR, deadline, deadlines, happened, on

RECEIVED = "received 2026-11-09"
QUESTION = "clarification_requested 2026-11-12"
ESTIMATE = happened("fees_estimated 2026-11-12", amount="180.00")


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (("submitted 2026-11-10", RECEIVED), "before it was submitted on Nov 10, 2026"),
        (
            (RECEIVED, "denied 2026-11-03"),
            "denied on Nov 3, 2026 is before the request was received",
        ),
        ((RECEIVED, "received 2026-11-11"), "received twice, on Nov 9, 2026 and Nov 11, 2026"),
        ((RECEIVED, "fees_paid 2026-11-12"), "no fees estimated stands before it"),
        ((RECEIVED, ESTIMATE, "fees_paid 2026-11-11"), "no fees estimated stands before it"),
        (
            (RECEIVED, ESTIMATE, "fees_paid 2026-11-13", "fees_paid 2026-11-16"),
            "settled by fees paid on Nov 13, 2026",
        ),
        (
            (RECEIVED, ESTIMATE, "fees_waived 2026-11-13", "fees_paid 2026-11-16"),
            "settled by fees waived on Nov 13, 2026",
        ),
        ((RECEIVED, "clarified 2026-11-12"), "no clarification requested stands before it"),
        (
            (RECEIVED, QUESTION, "clarified 2026-11-13", "clarified 2026-11-16"),
            "settled by clarified on Nov 13, 2026",
        ),
        (
            (RECEIVED, "clarification_declined 2026-11-12"),
            "no clarification requested stands before it",
        ),
        (
            (RECEIVED, QUESTION, "clarification_declined 2026-11-13", "clarified 2026-11-16"),
            "settled by clarification declined on Nov 13, 2026",
        ),
        (
            (RECEIVED, QUESTION, "clarified 2026-11-13", "clarification_declined 2026-11-16"),
            "settled by clarified on Nov 13, 2026",
        ),
        (
            (RECEIVED, "appeal_decided 2026-11-20", "appeal_filed 2026-11-24"),
            "appeal decided on Nov 20, 2026 is before appeal filed on Nov 24, 2026",
        ),
        (
            (RECEIVED, happened("extended 2026-11-12", until="2026-11-10")),
            "names Nov 10, 2026, a day before it",
        ),
        ((RECEIVED, happened("extended 2026-11-12", until="soon")), "until is 'soon'"),
        ((RECEIVED, happened("fees_estimated 2026-11-12", amount="many")), "'many' is no amount"),
        (("received 2045-12-28",), "covers 2018 to 2045"),
    ],
)
def test_impossible_events_are_refused(events: tuple[Occurrence | str, ...], said: str) -> None:
    with pytest.raises(ClockError, match=said):
        deadlines(OR, *events)


def test_error_says_what_to_do() -> None:
    with pytest.raises(ClockError, match="enter the fees estimated first, or remove this entry"):
        deadlines(OR, RECEIVED, "fees_paid 2026-11-12")


def test_order_in_which_events_are_given_does_not_matter() -> None:
    events = (RECEIVED, ESTIMATE, "acknowledged 2026-11-10", "fees_paid 2026-11-16")
    assert deadlines(OR, *events) == deadlines(OR, *reversed(events))


def test_nothing_runs_before_the_custodian_has_it() -> None:
    assert deadlines(OR, "submitted 2026-11-09") == ()


def test_our_time_runs_even_where_the_receipt_was_not_entered() -> None:
    """A denial is a denial: the thirty days do not wait for the day of receipt."""
    appeal = deadline(CT, "appeal", "submitted 2026-08-03", "denied 2026-08-06")
    assert str(appeal.due_on) == "2026-09-04"


def test_fees_waived_before_any_estimate_are_fine() -> None:
    assert deadlines(MO, RECEIVED, "fees_waived 2026-11-10")


def test_closure_far_outside_the_calendar_is_refused() -> None:
    with pytest.raises(ClockError, match="check the year"):
        deadlines(OR, RECEIVED, closures=(Closure(on("1899-11-10"), "typing error"),))
