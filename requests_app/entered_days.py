"""Days in a challenge that a person entered: its hearing, a brief, what the body announced.

They follow from the ledger and stand among the deadlines, though no law counts them. Each has a
number: entered again under it, the day was moved. All of them end with their challenge.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from cities.clocks.computed_deadline import Deadline, Status
from cities.clocks.counting import CountedDay
from requests_app.vocabulary.challenge_days import CameOf, DayKind
from requests_app.vocabulary.clocks import describe_clock
from requests_app.vocabulary.dates_and_amounts import time_of_day, weekday

NO_LAW = "A person of the newsroom entered this day: no law counts it."


@dataclass(frozen=True, slots=True)
class EnteredDay(Deadline):
    """`number` tells it from the request's other days; `name` is empty where its kind says all."""

    number: int = 0
    name: str = ""
    hour: time | None = None
    place: str = ""


def entered_days(events: Sequence[Any]) -> Iterator[EnteredDay]:
    """Each as it was entered last, in the order of their numbers. `events` in ledger order."""
    entered: dict[int, Any] = {}
    over: dict[int, Any] = {}
    ended: dict[int, Any] = {}  # by the challenge: its decision or withdrawal
    for event in events:
        if event.kind == "day_entered":
            entered[event.data["day"]] = event
        elif event.kind == "day_over":
            over[event.data["day"]] = event
        elif event.kind in {"appeal_decided", "appeal_withdrawn"}:
            ended[event.appeal_id] = event
    for number, event in sorted(entered.items()):
        yield _counted(event, over.get(number), ended.get(event.appeal_id))


def when_and_where(data: Any) -> str:
    """ "Monday, December 7, 2026, 10:00 a.m., 165 Capitol Avenue, Hartford" """
    hour = time.fromisoformat(data["hour"]) if data.get("hour") else None
    parts = [weekday(date.fromisoformat(data["due_on"])), time_of_day(hour) if hour else ""]
    return ", ".join(part for part in (*parts, data.get("place", "")) if part)


def _counted(event: Any, over: Any, ended: Any) -> EnteredDay:
    data = event.data
    due_on, name = date.fromisoformat(data["due_on"]), data.get("name", "")
    described = describe_clock(data["what"], name)
    status, met_on = _status(data["what"], over, ended)
    return EnteredDay(
        clock=data["what"],
        whose=data["whose"],
        status=status,
        starts_on=event.on,
        due_on=due_on,
        earliest_on=due_on,
        latest_on=due_on,
        nominal_on=due_on,
        met_on=met_on,
        rule=f"{described.name}: {when_and_where(data)}. {NO_LAW}",
        citation="",
        confidence="found",
        unsettled="",
        days=(CountedDay(event.on, None, "entered"), CountedDay(due_on, None, described.purpose)),
        route=data["route"],
        number=data["day"],
        name=name,
        hour=time.fromisoformat(data["hour"]) if data.get("hour") else None,
        place=data.get("place", ""),
    )


def _status(what: str, over: Any, ended: Any) -> tuple[Status, date | None]:
    if over:
        was_held = over.data["came"] == CameOf.DONE
        return ("met", over.on) if was_held else ("void", None)
    if ended is None:
        return "running", None
    is_the_decision = ended.kind == "appeal_decided" and what == DayKind.DECISION_EXPECTED
    return ("met", ended.on) if is_the_decision else ("void", None)
