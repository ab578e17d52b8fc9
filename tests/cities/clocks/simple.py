"""A law of one's own for one test: a calendar without holidays but those given, and its clocks."""

from typing import Any

from cities.calendar.business_days import Closure
from cities.clocks.derive import Deadline, Law, Occurrence, current, derive_by_law
from cities.schema.clock_rules import Clock
from cities.schema.holiday_rules import CalendarRules
from tests.cities.worked import happened

RECEIVED = "received 2026-05-04"
"""A Monday. Five business days after it end on May 11."""
HOLIDAYS = [{"name": "May Day", "on": "may 1"}, {"name": "Midweek", "on": "may 13"}]
"""In 2026 a Friday and a Wednesday. May 2 is a Saturday, May 3 a Sunday."""


def calendar(**more: Any) -> CalendarRules:
    plain = {"citation": "§ 1", "first_year": 2026, "last_year": 2028, "holidays": HOLIDAYS}
    return CalendarRules.model_validate({**plain, **more})


def clock(name: str = "response", **keys: Any) -> Clock:
    """Five business days of the city's from receipt, unless the keys say otherwise."""
    plain = {
        "name": name, "whose": "city", "count": 5, "unit": "business_days",
        "starts": ["received"], "met_by": ["granted", "denied"],
        "rule": "A rule.", "citation": "§ 2",
    }  # fmt: skip
    return Clock.model_validate({**plain, **keys})


def in_days(count: int, **keys: Any) -> Clock:
    """So many calendar days of the city's from receipt."""
    return clock(count=count, unit="calendar_days", **keys)


def ours(name: str = "appeal", **keys: Any) -> Clock:
    """Ten calendar days of ours from a denial, unless the keys say otherwise."""
    plain = {
        "whose": "ours", "count": 10, "unit": "calendar_days", "starts": ["denied"],
        "met_by": ["appeal_filed"],
    }  # fmt: skip
    return clock(name, **{**plain, **keys})


def derived(
    clocks: list[Clock],
    *events: Occurrence | str,
    rules: CalendarRules | None = None,
    closures: tuple[Closure, ...] = (),
    **more: Any,
) -> tuple[Deadline, ...]:
    law = Law(clocks, rules or calendar())
    occurred = [happened(event) if isinstance(event, str) else event for event in events]
    return derive_by_law(law, occurred, closures=closures, **more)


def dates(deadline: Deadline) -> tuple[str, str]:
    """The strict reading's last day and the generous one's."""
    return str(deadline.earliest_on), str(deadline.due_on)


def only(clocks: list[Clock], *events: Occurrence | str, **more: Any) -> Deadline:
    """The deadline of the last of those clocks."""
    found = current(derived(clocks, *events, **more), clocks[-1].name)
    assert found is not None
    return found
