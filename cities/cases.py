"""Worked cases: dates counted by hand, run through the engine, and what differs."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, Field, ValidationError, field_validator

from cities.clocks import Closure, Deadline, Occurrence, current, derive
from cities.load import load_city
from cities.pack import City
from cities.values import Value

DATES = ("due_on", "earliest_on", "latest_on", "nominal_on", "starts_on", "met_on")


class CaseError(ValueError):
    """A file of cases that cannot be read; the message names the case and the key."""


class CaseEvent(Value):
    """One event; every further key is a fact of it."""

    model_config = ConfigDict(frozen=True, extra="allow")

    kind: str
    at: date | datetime

    @field_validator("at", mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        """A date, or a moment: pydantic alone would read "2026-08-03" as midnight."""
        if isinstance(value, str):
            return date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)
        return value

    def occurrence(self, city: City) -> Occurrence:
        return Occurrence(self.kind, _local(self.at, city), dict(self.model_extra or {}))


class CaseClosure(Value):
    model_config = ConfigDict(frozen=True, extra="ignore")

    on: date
    reason: str
    source: str = ""


class WorkedCase(Value):
    """A request's events and the dates that must come out; only those named are compared.

    Keys that are not known here are remarks to a reader.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    city: str
    why: str = ""
    track: str = ""
    custodian: str = ""
    events: tuple[CaseEvent, ...] = Field(min_length=1)
    closures: tuple[CaseClosure, ...] = ()
    expect: dict[str, dict[str, Any] | None]  # None: no such clock
    basis: str = ""

    def derive(self, city_of: Callable[[str], City] = load_city) -> tuple[Deadline, ...]:
        """The deadlines of its city's own law. Raises ClockError, LookupError."""
        city = city_of(self.city)
        return derive(
            city,
            [event.occurrence(city) for event in self.events],
            track=self.track,
            custodian=self.custodian,
            closures=[Closure(c.on, c.reason, c.source) for c in self.closures],
        )


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


def run_case(case: WorkedCase, city_of: Callable[[str], City] = load_city) -> Result:
    """Derive the case and compare. An impossible event counts as a difference."""
    try:
        deadlines = case.derive(city_of)
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


def _local(at: date | datetime, city: City) -> date:
    """The city's day: a moment with no zone is the city's own."""
    if not isinstance(at, datetime):
        return at
    return at.date() if at.tzinfo is None else city.local_date(at)
