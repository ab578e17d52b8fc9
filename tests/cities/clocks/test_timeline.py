"""Which events a trigger takes, and from which day; which law governs."""

from typing import Any

import pytest

from cities.clocks.derive import ClockError, Closure, Law, Occurrence, derive_by_law
from cities.clocks.occurrences import Timeline
from cities.schema.clock_rules import Trigger
from tests.cities.clocks.simple import calendar, clock, derived, only, ours
from tests.cities.worked import happened, on

RECEIVED = "received 2026-05-04"


def day_of(trigger: dict[str, Any], event: Occurrence, kinds: dict[str, str] | None = None) -> str:
    timeline = Timeline([event], lambda slug: (kinds or {}).get(slug, slug))
    found = timeline.day(Trigger.model_validate(trigger), event)
    return str(found) if found else ""


@pytest.mark.parametrize(
    ("trigger", "facts", "day"),
    [
        ({}, {}, "2026-05-06"),
        ({"event": "granted"}, {}, ""),
        ({"routes": ["mayor"]}, {"route": "mayor"}, "2026-05-06"),
        ({"routes": ["mayor"]}, {"route": "court"}, ""),
        ({"routes": ["mayor"]}, {}, "2026-05-06"),  # not said which: it may be that one
        ({"routes": ["administrative_review"]}, {"route": "mayor"}, "2026-05-06"),  # by its kind
        ({}, {"route": "mayor"}, "2026-05-06"),
        ({"except_outcomes": ["reversed"]}, {"outcome": "reversed"}, ""),
        ({"except_outcomes": ["reversed"]}, {"outcome": "affirmed"}, "2026-05-06"),
        ({"except_outcomes": ["reversed"]}, {}, "2026-05-06"),
        ({"above": 25}, {"amount": "25"}, ""),
        ({"above": 25}, {"amount": "25.01"}, "2026-05-06"),
        ({"above": 25}, {}, "2026-05-06"),  # an amount not known may be larger
        ({"dated_by": ["mailed_on"]}, {"mailed_on": "2026-05-05"}, "2026-05-05"),
        ({"dated_by": ["mailed_on"]}, {}, "2026-05-06"),
        (
            {"dated_by": ["received_on", "mailed_on"]},
            {"mailed_on": "2026-05-05", "received_on": "2026-05-08"},
            "2026-05-08",
        ),
        ({"dated_by": ["received_on"]}, {"awaits_receipt": True}, ""),  # posted, not there yet
        ({"dated_by": ["received_on"]}, {"awaits_receipt": True, "received_on": "2026-05-08"},
         "2026-05-08"),
        ({}, {"awaits_receipt": True}, "2026-05-06"),
    ],
)  # fmt: skip
def test_trigger_takes_an_event_by_its_facts(
    trigger: dict[str, Any], facts: dict[str, Any], day: str
) -> None:
    event = happened("denied 2026-05-06", **facts)

    kinds = {"mayor": "administrative_review"}
    assert day_of({"event": "denied", **trigger}, event, kinds) == day


def test_route_goes_by_its_own_name_where_no_city_says_its_kind() -> None:
    law = Law([clock(met_by=[{"event": "denied", "routes": ["mayor"]}])], calendar())
    events = [happened(RECEIVED), happened("denied 2026-05-06", route="mayor")]

    assert derive_by_law(law, events)[0].status == "met"


@pytest.mark.parametrize("value", [None, ""])
def test_date_that_is_not_given_is_none(value: Any) -> None:
    assert Occurrence("denied", on("2026-05-06"), {"until": value}).date_of("until") is None


def test_date_may_be_a_date_or_its_text() -> None:
    day = on("2026-05-06")

    assert Occurrence("denied", day, {"until": day}).date_of("until") == day
    assert Occurrence("denied", day, {"until": "2026-05-06"}).date_of("until") == day


@pytest.mark.parametrize(
    ("facts", "asked", "problem"),
    [
        ({"until": "soon"}, "until", ("denied on May 6, 2026: until is 'soon': enter a date such as"
         " 2026-11-30")),
        ({"until": 7}, "until", ("denied on May 6, 2026: until is 7: enter a date such as"
         " 2026-11-30")),
        ({"amount": "many"}, "amount", ("denied on May 6, 2026: 'many' is no amount: enter one such"
         " as 180.00")),
    ],
)  # fmt: skip
def test_fact_that_cannot_be_read_is_refused_with_a_remedy(
    facts: dict[str, Any], asked: str, problem: str
) -> None:
    event = Occurrence("denied", on("2026-05-06"), facts)

    with pytest.raises(ClockError) as refused:
        event.amount if asked == "amount" else event.date_of(asked)

    assert str(refused.value) == problem


@pytest.mark.parametrize(("amount", "read"), [(12, "12"), ("12.50", "12.50"), (0, "0")])
def test_amount_may_be_a_number_or_its_text(amount: Any, read: str) -> None:
    assert str(Occurrence("denied", on("2026-05-06"), {"amount": amount}).amount) == read


# Which rule governs -------------------------------------------------------------------------------

OLD = clock(count=5, valid_to="2026-06-30")
NEW = clock(count=3, valid_from="2026-07-01")


@pytest.mark.parametrize(
    ("received", "due"), [("2026-06-30", "2026-07-07"), ("2026-07-01", "2026-07-06")]
)
def test_rule_in_force_on_the_day_of_receipt_governs(received: str, due: str) -> None:
    assert str(only([OLD, NEW], f"received {received}").due_on) == due


def test_first_event_governs_while_no_receipt_is_known() -> None:
    appeal = [ours(count=10, valid_to="2026-06-30"), ours(count=20, valid_from="2026-07-01")]

    found = derived(appeal, "submitted 2026-06-30", "denied 2026-07-02")

    assert [str(deadline.nominal_on) for deadline in found] == ["2026-07-12"]


def test_no_event_starts_no_clock() -> None:
    assert derived([OLD]) == ()


PLAIN, SPECIAL = clock(count=5), clock(count=3, track="personnel_file")


@pytest.mark.parametrize(
    ("track", "due"),
    [("", "2026-05-11"), ("personnel_file", "2026-05-07"), ("medical_file", "2026-05-11")],
)
def test_rule_for_a_track_replaces_the_ordinary_one_of_its_name(track: str, due: str) -> None:
    found = derived([PLAIN, SPECIAL], RECEIVED, track=track)

    assert [str(deadline.due_on) for deadline in found] == [due]


def test_rule_for_a_track_leaves_other_names_alone() -> None:
    found = derived([PLAIN, SPECIAL, clock("grounds")], RECEIVED, track="personnel_file")

    assert [(d.clock, str(d.due_on)) for d in found] == [
        ("response", "2026-05-07"), ("grounds", "2026-05-11"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("custodian", "clocks"),
    [("", ["response"]), ("city", ["response"]), ("elected_official", ["response", "silence"])],
)
def test_rule_for_a_custodian_is_for_no_other(custodian: str, clocks: list[str]) -> None:
    law = [clock(), clock("silence", custodian="elected_official")]

    assert [d.clock for d in derived(law, RECEIVED, custodian=custodian)] == clocks


def test_clock_that_starts_with_the_day_another_was_due_has_its_strict_reading_too() -> None:
    rules = calendar(closures="unsettled", unsettled_closures="Closures are open (§ 5).")
    law = [clock(), clock("answer", starts=[{"due_of": "response"}])]

    found = derived(law, RECEIVED, rules=rules, closures=(Closure(on("2026-05-06"), "flood"),))

    assert [(d.clock, str(d.starts_on), str(d.earliest_on), str(d.due_on)) for d in found] == [
        ("response", "2026-05-04", "2026-05-11", "2026-05-12"),
        ("answer", "2026-05-12", "2026-05-19", "2026-05-20"),
    ]


def test_silence_starts_from_its_strict_reading() -> None:

    rules = calendar(closures="unsettled", unsettled_closures="Closures are open (§ 5).")
    law = [clock(), ours(starts=[{"silence_of": "response"}])]

    deadline = only(law, RECEIVED, rules=rules, closures=(Closure(on("2026-05-06"), "flood"),))

    assert str(deadline.starts_on) == "2026-05-11"


def test_tolled_clock_starts_no_other() -> None:
    toll = {"starts": "fees_estimated", "ends": ["fees_paid"], "why": "unpaid"}
    law = [clock(tolls=[toll]), clock("answer", starts=[{"due_of": "response"}]),
           ours(starts=[{"silence_of": "response"}])]  # fmt: skip

    assert [d.clock for d in derived(law, RECEIVED, "fees_estimated 2026-05-06")] == ["response"]


@pytest.mark.parametrize(
    ("event", "label"),
    [
        ("fee_waiver_denied", "fee waiver refused"),
        ("no_records", "answered: no records"),
        ("grounds_given", "grounds given"),
    ],
)
def test_start_is_named_for_its_event(event: str, label: str) -> None:
    deadline = only([ours(starts=[event])], RECEIVED, f"{event} 2026-05-06")

    assert deadline.days[0].note == f"{label}: not counted"


def test_silence_names_the_clock_that_lapsed() -> None:
    law = [clock("appeal_decision"), ours(starts=[{"silence_of": "appeal_decision"}])]

    assert only(law, RECEIVED).days[0].note == ("no appeal decision by the last day: not counted")
