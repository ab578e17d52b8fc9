"""California, by hand: Gov. Code § 7922.535; Code Civ. Proc. §§ 12, 12a, 12b, 135."""

import pytest

from tests.cities.worked import CONCORD, STOCKTON, Example, deadline, deadlines, example, happened

TEN = "Gov. Code § 7922.535(a); Code Civ. Proc. §§ 12, 12a, 135"
MORE = "Gov. Code § 7922.535(b)"
LATE = "extended on Aug 14, 2026: after the last day, Aug 13, 2026, so it extends nothing"

EXAMPLES = [
    example("a Sunday rolls", STOCKTON, "received 2026-08-06", clock="response", law=TEN,
            due_on="2026-08-17", nominal_on="2026-08-16", earliest_on="2026-08-17", unsettled=""),
    example("Lincoln Day rolls", CONCORD, "received 2026-02-02", clock="response", law=TEN,
            due_on="2026-02-13"),
    example("Farmworkers Day rolls", CONCORD, "received 2026-03-21", clock="response", law=TEN,
            due_on="2026-04-01"),
    example("Martin Luther King Jr. Day rolls", STOCKTON, "received 2027-01-08",
            clock="response", law=TEN, due_on="2027-01-19"),
    example("Columbus Day does not roll", STOCKTON, "received 2026-10-02",
            clock="response", law=TEN, due_on="2026-10-12"),
    example("Admission Day does not roll", STOCKTON, "received 2026-08-30",
            clock="response", law=TEN, due_on="2026-09-09"),
    example("April 24 does not roll", CONCORD, "received 2026-04-14",
            clock="response", law=TEN, due_on="2026-04-24"),
    example("Diwali does not roll", CONCORD, "received 2027-10-19",
            clock="response", law=TEN, due_on="2027-10-29"),
    example("Good Friday does not roll", CONCORD, "received 2026-03-24",
            clock="response", law=TEN, due_on="2026-04-03"),
    example("the Friday before a Saturday July 4 moves it on one reading", STOCKTON,
            "received 2026-06-23", clock="response", law=f"{TEN}; Cal. Rules of Court, rule 1.11",
            nominal_on="2026-07-03", earliest_on="2026-07-03", due_on="2026-07-06"),
    example("a Sunday July 4 is kept on Monday", STOCKTON, "received 2027-06-24",
            clock="response", law=f"{TEN}; Gov. Code § 6701", due_on="2027-07-06"),
    example("a Saturday Juneteenth is not kept on Friday", STOCKTON, "received 2027-06-08",
            clock="response", law=f"{TEN}; Gov. Code § 6701", due_on="2027-06-18"),
    example("a Sunday Juneteenth is not kept on Monday", STOCKTON, "received 2033-06-09",
            clock="response", law=f"{TEN}; Gov. Code § 6701", due_on="2033-06-20"),
    example("a Saturday Veterans Day is kept on Friday", CONCORD, "received 2028-10-31",
            clock="response", law=f"{TEN}; Gov. Code § 6701", due_on="2028-11-13"),
    example("a leap day is a day", STOCKTON, "received 2028-02-19",
            clock="response", law=TEN, due_on="2028-02-29"),
    example("AB 1821 is not law: calendar days in 2027 too", CONCORD, "received 2027-01-04",
            clock="response", law=TEN, due_on="2027-01-14"),
    example("a closure inside the count is counted", CONCORD, "received 2026-08-03",
            closures=[("2026-08-10", "city holiday")], clock="response", law=TEN,
            due_on="2026-08-13"),
    example("a closure after a rolled day rolls it on", CONCORD, "received 2026-08-06",
            closures=[("2026-08-17", "city holiday")], clock="response",
            law=f"{TEN}; § 12b", due_on="2026-08-18"),
    example("a fee stops nothing", CONCORD, "received 2026-08-03",
            happened("fees_estimated 2026-08-06", amount="500"), clock="response", law=TEN,
            due_on="2026-08-13", status="running"),
    example("an acknowledgement is no determination", CONCORD, "received 2026-08-03",
            "acknowledged 2026-08-04", clock="response", law=TEN, status="running", met_on=None),
    example("fourteen more from a rolled day: two readings", CONCORD, "received 2026-11-16",
            "extended 2026-11-25", clock="response", law=MORE,
            due_on="2026-12-14", earliest_on="2026-12-10", nominal_on="2026-12-10"),
    example("extended on the day it rolled to: in time", CONCORD, "received 2026-08-06",
            "extended 2026-08-17", clock="response", law=MORE,
            due_on="2026-08-31", nominal_on="2026-08-30"),
    example("extended a day late: no extension", CONCORD, "received 2026-08-03",
            "extended 2026-08-14", clock="response", law=MORE, due_on="2026-08-13",
            remarks=(LATE,)),
    example("one extension only", CONCORD, "received 2026-08-03", "extended 2026-08-10",
            "extended 2026-08-20", clock="response", law=MORE, due_on="2026-08-27"),
    example("one extension only, also where the first was short", CONCORD, "received 2026-08-03",
            happened("extended 2026-08-10", until="2026-08-18"), "extended 2026-08-18",
            clock="response", law=MORE, due_on="2026-08-18"),
    example("extended to an earlier date: that date", CONCORD, "received 2026-08-03",
            happened("extended 2026-08-10", until="2026-08-20"), clock="response", law=MORE,
            due_on="2026-08-20"),
    example("extended to a day before the tenth: the tenth stands", CONCORD, "received 2026-08-03",
            happened("extended 2026-08-10", until="2026-08-11"), clock="response", law=MORE,
            due_on="2026-08-13"),
    example("extended past fourteen days: fourteen", CONCORD, "received 2026-08-03",
            happened("extended 2026-08-10", until="2026-09-30"), clock="response", law=MORE,
            due_on="2026-08-27"),
]  # fmt: skip


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case.why)
def test_california_counts(case: Example) -> None:
    assert case.got() == case.expect, case.law


def test_cpra_has_one_clock() -> None:
    """No acknowledgement, no deemed denial, no administrative appeal, no limit to a suit."""
    found = deadlines(STOCKTON, "received 2026-08-03", "denied 2026-08-10")
    assert [d.clock for d in found] == ["response"]


def test_two_readings_of_an_extension_are_explained() -> None:
    response = deadline(CONCORD, "response", "received 2026-11-16", "extended 2026-11-25")
    assert [(r.name, str(r.on)) for r in response.readings] == [("strictest", "2026-12-10")]
    assert "§ 7922.535(b)" in response.unsettled
