"""An office's hour: what comes later counts from the next business day, and strictly as it came."""

from typing import Any

import pytest

from cities.clocks.derive import ClockError, Closure, Deadline, Occurrence
from cities.clocks.explain import explain
from tests.cities.worked import CT, MO, STOCKTON, deadline, deadlines, happened, on


def sent(at: str, cut_off: str = "17:00", **facts: Any) -> Occurrence:
    facts = {"left_at": at, "cut_off": cut_off, "cut_off_source": "the clerk's page", **facts}
    return happened(f"received {at[:10]}", **facts)


def days_of(found: Deadline) -> dict[str, str]:
    return {
        name: str(getattr(found, name))
        for name in ("starts_on", "earliest_on", "due_on", "nominal_on")
    }


def test_evening_counts_from_the_next_business_day() -> None:
    """Fri Nov 20, 5:40 p.m.: received Mon Nov 23; ten days to Thu Dec 3, strictly Mon Nov 30."""
    found = deadline(STOCKTON, "response", sent("2026-11-20T17:40"))

    assert days_of(found) == {
        "starts_on": "2026-11-23", "earliest_on": "2026-11-30", "due_on": "2026-12-03",
        "nominal_on": "2026-12-03",
    }  # fmt: skip


def test_explanation_names_the_hour_and_who_says_so() -> None:
    found = deadline(STOCKTON, "response", sent("2026-11-20T17:40"))

    assert found.days[0].note == (
        "sent Fri Nov 20 at 5:40 p.m., after the office's 5 p.m.: counts as received Mon Nov 23: "
        "not counted"
    )
    assert found.unsettled == (
        "The office counts what comes after 5 p.m. as received on the next business day (the "
        "clerk's page); the statute names no hour, so on the strict reading it was received when "
        "it arrived."
    )
    assert "Reading, strictest: Monday, November 30, 2026 (counted from Nov 20, 2026)" in (
        explain(found).splitlines()
    )


@pytest.mark.parametrize(
    ("at", "starts_on"),
    [
        ("2026-11-20T17:00", "2026-11-20"),  # at the hour is not after it
        ("2026-11-20T17:01", "2026-11-23"),
        ("2026-11-20T04:00", "2026-11-20"),
        ("2026-11-21T10:00", "2026-11-23"),  # a Saturday
        ("2026-11-25T18:00", "2026-11-30"),  # Thanksgiving and the day after it
    ],
)
def test_day_it_counts_as_received(at: str, starts_on: str) -> None:
    assert str(deadline(STOCKTON, "response", sent(at)).starts_on) == starts_on


def test_closure_on_the_next_day_is_passed_over() -> None:
    closed = (Closure(on("2026-11-23"), "water main"),)

    found = deadline(STOCKTON, "response", sent("2026-11-20T18:00"), closures=closed)

    assert found.starts_on == on("2026-11-24")


def test_without_an_hour_of_the_office_the_day_stands() -> None:
    evening = happened("received 2026-11-20", left_at="2026-11-20T23:59")

    assert deadline(STOCKTON, "response", evening).starts_on == on("2026-11-20")


def test_city_that_answers_the_same_evening_had_it() -> None:
    found = deadline(CT, "response", sent("2026-11-20T18:00"), "acknowledged 2026-11-20")

    assert found.starts_on == on("2026-11-20")


def test_our_thirty_days_count_from_the_strict_reading_of_the_silence() -> None:
    """Arrived Fri Aug 7: Aug 10 to 13. Received Mon Aug 10: due Aug 14. Ours: 30 after Aug 13."""
    found = deadlines(CT, sent("2026-08-07T19:00"))
    by_clock = {d.clock: d for d in found}

    assert by_clock["response"].due_on == on("2026-08-14")
    assert by_clock["appeal"].starts_on == on("2026-08-13")


def test_request_for_the_grounds_counts_from_the_next_business_day_too() -> None:
    asked = happened("grounds_requested 2026-08-07", left_at="2026-08-07T18:00", cut_off="16:30")

    found = deadline(MO, "grounds", "received 2026-07-06", "denied 2026-07-08", asked)

    assert (str(found.starts_on), str(found.earliest_on), str(found.due_on)) == (
        "2026-08-10", "2026-08-12", "2026-08-13",
    )  # fmt: skip


def test_day_that_a_person_corrected_stands_by_itself() -> None:
    corrected = happened("received 2026-11-24", left_at="2026-11-20T18:00", cut_off="17:00")

    assert deadline(STOCKTON, "response", corrected).starts_on == on("2026-11-24")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"left_at": "yesterday"}, "enter a date and an hour such as 2026-11-20T17:40"),
        ({"cut_off": "five"}, "'five' is no hour: enter one such as 17:00"),
    ],
)
def test_hour_that_is_none_is_refused(facts: dict[str, str], said: str) -> None:
    event = happened(
        "received 2026-11-20", **{"left_at": "2026-11-20T17:40", "cut_off": "17:00", **facts}
    )

    with pytest.raises(ClockError, match=said):
        deadlines(STOCKTON, event)
