"""Worked cases: dates counted by hand, run through the engine, and what differs."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cities.clocks.derive import Closure, Deadline, Occurrence, current, derive
from cities.schema.city import City
from cities.schema.load import load_city
from cities.schema.worked_cases import CaseEvent, WorkedCase

DATES = ("due_on", "earliest_on", "latest_on", "nominal_on", "starts_on", "met_on")


class CaseError(ValueError):
    """A file of cases that cannot be read; the message names the case and the key."""


@dataclass(frozen=True)
class Result:
    """A case run: what came out, and each difference in words."""

    case: WorkedCase
    deadlines: tuple[Deadline, ...]
    differences: tuple[str, ...]

    @property
    def passes(self) -> bool:
        return not self.differences


def read_cases(file: Path) -> list[WorkedCase]:
    """The cases in a JSON file. Raises CaseError, OSError."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CaseError(f"{file}: not readable as JSON: {error}") from error
    if not isinstance(raw, list):
        raise CaseError(f"{file}: a list of cases is expected")
    return [_case(file, number, item) for number, item in enumerate(raw, 1)]


def _case(file: Path, number: int, item: Any) -> WorkedCase:
    try:
        return WorkedCase.model_validate(item)
    except ValidationError as error:
        name = item.get("id", number) if isinstance(item, dict) else number
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise CaseError(f"{file}: case {name}: {key}: {first['msg']}") from error


def derive_case(
    case: WorkedCase, city_of: Callable[[str], City] = load_city
) -> tuple[Deadline, ...]:
    """The deadlines of the case by its city's own law. Raises ClockError, LookupError."""
    city = city_of(case.city)
    return derive(
        city,
        [_occurred(event, city) for event in case.events],
        track=case.track,
        custodian=case.custodian,
        closures=[Closure(c.on, c.reason, c.source) for c in case.closures],
    )


def _occurred(event: CaseEvent, city: City) -> Occurrence:
    """With its hour, where the case says that the office has one."""
    facts = event.facts
    if facts.get("cut_off") and isinstance(event.at, datetime):
        at = event.at if event.at.tzinfo is None else event.at.astimezone(city.tz)
        facts["left_at"] = f"{at:%Y-%m-%dT%H:%M}"
    return Occurrence(event.kind, local(event.at, city), facts)


def run_case(case: WorkedCase, city_of: Callable[[str], City] = load_city) -> Result:
    """Derive the case and compare. An impossible event counts as a difference."""
    try:
        deadlines = derive_case(case, city_of)
    except (ValueError, LookupError) as error:
        return Result(case, (), (str(error),))
    return Result(case, deadlines, tuple(differences(case.expect, deadlines)))


def differences(
    expect: Mapping[str, Mapping[str, Any] | None], deadlines: tuple[Deadline, ...]
) -> list[str]:
    """What differs, each as "response due_on: Dec 1 expected, Dec 2 counted"."""
    found: list[str] = []
    for name, dates in expect.items():
        deadline = current(deadlines, name, (dates or {}).get("route", ""))
        if deadline is None or dates is None:
            if dates is not None:
                found.append(f"{name}: expected, but nothing starts it")
            elif deadline is not None:
                found.append(f"{name}: none expected, but it is due {deadline.due_on}")
            continue
        found += [
            f"{name} {key}: {wanted} expected, {got} counted"
            for key, wanted in dates.items()
            if (got := _got(deadline, key)) != wanted
        ]
    return found


def _got(deadline: Deadline, key: str) -> Any:
    if key == "tolled":
        return deadline.status == "tolled"
    value = getattr(deadline, key, f"no such key as {key}")
    return value.isoformat() if isinstance(value, date) else value


def local(at: date | datetime, city: City) -> date:
    """The city's day: a moment with no zone is the city's own."""
    if not isinstance(at, datetime):
        return at
    return at.date() if at.tzinfo is None else city.local_date(at)
