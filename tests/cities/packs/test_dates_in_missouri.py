"""Missouri, by hand: RSMo §§ 9.010, 610.023, 610.026, 610.027."""

import pytest

from tests.cities.worked import MO, Example, deadline, deadlines, example, happened

ACT = "RSMo § 610.023.3"
FEES = "RSMo § 610.026.2 (2025)"

EXAMPLES = [
    example(
        "Lincoln's Birthday: a legal holiday on which the city may be open", MO,
        "received 2026-02-10", clock="response", law=f"{ACT}; § 9.010",
        due_on="2026-02-17", earliest_on="2026-02-13",
    ),
    example(
        "Columbus Day: another", MO, "received 2026-10-08",
        clock="response", law=f"{ACT}; § 9.010", due_on="2026-10-14", earliest_on="2026-10-13",
    ),
    example(
        "a legal holiday on which the city entered a closure is settled", MO,
        "received 2026-10-08", closures=[("2026-10-12", "city holiday")],
        clock="response", law=f"{ACT}; § 610.020.2",
        due_on="2026-10-14", earliest_on="2026-10-14", unsettled="",
    ),
    example(
        "Truman Day on a Saturday does not move to Friday", MO, "received 2027-05-05",
        clock="response", law=f"{ACT}; § 9.010", due_on="2027-05-10", earliest_on="2027-05-10",
    ),
    example(
        "Juneteenth on a Saturday does not move to Friday", MO, "received 2027-06-16",
        clock="response", law=f"{ACT}; § 9.010", due_on="2027-06-21",
    ),
    example(
        "the city's third-Friday Juneteenth, entered, and the legal one on Monday", MO,
        "received 2028-06-14", closures=[("2028-06-16", "Juneteenth, third Friday")],
        clock="response", law=f"{ACT}; § 9.010", due_on="2028-06-21", earliest_on="2028-06-20",
    ),
    example(
        "Juneteenth on the third Friday is a day off on either count", MO, "received 2026-06-16",
        clock="response", law=f"{ACT}; § 9.010", due_on="2026-06-22", earliest_on="2026-06-22",
    ),
    example(
        "July 4 on a Sunday moves to Monday", MO, "received 2027-07-01",
        clock="response", law=f"{ACT}; § 9.010", due_on="2027-07-07",
    ),
    example(
        "received on a Saturday", MO, "received 2026-08-01",
        clock="response", law=ACT, due_on="2026-08-05",
    ),
    example(
        "a reason for delay that names a date moves the day", MO, "received 2026-08-03",
        happened("extended 2026-08-05", until="2026-08-28"),
        clock="response", law=f"{ACT}; Gross v. Parson", due_on="2026-08-28",
    ),
    example(
        "one that names no date does not", MO, "received 2026-08-03", "extended 2026-08-05",
        clock="response", law=f"{ACT}; Gross v. Parson", due_on="2026-08-06",
        remarks=("extended on Aug 5, 2026: it names no date, so it extends nothing",),
    ),
    example(
        "one that comes too late does not", MO, "received 2026-08-03",
        happened("extended 2026-08-07", until="2026-08-28"),
        clock="response", law=ACT, due_on="2026-08-06",
    ),
    example(
        "exactly $1,000 lapses after ninety days", MO, "received 2026-12-01",
        happened("fees_estimated 2026-12-07", amount="1000.00"),
        clock="fee_lapse", law=FEES, nominal_on="2027-03-07",
    ),
    example(
        "a cent more, after a hundred and fifty", MO, "received 2026-12-01",
        happened("fees_estimated 2026-12-07", amount="1000.01"),
        clock="fee_lapse", law=FEES, due_on="2027-05-06", nominal_on="2027-05-06",
    ),
    example(
        "an amount not known lapses after the shorter time", MO, "received 2026-12-01",
        "fees_estimated 2026-12-07", clock="fee_lapse", law=FEES, nominal_on="2027-03-07",
    ),
    example(
        "a last day on Truman Day: pay the day before, whether or not the city is open", MO,
        "received 2026-02-02", happened("fees_estimated 2026-02-07", amount="400"),
        clock="fee_lapse", law=f"{FEES}; §§ 1.040, 9.010",
        due_on="2026-05-07", nominal_on="2026-05-08", latest_on="2026-05-11",
    ),
    example(
        "a question unanswered lapses after ninety days", MO, "received 2026-08-31",
        "clarification_requested 2026-09-01",
        clock="clarification_lapse", law="RSMo § 610.026 (2025)", due_on="2026-11-30",
    ),
    example(
        "after a hundred and fifty where the fees quoted exceed $1,000", MO, "received 2026-08-31",
        happened("fees_estimated 2026-09-01", amount="1500"), "clarification_requested 2026-09-01",
        clock="clarification_lapse", law="RSMo § 610.026 (2025)", nominal_on="2027-01-29",
    ),
    example(
        "suit within a year of the denial", MO, "received 2026-05-11", "denied 2026-05-14",
        clock="court", law="RSMo § 610.027.5", due_on="2027-05-14", status="running",
        confidence="second_hand",
    ),
    example(
        "within a year of the silence, at its strict reading", MO, "received 2026-05-05",
        clock="court", law="RSMo §§ 610.023.3, 610.027.5",
        starts_on="2026-05-08", due_on="2027-05-07", nominal_on="2027-05-08",
        latest_on="2027-05-10", status="projected",
    ),
    example(
        "a year from a leap day", MO, "received 2028-02-24", "denied 2028-02-29",
        clock="court", law="RSMo § 610.027.5", due_on="2029-02-28",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case.why)
def test_missouri_counts(case: Example) -> None:
    assert case.got() == case.expect, case.law


def test_lapse_of_2025_does_not_reach_a_request_received_before() -> None:
    """HB 145 took effect on August 28, 2025; the day of receipt governs."""
    fee = happened("fees_estimated 2025-09-02", amount="400")
    before = deadlines(MO, "received 2025-08-27", fee)
    since = deadlines(MO, "received 2025-08-28", fee)

    assert "fee_lapse" not in {d.clock for d in before}
    assert "fee_lapse" in {d.clock for d in since}


def test_each_request_for_grounds_has_its_own_three_days() -> None:
    """RSMo § 610.023.4"""
    found = deadlines(
        MO,
        "received 2026-05-11",
        "denied 2026-05-14",
        "grounds_requested 2026-05-18",
        "grounds_given 2026-05-20",
        "grounds_requested 2026-06-01",
    )
    grounds = [(str(d.due_on), d.status) for d in found if d.clock == "grounds"]
    assert grounds == [("2026-05-21", "met"), ("2026-06-04", "running")]


def test_silence_says_why_the_city_may_be_open() -> None:
    response = deadline(MO, "response", "received 2026-05-05")
    assert "§ 610.020.2" in response.unsettled
    assert [str(reading.on) for reading in response.readings] == ["2026-05-08"]


def test_revised_fee_is_safe_from_the_first_request() -> None:
    lapse = deadline(
        MO,
        "fee_lapse",
        "received 2026-08-03",
        happened("fees_estimated 2026-08-05", amount="400"),
        happened("fees_estimated 2026-09-01", amount="300"),
    )
    assert (str(lapse.due_on), str(lapse.latest_on)) == ("2026-11-03", "2026-11-30")


def test_fee_asked_for_after_the_first_was_paid_has_its_own_ninety_days() -> None:
    found = deadlines(
        MO,
        "received 2026-08-03",
        happened("fees_estimated 2026-08-05", amount="400"),
        "fees_paid 2026-08-10",
        happened("fees_estimated 2026-08-31", amount="50"),
    )
    lapses = [(d.status, str(d.nominal_on)) for d in found if d.clock == "fee_lapse"]
    assert lapses == [("met", "2026-11-03"), ("running", "2026-11-29")]
