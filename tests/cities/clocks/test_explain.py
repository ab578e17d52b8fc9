"""An explanation as text: what a clerk is sent, and an editor reads."""

from cities.clocks.explain import explain
from tests.cities.worked import CONCORD, CT, MO, OR, deadline, happened

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
    assert "Aug 8 – Sep 4           28, due\nSep 5–6                 30, weekend" in text
    assert "Reading, most generous: Tuesday, September 8, 2026" in text


def test_explanation_of_a_tolled_clock_has_no_date() -> None:
    text = explain(
        deadline(OR, "response", "received 2027-03-01", "clarification_requested 2027-03-10")
    )
    assert text.startswith("Response (the city's): tolled, no date now\n")
    assert text.endswith("Wed Mar 10              2\nThu Mar 11              tolled: clarification "
                         "not yet given")  # fmt: skip


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
    assert "RSMo § 610.027.5 (not verified; checked 2026-11-21)." in explain(court)


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
