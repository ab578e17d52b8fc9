"""What is asked of a deadline: whether it is open, late, and which of several matters."""

from dataclasses import replace
from typing import Any

import pytest

from cities.clocks.computed_deadline import Deadline, current
from tests.cities.worked import on

PLAIN = Deadline(
    clock="response",
    whose="city",
    status="running",
    starts_on=on("2026-05-04"),
    due_on=on("2026-05-11"),
    earliest_on=on("2026-05-08"),
    latest_on=on("2026-05-11"),
    nominal_on=on("2026-05-11"),
    met_on=None,
    rule="A rule.",
    citation="§ 2",
    confidence="found",
    unsettled="",
)


def deadline(**changes: Any) -> Deadline:
    return replace(PLAIN, **changes)


@pytest.mark.parametrize(
    ("status", "is_open", "is_late"),
    [
        ("running", True, True),
        ("projected", True, True),
        ("tolled", True, False),
        ("met", False, False),
        ("void", False, False),
    ],
)
def test_status_says_what_is_open_and_may_be_late(
    status: Any, is_open: bool, is_late: bool
) -> None:
    one = deadline(status=status)

    assert (one.is_open, one.is_late(on("2026-05-12"))) == (is_open, is_late)


@pytest.mark.parametrize(("day", "is_late"), [("2026-05-11", False), ("2026-05-12", True)])
def test_it_is_late_from_the_day_after_the_last(day: str, is_late: bool) -> None:
    assert deadline().is_late(on(day)) is is_late


def test_what_has_no_date_is_not_late() -> None:
    assert deadline(due_on=None).is_late(on("2027-01-01")) is False


@pytest.mark.parametrize(
    ("due", "met", "late"),
    [
        ("2026-05-11", "2026-05-11", False),
        ("2026-05-11", "2026-05-12", True),
        (None, "2026-05-12", False),
        ("2026-05-11", None, False),
    ],
)
def test_met_late_is_after_the_last_day(due: str | None, met: str | None, late: bool) -> None:
    one = deadline(due_on=due and on(due), met_on=met and on(met), status="met")

    assert one.was_met_late is late


def test_last_open_deadline_of_a_name_matters_else_the_last() -> None:
    first, second = deadline(starts_on=on("2026-05-01")), deadline(starts_on=on("2026-05-02"))
    met, void = deadline(status="met"), deadline(status="void")
    other = deadline(clock="appeal")

    assert current((first, second, met, other), "response") is second
    assert current((met, void, other), "response") is void
    assert current((other,), "response") is None


def test_deadline_of_one_route_is_asked_for_by_its_route() -> None:
    mayor, court = deadline(route="mayor"), deadline(route="court")

    assert current((mayor, court), "response", "mayor") is mayor
    assert current((mayor, court), "response") is court
    assert current((mayor, court), "response", "council") is None
