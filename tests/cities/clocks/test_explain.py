"""An explanation as text: what a clerk is sent, and an editor reads."""

from dataclasses import replace
from typing import Any

import pytest

from cities.clocks.computed_deadline import Deadline, Reading
from cities.clocks.counting import CountedDay
from cities.clocks.explain import as_json, explain, from_json
from tests.cities.worked import CONCORD, CT, MO, OR, deadline, happened, on

EXPLAINED = """\
Response (the city's): due Monday, November 16, 2026
Four business days after the request is received; no denial in writing by then counts as one. \
It is no deadline for producing the records, which are due promptly.
Conn. Gen. Stat. § 1-206(a) (checked 2026-11-21).

Mon Nov 9               received: not counted
Tue Nov 10              1
Wed Nov 11              Veterans Day
Thu Nov 12              2
Fri Nov 13              3
Nov 14–15               weekend
Mon Nov 16              4, due"""


def test_explanation_counts_day_by_day() -> None:
    assert explain(deadline(CT, "response", "received 2026-11-09")) == EXPLAINED


def test_explanation_gives_each_reading_and_what_is_unsettled() -> None:
    text = explain(deadline(MO, "response", "received 2026-05-05"))
    assert "Reading, strictest: Friday, May 8, 2026 (with May 8, 2026 (Truman Day) counted)" in text
    assert "Unsettled: The Sunshine Law does not define a business day" in text


def test_explanation_of_our_clock_says_why_the_last_days_are_not_safe() -> None:
    text = explain(deadline(CT, "appeal", "received 2026-08-03"))
    assert "Appeal (ours): due Friday, September 4, 2026 if the city stays silent" in text
    assert text.splitlines()[5:7] == [
        "Aug 8 – Sep 4           28, due, the last safe day",
        "Sep 5–6                 30, weekend, the bare last day: do not rely on it",
    ]
    assert "Reading, most generous: Tuesday, September 8, 2026" in text


def test_explanation_of_a_tolled_clock_has_no_date() -> None:
    text = explain(
        deadline(OR, "response", "received 2027-03-01", "clarification_requested 2027-03-10")
    )
    assert text.startswith("Response (the city's): tolled, no date now\n")
    assert "Wed Mar 10              2\nThu Mar 11              tolled: clarification not" in text


def test_act_that_met_a_clock_on_one_reading_only_answered_perhaps() -> None:
    perhaps = deadline(CT, "response", "received 2026-10-29", "acknowledged 2026-10-30")

    assert explain(perhaps).splitlines()[0] == (
        "Response (the city's): due Wednesday, November 4, 2026; perhaps answered Friday, "
        "October 30, 2026"
    )


def test_explanation_of_a_met_clock_says_when_and_whether_late() -> None:
    late = deadline(CONCORD, "response", "received 2026-08-03", "granted 2026-08-20")
    heading = explain(late).splitlines()[0]
    assert heading == (
        "Response (the city's): due Thursday, August 13, 2026; done Thursday, August 20, 2026, late"
    )


def test_explanation_of_an_answer_while_tolled_says_so() -> None:
    response = deadline(
        OR, "response", "received 2027-03-01", "clarification_requested 2027-03-10",
        "denied 2027-03-12",
    )  # fmt: skip
    assert "done Friday, March 12, 2027, while it was tolled" in explain(response)


def test_explanation_says_how_sure_we_are() -> None:
    court = deadline(MO, "court", "received 2026-05-11", "denied 2026-05-14")
    source = "RSMo § 610.027.5 (read in a summary, not in the text itself; checked 2026-11-21)."
    assert source in explain(court)


def test_explanation_names_what_moved_nothing() -> None:
    text = explain(deadline(MO, "response", "received 2026-08-03", "extended 2026-08-05"))
    assert "No effect: extended on Aug 5, 2026: it names no date, so it extends nothing." in text


def test_explanation_of_an_extension_shows_its_days() -> None:
    text = explain(
        deadline(
            MO,
            "response",
            "received 2026-08-03",
            happened("extended 2026-08-05", until="2026-08-28"),
        )
    )
    assert "Aug 7–28                extended on Aug 5, 2026, due" in text


def test_explanation_marks_the_days_added_for_a_question_before_the_count() -> None:
    text = explain(
        deadline(
            OR, "response", "received 2027-03-01", "clarification_requested 2027-03-04",
            "clarified 2027-03-10",
        )
    )  # fmt: skip
    assert (
        "Fri Mar 26              12, added for a day suspended before the count began, due" in text
    )


STORED: dict[str, Any] = {
    "rule": "Five days.",
    "citation": "§ 2",
    "checked_on": "2026-11-21",
    "confidence": "second_hand",
    "unsettled": "It is open.",
    "days": [
        {"on": "2026-05-04", "until": None, "number": None, "note": "received: not counted"},
        {"on": "2026-05-05", "until": "2026-05-06", "number": 2, "note": ""},
    ],
    "readings": [{"name": "strictest", "why": "as it stands", "on": "2026-05-06"}],
    "remarks": ["a notice that came too late"],
}
DATES = {
    "clock": "response", "whose": "city", "status": "running", "starts_on": on("2026-05-04"),
    "due_on": on("2026-05-06"), "earliest_on": on("2026-05-06"), "latest_on": on("2026-05-06"),
    "nominal_on": on("2026-05-06"), "met_on": None, "route": "mayor",
}  # fmt: skip
DEADLINE = Deadline(
    rule="Five days.",
    citation="§ 2",
    checked_on=on("2026-11-21"),
    confidence="second_hand",
    unsettled="It is open.",
    days=(
        CountedDay(on("2026-05-04"), None, "received: not counted"),
        CountedDay(on("2026-05-05"), 2, "", on("2026-05-06")),
    ),
    readings=(Reading("strictest", on("2026-05-06"), "as it stands"),),
    remarks=("a notice that came too late",),
    **DATES,  # type: ignore[arg-type]
)


def test_reasons_are_stored_key_by_key() -> None:
    assert as_json(DEADLINE) == STORED


def test_deadline_is_read_back_from_its_reasons_and_dates() -> None:
    assert from_json(STORED, **DATES) == DEADLINE


def test_reasons_that_nobody_checked_have_no_day() -> None:
    unchecked = replace(DEADLINE, checked_on=None)

    assert as_json(unchecked)["checked_on"] is None
    assert from_json({**STORED, "checked_on": None}, **DATES) == unchecked


def test_explanation_holds_every_part_in_its_order() -> None:
    assert explain(DEADLINE).splitlines() == [
        "Response (the city's): due Wednesday, May 6, 2026",
        "Five days.",
        "§ 2 (read in a summary, not in the text itself; checked 2026-11-21).",
        "",
        "Mon May 4               received: not counted",
        "May 5–6                 2, due",
        "",
        "Reading, strictest: Wednesday, May 6, 2026 (as it stands)",
        "",
        "Unsettled: It is open.",
        "",
        "No effect: a notice that came too late.",
    ]


@pytest.mark.parametrize(
    ("changes", "heading"),
    [
        ({"whose": "ours"}, "Response (ours): due Wednesday, May 6, 2026"),
        (
            {"whose": "body", "clock": "appeal_decision", "status": "void"},
            "Appeal decision (the reviewing body's): due Wednesday, May 6, 2026; no longer runs",
        ),
        (
            {"status": "projected"},
            "Response (the city's): due Wednesday, May 6, 2026 if the city stays silent",
        ),
        (
            {"status": "met", "met_on": on("2026-05-06")},
            "Response (the city's): due Wednesday, May 6, 2026; done Wednesday, May 6, 2026",
        ),
        (
            {"status": "met", "met_on": on("2026-05-07")},
            "Response (the city's): due Wednesday, May 6, 2026; done Thursday, May 7, 2026, late",
        ),
        (
            {"status": "met", "due_on": None, "met_on": on("2026-05-07")},
            "Response (the city's): done Thursday, May 7, 2026, while it was tolled",
        ),
        ({"status": "tolled", "due_on": None}, "Response (the city's): tolled, no date now"),
    ],
)
def test_heading_says_where_it_stands(changes: dict[str, Any], heading: str) -> None:
    assert explain(replace(DEADLINE, **changes)).splitlines()[0] == heading


def test_source_without_a_doubt_or_a_day_is_the_citation_alone() -> None:
    plain = replace(DEADLINE, confidence="found", checked_on=None)

    assert explain(plain).splitlines()[2] == "§ 2."


def test_run_of_days_over_the_end_of_a_month_names_both() -> None:
    run = CountedDay(on("2026-05-30"), None, "weekend", on("2026-06-01"))

    assert (
        explain(replace(DEADLINE, days=(run,))).splitlines()[4] == "May 30 – Jun 1          weekend"
    )
