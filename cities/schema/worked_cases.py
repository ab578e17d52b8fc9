"""Worked cases as they are written down: a request's events, and the dates that must come out.

A file of cases is JSON (`manage.py clocks`); a statute's own stand in its folder as `[[examples]]`
and are run by `check_cities`. The shape is the same. How a case is run: `cities.checks.run_cases`.
"""

from datetime import date, datetime
from typing import Any

from pydantic import ConfigDict, Field, field_validator

from cities.schema.facts import Text, Value


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

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.model_extra or {})


class CaseClosure(Value):
    """A day the city was closed, as the newsroom entered it."""

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

    @field_validator("expect", mode="before")
    @classmethod
    def _in_plain_words(cls, expect: Any) -> Any:
        """TOML's dates as text, and its `false`, for want of a null, as "no such clock"."""
        if not isinstance(expect, dict):
            return expect
        return {clock: _plain(dates) for clock, dates in expect.items()}


def _plain(dates: Any) -> Any:
    if dates is False:
        return None
    if not isinstance(dates, dict):
        return dates
    return {key: day.isoformat() if isinstance(day, date) else day for key, day in dates.items()}


class Example(WorkedCase):
    """A case that a statute brings with it: it must say why it is there and what law it shows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    why: Text
    basis: Text
