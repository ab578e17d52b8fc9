"""Oregon, by hand: ORS 187.010, 192.311, 192.324, 192.329, 192.411, 192.418."""

import pytest

from tests.cities.worked import OR, Example, deadline, deadlines, example, happened

ACK = "ORS 192.324(2), 192.311(1), 187.010"
ANSWER = "ORS 192.329(5)"
FEE, QUESTION = "ORS 192.329(3), 192.324(4)(c)", "ORS 192.329(4)"
DA = {"route": "district_attorney"}
MARCH = "received 2027-03-01"  # acknowledgement due March 8, response March 22
LATE = "fee not yet paid, from Mar 25, 2027: after the last day, so it stops nothing"

EXAMPLES = [
    example("the day after Thanksgiving counts", OR, "received 2026-11-20",
            clock="acknowledgement", law=ACK, due_on="2026-11-30"),
    example("and the answer counts from that day", OR, "received 2026-11-20",
            clock="response", law=ANSWER, due_on="2026-12-14"),
    example("Columbus Day counts", OR, "received 2026-10-07", clock="acknowledgement", law=ACK,
            due_on="2026-10-14"),
    example("Juneteenth on a Saturday is kept on Friday", OR, "received 2027-06-14",
            clock="acknowledgement", law=ACK, due_on="2027-06-22"),
    example("the answer counts from the day the acknowledgement was due, not from the act", OR,
            MARCH, "acknowledged 2027-03-02", clock="response", law=ANSWER, due_on="2027-03-22"),
    example("a fee suspends it, however small", OR, "received 2026-11-02",
            happened("fees_estimated 2026-11-12", amount="20.00"), clock="response", law=FEE,
            due_on=None, earliest_on=None, nominal_on=None, status="tolled"),
    example("and paid, its business days go onto the last day", OR, "received 2026-11-02",
            happened("fees_estimated 2026-11-12", amount="20.00"), "fees_paid 2026-11-23",
            clock="response", law=FEE, due_on="2026-12-04", status="running"),
    example("an amount not known does", OR, "received 2026-11-02", "fees_estimated 2026-11-12",
            clock="response", law=FEE, status="tolled"),
    example("a fee waived lets it run again", OR, MARCH,
            happened("fees_estimated 2027-03-10", amount="90"), "fees_waived 2027-03-11",
            clock="response", law=FEE, due_on="2027-03-23"),
    example("a question answered after three business days", OR, MARCH,
            "clarification_requested 2027-03-10", "clarified 2027-03-15",
            clock="response", law=QUESTION, due_on="2027-03-25"),
    example("a question declined after three business days", OR, MARCH,
            "clarification_requested 2027-03-10", "clarification_declined 2027-03-15",
            clock="response", law=QUESTION, due_on="2027-03-25"),
    example("a question declined is open no longer", OR, MARCH,
            "clarification_requested 2027-03-10", "clarification_declined 2027-03-15",
            clock="clarification_lapse", law=QUESTION, status="met", met_on="2027-03-15"),
    example("a question before the count began is added all the same", OR, MARCH,
            "clarification_requested 2027-03-04", "clarified 2027-03-10",
            clock="response", law=QUESTION, due_on="2027-03-26"),
    example("a question never suspends the acknowledgement", OR, MARCH,
            "clarification_requested 2027-03-04", clock="acknowledgement", law=ACK,
            due_on="2027-03-08"),
    example("a question answered the same day moves nothing", OR, MARCH,
            "clarification_requested 2027-03-10", "clarified 2027-03-10",
            clock="response", law=QUESTION, due_on="2027-03-22"),
    example("a question on Friday answered on Sunday moves nothing", OR, MARCH,
            "clarification_requested 2027-03-12", "clarified 2027-03-14",
            clock="response", law=QUESTION, due_on="2027-03-22"),
    example("days suspended twice are added once", OR, MARCH,
            happened("fees_estimated 2027-03-09", amount="90"),
            "clarification_requested 2027-03-11", "clarified 2027-03-12", "fees_paid 2027-03-16",
            clock="response", law=f"{FEE}, (4)", due_on="2027-03-29"),
    example("two spells are added up", OR, MARCH,
            "clarification_requested 2027-03-09", "clarified 2027-03-10",
            happened("fees_estimated 2027-03-15", amount="90"), "fees_paid 2027-03-17",
            clock="response", law=f"{FEE}, (4)", due_on="2027-03-25"),
    example("suspended on the last day: due on the day it is answered", OR, MARCH,
            "clarification_requested 2027-03-22", "clarified 2027-03-24",
            clock="response", law=QUESTION, due_on="2027-03-24"),
    example("a fee asked for after the last day suspends nothing", OR, MARCH,
            happened("fees_estimated 2027-03-25", amount="90"), clock="response", law=FEE,
            due_on="2027-03-22", status="running",
            remarks=(LATE,)),
    example("a fee unpaid for sixty days", OR, "received 2026-11-02",
            happened("fees_estimated 2026-11-12", amount="180"), clock="fee_lapse", law=FEE,
            due_on="2027-01-11", nominal_on="2027-01-11"),
    example("sixty days that end on a Saturday", OR, "received 2026-11-02",
            happened("fees_estimated 2026-11-10", amount="180"), clock="fee_lapse", law=FEE,
            due_on="2027-01-08", nominal_on="2027-01-09", latest_on="2027-01-11"),
    example("an estimate of the date takes the place of the answer", OR, "received 2026-11-02",
            happened("extended 2026-11-20", until="2027-01-15"), clock="response",
            law="ORS 192.329(5)(b)", due_on="2027-01-15"),
    example("seven days that end on a Saturday: unsettled", OR, "received 2026-07-01",
            "denied 2026-07-08", happened("appeal_filed 2026-08-01", **DA),
            clock="appeal_decision", law="ORS 192.411(1), 187.010", nominal_on="2026-08-08",
            earliest_on="2026-08-08", due_on="2026-08-10"),
    example("seven days from the day the petition is received", OR, "received 2026-07-01",
            "denied 2026-07-08",
            happened("appeal_filed 2026-07-30", **DA, received_on="2026-08-03"),
            clock="appeal_decision", law="ORS 192.411(1)", due_on="2026-08-10"),
    example("seven days to comply", OR, "received 2026-07-01", "denied 2026-07-08",
            happened("appeal_filed 2026-08-03", **DA),
            happened("appeal_decided 2026-08-10", **DA, outcome="reversed"),
            clock="compliance", law="ORS 192.411(2)", due_on="2026-08-17", status="running"),
    example("seven days to comply end on Labor Day", OR, "received 2026-07-01", "denied 2026-07-08",
            happened("appeal_filed 2026-08-24", **DA),
            happened("appeal_decided 2026-08-31", **DA, outcome="modified"),
            clock="compliance", law="ORS 192.411(2), 187.010(3)", due_on="2026-09-08",
            earliest_on="2026-09-08", nominal_on="2026-09-07"),
    example("an elected official's seven days end on New Year's Day", OR, "received 2026-12-25",
            custodian="elected_official", clock="deemed_denial", law="ORS 192.418(2), 187.010(3)",
            due_on="2027-01-04", nominal_on="2027-01-01", confidence="second_hand"),
]  # fmt: skip


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case.why)
def test_oregon_counts(case: Example) -> None:
    assert case.got() == case.expect, case.law


def test_order_of_the_district_attorney_against_us_starts_no_compliance() -> None:
    found = deadlines(
        OR,
        "received 2026-07-01",
        "denied 2026-07-08",
        happened("appeal_filed 2026-08-03", **DA),
        happened("appeal_decided 2026-08-10", **DA, outcome="affirmed"),
    )
    assert "compliance" not in {d.clock for d in found}


def test_suit_by_the_city_ends_the_seven_days() -> None:
    compliance = deadline(
        OR,
        "compliance",
        "received 2026-07-01",
        "denied 2026-07-08",
        happened("appeal_filed 2026-08-03", **DA),
        happened("appeal_decided 2026-08-10", **DA, outcome="reversed"),
        "lawsuit 2026-08-14",
    )
    assert compliance.status == "void"


def test_seven_days_of_silence_are_only_for_elected_officials() -> None:
    assert "deemed_denial" not in {d.clock for d in deadlines(OR, MARCH)}


def test_denial_before_the_acknowledgement_was_due_meets_both() -> None:
    found = deadlines(OR, MARCH, "denied 2027-03-03")
    assert [(d.clock, d.status, str(d.met_on)) for d in found] == [
        ("acknowledgement", "met", "2027-03-03"),
        ("response", "met", "2027-03-03"),
    ]


def test_denial_while_tolled_meets_the_response() -> None:
    response = deadline(
        OR, "response", MARCH, "clarification_requested 2027-03-10", "denied 2027-03-12"
    )
    assert (response.status, response.due_on, str(response.met_on)) == ("met", None, "2027-03-12")
