"""Days in a challenge that a person entered: its hearing, a brief, what the body announced.

They follow from the ledger and stand among the deadlines, though no law counts them. Each has a
number: entered again under it, the day was moved. They end with their challenge; the day by which
the city has to comply begins with its decision, and ends when the city has done so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeAlias

from cities.clocks.computed_deadline import Deadline, Status
from cities.clocks.counting import CountedDay
from requests_app.vocabulary.challenge_days import TO_BE_COMPLIED_WITH, CameOf, DayKind
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
    done = None  # the city gave what was asked for, or did what was decided
    for event in events:
        if event.kind == "day_entered":
            entered[event.data["day"]] = event
        elif event.kind == "day_over":
            over[event.data["day"]] = event
        elif event.kind in {"appeal_decided", "appeal_withdrawn"}:
            ended[event.appeal_id] = event
        elif event.kind in {"complied", "granted"}:
            done = event
    for number, event in sorted(entered.items()):
        end, kind = ended.get(event.appeal_id), DayKind(event.data["what"])
        if over.get(number):
            status = _said(over[number])
        elif kind.described.is_set_by_a_decision:
            status = _until_it_complies(end, done)
        else:
            status = _until_it_ends(kind, end)
        yield _counted(event, status)


def when_and_where(data: Any) -> str:
    """ "Monday, December 7, 2026, 10:00 a.m., 165 Capitol Avenue, Hartford" """
    hour = time.fromisoformat(data["hour"]) if data.get("hour") else None
    parts = [weekday(date.fromisoformat(data["due_on"])), time_of_day(hour) if hour else ""]
    return ", ".join(part for part in (*parts, data.get("place", "")) if part)


Stands: TypeAlias = tuple[Status, date | None]
"""How a day stands, and since when it is met."""


def _counted(event: Any, stands: Stands) -> EnteredDay:
    data = event.data
    due_on, name = date.fromisoformat(data["due_on"]), data.get("name", "")
    described = describe_clock(data["what"], name)
    status, met_on = stands
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


def _said(over: Any) -> Stands:
    """What a person said came of it."""
    return ("met", over.on) if over.data["came"] == CameOf.DONE else ("void", None)


def _until_it_ends(kind: DayKind, ended: Any) -> Stands:
    if ended is None:
        return "running", None
    is_the_decision = ended.kind == "appeal_decided" and kind == DayKind.DECISION_EXPECTED
    return ("met", ended.on) if is_the_decision else ("void", None)


def _until_it_complies(decided: Any, done: Any) -> Stands:
    """A decision that was struck, or that is not for us by now, sets the city no day."""
    if decided is None or decided.data.get("outcome") not in TO_BE_COMPLIED_WITH:
        return "void", None
    if done and done.on >= decided.on:
        return "met", done.on
    return "running", None
