"""Connecticut, by hand: Conn. Gen. Stat. §§ 1-4, 1-206, 4-183."""

import pytest

from tests.cities.worked import CT, Example, deadline, deadlines, example, happened, on

DENIAL = "Conn. Gen. Stat. § 1-206(a)"
APPEAL = "Conn. Gen. Stat. § 1-206(b)(1)"
COURT = "Conn. Gen. Stat. §§ 1-206(d), 4-183(c)(1)"
FOIC = {"route": "foic"}

EXAMPLES = [
    example(
        "Good Friday is no business day", CT, "received 2026-03-31",
        clock="response", law=f"{DENIAL}; § 1-4", due_on="2026-04-07", earliest_on="2026-04-07",
    ),
    example(
        "received on a Saturday: Monday is the first day", CT, "received 2026-08-01",
        clock="response", law=DENIAL, due_on="2026-08-06",
    ),
    example(
        "a personnel file across Good Friday", CT, "received 2026-03-27", track="personnel_file",
        clock="response", law=f"{DENIAL}; § 1-214", due_on="2026-04-13",
    ),
    example(
        "the day after Thanksgiving counts", CT, "received 2026-11-23",
        clock="response", law=f"{DENIAL}; § 1-4", due_on="2026-11-30",
    ),
    example(
        "Juneteenth on a Saturday is kept on Friday", CT, "received 2027-06-15",
        clock="response", law=f"{DENIAL}; § 1-4", due_on="2027-06-22",
    ),
    example(
        "Christmas on a Saturday is kept on Friday", CT, "received 2027-12-22",
        clock="response", law=f"{DENIAL}; § 1-4", due_on="2027-12-29",
    ),
    example(
        "a closure on a Sunday changes nothing", CT, "received 2026-08-07",
        closures=[("2026-08-09", "picnic")],
        clock="response", law=DENIAL, due_on="2026-08-13", earliest_on="2026-08-13",
    ),
    example(
        "a denial in time opens thirty calendar days, which end on a Saturday before Labor Day",
        CT, "received 2026-08-03", "denied 2026-08-06", clock="appeal", law=APPEAL,
        due_on="2026-09-04", nominal_on="2026-09-05", latest_on="2026-09-08", status="running",
    ),
    example(
        "a denial after the silence: safe from the silence, at most from the denial",
        CT, "received 2026-08-03", "denied 2026-08-12", clock="appeal", law=APPEAL,
        due_on="2026-09-04", nominal_on="2026-09-06", latest_on="2026-09-11",
    ),
    example(
        "a denial after the silence's thirty days opens its own",
        CT, "received 2026-08-03", "denied 2026-10-15", clock="appeal", law=APPEAL,
        starts_on="2026-10-15", due_on="2026-11-13", nominal_on="2026-11-14",
    ),
    example(
        "silence taken for a denial runs from the silence, not from the day it was taken so",
        CT, "received 2026-08-03", "deemed_denied 2026-08-20", clock="appeal", law=APPEAL,
        starts_on="2026-08-07", due_on="2026-09-04", status="running",
    ),
    example(
        "sent on Monday, received on Wednesday: late by receipt, appealable by sending",
        CT, "submitted 2026-08-03", "received 2026-08-05", clock="response",
        law=f"{DENIAL}; 222 Conn. App. 17", due_on="2026-08-11", earliest_on="2026-08-07",
    ),
    example(
        "and the appeal counts from the earlier of the two",
        CT, "submitted 2026-08-03", "received 2026-08-05", clock="appeal", law=APPEAL,
        starts_on="2026-08-07", due_on="2026-09-04", status="projected",
    ),
    example(
        "an unsettled closure: the appeal counts from the strict reading",
        CT, "received 2027-01-22", closures=[("2027-01-25", "snow")], clock="appeal", law=APPEAL,
        starts_on="2027-01-28", due_on="2027-02-26", nominal_on="2027-02-27",
    ),
    example(
        "posted in time and received late counts as of its postmark",
        CT, "received 2026-08-03", "denied 2026-08-06",
        happened("appeal_filed 2026-09-08", **FOIC, postmarked_on="2026-09-04"),
        clock="appeal", law=APPEAL, status="met", met_on="2026-09-04",
    ),
    example(
        "received in time counts as of its receipt",
        CT, "received 2026-08-03", "denied 2026-08-06",
        happened("appeal_filed 2026-09-01", **FOIC, received_on="2026-09-03"),
        clock="appeal", law=APPEAL, status="met", met_on="2026-09-03",
    ),
    example(
        "the Commission's year from a leap day ends on February 28",
        CT, "received 2028-02-01", "denied 2028-02-04", happened("appeal_filed 2028-02-29", **FOIC),
        clock="appeal_decision", law=APPEAL, due_on="2029-02-28", nominal_on="2029-02-28",
    ),
    example(
        "the Commission's year ends on the Saturday before Labor Day",
        CT, "received 2026-08-03", "denied 2026-08-06", happened("appeal_filed 2026-09-04", **FOIC),
        clock="appeal_decision", law=APPEAL,
        nominal_on="2027-09-04", earliest_on="2027-09-04", due_on="2027-09-07",
    ),
    example(
        "forty-five days run from the mailing, not from the decision",
        CT, "received 2026-01-05", "denied 2026-01-09", happened("appeal_filed 2026-01-20", **FOIC),
        happened("appeal_decided 2026-11-18", **FOIC, outcome="affirmed", mailed_on="2026-11-20"),
        clock="court", law=COURT, starts_on="2026-11-20", due_on="2027-01-04",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case.why)
def test_connecticut_counts(case: Example) -> None:
    assert case.got() == case.expect, case.law


def test_acknowledgement_keeps_the_city_from_being_late_and_our_appeal_running() -> None:
    """§ 1-206(a) does not say that an acknowledgement avoids the deemed denial."""
    events = ("received 2026-08-03", "acknowledged 2026-08-06")
    response, appeal = (deadline(CT, clock, *events) for clock in ("response", "appeal"))

    assert response.status == "met"
    assert not response.is_late(on("2026-08-30"))
    assert "neither grants nor denies" in response.unsettled
    assert (appeal.status, str(appeal.due_on)) == ("projected", "2026-09-04")


def test_records_in_time_open_no_appeal() -> None:
    found = deadlines(CT, "received 2026-08-03", "granted 2026-08-07")
    assert [d.clock for d in found] == ["response"]


def test_decision_in_our_favor_opens_no_court_clock() -> None:
    found = deadlines(
        CT,
        "received 2026-01-05",
        "denied 2026-01-09",
        happened("appeal_filed 2026-01-20", **FOIC),
        happened("appeal_decided 2026-11-18", **FOIC, outcome="reversed"),
    )
    assert [(d.clock, d.status) for d in found] == [
        ("response", "met"),
        ("appeal", "met"),
        ("appeal_decision", "met"),
    ]


def test_closing_a_request_keeps_the_appeal_that_its_silence_opened() -> None:
    found = deadlines(
        CT,
        "received 2026-08-03",
        "deemed_denied 2026-08-11",
        happened("appeal_filed 2026-08-20", **FOIC),
        "closed 2026-10-01",
    )
    assert [(d.clock, d.status) for d in found] == [
        ("response", "void"),
        ("appeal", "met"),
        ("appeal_decision", "void"),
    ]


def test_withdrawing_before_the_last_day_leaves_no_appeal() -> None:
    found = deadlines(CT, "received 2026-08-03", "withdrawn 2026-08-05")
    assert [(d.clock, d.status) for d in found] == [("response", "void")]


def test_appeal_on_another_route_does_not_meet_the_commission_clock() -> None:
    appeal = deadline(
        CT,
        "appeal",
        "received 2026-08-03",
        "denied 2026-08-06",
        happened("appeal_filed 2026-08-10", route="superior_court"),
    )
    assert appeal.status == "running"
