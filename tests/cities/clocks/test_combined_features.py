"""A state that is none of ours, made of features that none of them combines."""

from datetime import date
from typing import Any

from cities.clocks.derive import Closure, Deadline, Law, Occurrence, current, derive_by_law
from cities.schema.clock_rules import CalendarRules, Clock, check_clocks
from tests.cities.worked import happened, on

CALENDAR = CalendarRules.model_validate(
    {
        "citation": "Code § 1",
        "first_year": 2026,
        "last_year": 2030,
        "saturday": "friday",
        "sunday": "stays",
        "closures": "unsettled",
        "unsettled_closures": "Whether a closure counts is open (Code § 1).",
        "holidays": [
            {"name": "Easter Monday", "on": "easter +1"},
            {"name": "Founders' Day", "on": "march 6"},
            {"name": "Leap Day", "on": "february 28", "from_year": 2028, "to_year": 2028},
        ],
    }
)

CLOCKS: tuple[Clock, ...] = tuple(
    Clock.model_validate({"rule": "A rule.", "citation": "Code § 2", **clock})
    for clock in (
        {
            "name": "response", "whose": "city", "count": 6, "unit": "business_days",
            "starts": ["received"], "met_by": ["denied", "granted"],
            "tolls": [{"starts": {"event": "fees_estimated", "above": 50},
                       "ends": ["fees_paid"], "why": "deposit not yet paid"}],
            "extension": {}, "sent_reading": "From sending or receipt is open (Code § 3).",
        },
        {
            "name": "appeal", "route": "mayor", "whose": "ours", "count": 2, "unit": "months",
            "starts": ["denied", {"silence_of": "response"}],
            "met_by": [{"event": "appeal_filed", "routes": ["mayor"]}],
        },
        {
            "name": "appeal_decision", "route": "mayor", "whose": "body", "count": 3,
            "unit": "business_days", "starts": [{"event": "appeal_filed", "routes": ["mayor"]}],
            "met_by": ["appeal_decided"],
        },
        {
            "name": "court", "whose": "ours", "count": 1, "unit": "months",
            "starts": [{"event": "appeal_decided", "routes": ["mayor"]},
                       {"silence_of": "appeal_decision"}],
            "met_by": ["lawsuit"],
        },
    )
)  # fmt: skip


def derived(*events: Occurrence | str, **more: Any) -> tuple[Deadline, ...]:
    occurred = [happened(e) if isinstance(e, str) else e for e in events]
    return derive_by_law(Law(CLOCKS, CALENDAR), occurred, **more)


def due(clock: str, *events: Occurrence | str, **more: Any) -> date | None:
    found = current(derived(*events, **more), clock)
    assert found is not None
    return found.due_on


def test_clocks_fit_together() -> None:
    check_clocks(CLOCKS)


def test_count_crosses_easter_monday() -> None:
    assert due("response", "received 2026-04-01") == on("2026-04-10")


def test_saturday_holiday_is_kept_on_friday_and_sunday_stays() -> None:
    assert CALENDAR.legal_holidays[on("2027-03-05")] == "Founders' Day, observed"
    assert CALENDAR.legal_holidays[on("2029-03-06")] == "Founders' Day"
    assert on("2028-02-28") in CALENDAR.legal_holidays
    assert on("2029-02-28") not in CALENDAR.legal_holidays


def test_toll_extension_and_unsettled_closure_meet() -> None:
    """Due May 11; a closure makes it 12; the deposit adds three; the city then names May 29."""
    events: list[Occurrence | str] = [
        "received 2026-05-01",
        happened("fees_estimated 2026-05-05", amount="60"),
        "fees_paid 2026-05-08",
        happened("extended 2026-05-14", until="2026-05-29"),
    ]
    closures = [Closure(on("2026-05-04"), "flood")]
    assert due("response", *events[:1]) == on("2026-05-11")
    assert due("response", *events[:1], closures=closures) == on("2026-05-12")
    assert due("response", *events[:3], closures=closures) == on("2026-05-15")
    assert due("response", *events, closures=closures) == on("2026-05-29")


def test_month_ends_with_the_month() -> None:
    """From December 31, two months: February 28, a Sunday in 2027."""
    appeal = current(derived("received 2026-12-22", "denied 2026-12-31"), "appeal")
    assert appeal is not None
    # The response lapsed on December 30: the safe count starts there.
    assert (appeal.starts_on, appeal.nominal_on) == (on("2026-12-30"), on("2027-02-28"))
    assert (appeal.due_on, appeal.latest_on) == (on("2027-02-26"), on("2027-03-01"))


def test_silence_of_a_body_starts_the_next_clock() -> None:
    found = derived(
        "received 2026-05-01",
        "denied 2026-05-06",
        happened("appeal_filed 2026-05-08", route="mayor"),
    )
    court = current(found, "court")
    assert court is not None
    assert (court.status, court.starts_on, court.due_on) == (
        "projected", on("2026-05-13"), on("2026-06-12")
    )  # fmt: skip
