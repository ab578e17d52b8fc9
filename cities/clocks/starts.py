"""What set a clock off: an event, the day another clock was due, or a silence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cities.clocks.computed_deadline import Deadline
from cities.clocks.occurrences import Occurrence, Timeline
from cities.schema.clock_rules import Clock, Trigger

LABELS = {
    "received": "received",
    "denied": "denied",
    "granted_in_part": "granted in part",
    "no_records": "answered: no records",
    "referred": "referred elsewhere",
    "extended": "more time taken",
    "fees_estimated": "fee requested",
    "fee_waiver_denied": "fee waiver refused",
    "clarification_requested": "clarification requested",
    "grounds_requested": "grounds requested",
    "appeal_filed": "appeal filed",
    "appeal_decided": "decision",
}


@dataclass(frozen=True, slots=True)
class CountedClock:
    """A clock already counted, and when it was met for certain.

    `lapses_on`: its last day on the strict reading, which ends also where a later question or fee
    stops the clock on the generous one; None: tolled on both.
    """

    deadline: Deadline
    lapses_on: date | None
    surely_met_on: date | None
    void_on: date | None = None
    unsettled_meeting: str = ""


class Start(NamedTuple):
    """A day that sets a clock off; the day itself is not counted."""

    on: date
    label: str
    event: Occurrence | None = None
    strictly_on: date | None = None  # an earlier day on the strict reading
    is_projected: bool = False  # nobody has yet treated the silence as an answer
    unsettled: str = ""
    lapsed: CountedClock | None = None  # the clock whose silence it is
    wrong: str = ""  # for a wrong with days of its own, which; see `GrievanceRule.has_own_window`
    runs_anew: bool = False  # the law counts from this one, and no longer from those before it
    is_before_calendar: bool = False  # it cannot be dated: `on` is the day its clock began


def starts_of(
    clock: Clock, timeline: Timeline, counted: Mapping[str, Sequence[CountedClock]]
) -> list[Start]:
    """Everything that started that clock, by day."""
    return starts_by(clock.starts, timeline, counted, counts_from_sending=bool(clock.sent_reading))


def starts_by(
    triggers: Iterable[Trigger],
    timeline: Timeline,
    counted: Mapping[str, Sequence[CountedClock]],
    *,
    counts_from_sending: bool = False,
) -> list[Start]:
    """Everything that those triggers found, by day."""
    starts = [
        start
        for trigger in triggers
        for start in (
            _from_events(trigger, timeline, counted, counts_from_sending)
            if trigger.event
            else _from_clock(trigger, timeline, counted)
        )
    ]
    return sorted(starts, key=lambda start: start.on)


def _from_events(
    trigger: Trigger,
    timeline: Timeline,
    counted: Mapping[str, Sequence[CountedClock]],
    counts_from_sending: bool,
) -> list[Start]:
    starts = []
    for event in timeline.of_kind(trigger.event):
        on = timeline.day(trigger, event)
        limit = _last(counted, trigger.past) if trigger.past else None
        if on and not (trigger.past and not _names_a_day_past(event, limit)):
            sent_on = timeline.submitted_on if counts_from_sending else None
            label = LABELS.get(event.kind, event.kind.replace("_", " "))
            label = str(event.facts.get("why_later") or label)
            earlier = [day for day in (sent_on, event.date_of("arrived_on")) if day and day < on]
            strictly_on = min(earlier, default=None)
            unsettled = _unsettled_limit(event, limit) if limit else ""
            starts.append(Start(on, label, event, strictly_on, unsettled=unsettled))
    return starts


def _names_a_day_past(event: Occurrence, limit: Deadline | None) -> bool:
    """Whether the day it names is too late on the strict reading, for an act not yet done."""
    if limit is None or (limit.met_on and limit.met_on < event.on):
        return False
    until, last = event.date_of("until"), limit.earliest_on
    return bool(until and last and until > last)


def _unsettled_limit(event: Occurrence, limit: Deadline) -> str:
    """Why that day is not too late on every reading; "" where it is."""
    until = event.date_of("until")
    return limit.unsettled if until and limit.due_on and until <= limit.due_on else ""


def _from_clock(
    trigger: Trigger, timeline: Timeline, counted: Mapping[str, Sequence[CountedClock]]
) -> list[Start]:
    if trigger.silence_of:
        each = (_silence(other, timeline) for other in counted.get(trigger.silence_of, ()))
        return [start for starts in each for start in starts]
    deadline = _last(counted, trigger.due_of)
    if deadline and deadline.status == "not_computed" and deadline.starts_on:
        label = f"{_name(deadline)} was due"
        return [Start(deadline.starts_on, label, is_before_calendar=True)]
    if deadline is None or deadline.due_on is None:
        return []
    earliest, due = deadline.earliest_on, deadline.due_on
    strictly = earliest if earliest and earliest < due else None
    return [Start(due, f"{_name(deadline)} was due", strictly_on=strictly)]


def _last(counted: Mapping[str, Sequence[CountedClock]], name: str) -> Deadline | None:
    """The last clock of that name: an appeal filed twice has two."""
    return counted[name][-1].deadline if name in counted else None


def _name(deadline: Deadline) -> str:
    return deadline.clock.replace("_", " ")


def _by(on: date | None, last: date) -> bool:
    return on is not None and on <= last


def _silence(other: CountedClock, timeline: Timeline) -> list[Start]:
    """The lapse of a clock, at its strict reading; none if it was surely met by then."""
    if other.deadline.status == "not_computed" and other.deadline.starts_on:
        label = f"no {_name(other.deadline)} by the last day"
        on = other.deadline.starts_on
        return [Start(on, label, lapsed=other, is_before_calendar=True)]
    lapse = other.lapses_on
    met_on = other.surely_met_on
    if lapse is None or _by(met_on, lapse) or _by(other.void_on, lapse):
        return []
    is_recorded = any(event.kind == "deemed_denied" for event in timeline.events)
    return [
        Start(
            lapse,
            f"no {_name(other.deadline)} by the last day",
            is_projected=not is_recorded and met_on is None,
            unsettled=other.unsettled_meeting,
            lapsed=other,
        )
    ]
