"""What happened to a request, as the law sees it: dated events, checked for sense."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from cities.calendar.business_days import ClockError
from cities.schema.clock_rules import Toll, Trigger

__all__ = ["ENDINGS", "ClockError", "Occurrence", "Suspension", "Timeline", "short_date"]

ENDINGS = frozenset({"withdrawn", "lapsed", "closed"})
"""Nothing is owed any more, on either side."""

ANSWERS_TO_A_QUESTION = ("clarified", "clarification_declined")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One act of ours or the city's, on a day in the city's own time zone.

    Facts the clocks read: `amount`, `route`, `outcome`, `until` (the date an extension names),
    `mailed_on`, `postmarked_on`, `received_on`, `awaits_receipt` (posted, and nobody knows yet
    when it arrived). Dates may be ISO text, amounts may be text.
    """

    kind: str
    on: date
    facts: Mapping[str, Any] = field(default_factory=dict)

    def date_of(self, fact: str) -> date | None:
        """That fact as a date, None where it is not given."""
        value = self.facts.get(fact)
        if value is None or value == "":
            return None
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise ClockError(
                f"{self}: {fact} is {value!r}: enter a date such as 2026-11-30"
            ) from None

    @property
    def amount(self) -> Decimal | None:
        value = self.facts.get("amount")
        if value is None or value == "":
            return None
        try:
            return Decimal(str(value))
        except InvalidOperation:
            raise ClockError(f"{self}: {value!r} is no amount: enter one such as 180.00") from None

    @property
    def route(self) -> str:
        return str(self.facts.get("route") or "")

    def __str__(self) -> str:
        return f"{self.kind.replace('_', ' ')} on {short_date(self.on)}"


def short_date(on: date) -> str:
    """A date in words: "Nov 9, 2026"."""
    return f"{on:%b} {on.day}, {on.year}"


@dataclass(frozen=True, slots=True)
class Suspension:
    """A time during which a clock stood still: the days after `start` through `end`."""

    start: date
    end: date | None  # None: it still does
    why: str


class Timeline:
    """The events of one request by date; those of one day stay in the order given.

    Raises ClockError where they contradict each other.
    """

    def __init__(
        self,
        events: Sequence[Occurrence],
        kind_of_route: Callable[[str], str] = lambda slug: slug,
    ) -> None:
        self.events = sorted(events, key=lambda event: event.on)
        self._of_kind: dict[str, list[Occurrence]] = {}
        for event in self.events:
            self._of_kind.setdefault(event.kind, []).append(event)
        self._kind_of_route = kind_of_route
        self.submitted_on = self._only("submitted")
        self.received_on = self._only("received")
        self._check_amounts()
        self._check_order()
        self._check_answers("fees_paid", "fees_estimated", ("fees_paid", "fees_waived"))
        for answer in ANSWERS_TO_A_QUESTION:
            self._check_answers(answer, "clarification_requested", ANSWERS_TO_A_QUESTION)
        ended = [event.on for event in self.events if event.kind in ENDINGS]
        self.ended_on = ended[0] if ended else None

    @property
    def governed_on(self) -> date | None:
        """The day whose law governs: that of receipt, or of the first event while none is known."""
        return self.received_on or (self.events[0].on if self.events else None)

    def _only(self, kind: str) -> date | None:
        found = self.of_kind(kind)
        if len(found) > 1:
            days = " and ".join(short_date(event.on) for event in found[:2])
            raise ClockError(
                f"{kind} twice, on {days}: keep the one on which the custodian had the request, "
                "and file the other as a message"
            )
        return found[0].on if found else None

    def _check_amounts(self) -> None:
        """One that is no amount is refused, whether or not a clock asks for it."""
        for event in self.events:
            event.amount  # noqa: B018  reading it checks it

    def _check_order(self) -> None:
        if self.received_on is None:
            return
        for event in self.events:
            if event.kind == "submitted":
                if event.on > self.received_on:
                    raise ClockError(
                        f"received on {short_date(self.received_on)}, before it was {event}: "
                        "correct one of the two dates"
                    )
            elif event.on < self.received_on and event.kind not in ENDINGS:
                received = short_date(self.received_on)
                raise ClockError(
                    f"{event} is before the request was received on {received}: "
                    "correct one of the two dates"
                )
        self._check_appeals()

    def _check_appeals(self) -> None:
        filed = {e.route: e for e in reversed(self.events) if e.kind == "appeal_filed"}
        for event in self.events:
            if event.kind == "appeal_decided" and event.route in filed:
                first = filed[event.route]
                if event.on < first.on:
                    raise ClockError(f"{event} is before {first}: correct one of the two dates")

    def _check_answers(self, answer: str, question: str, closing: tuple[str, ...]) -> None:
        """Each answer needs a question that is still open."""
        is_open, last_answer = False, None
        for event in self.events:
            if event.kind == answer and not is_open:
                asked = question.replace("_", " ")
                because = (
                    f"the one before was settled by {last_answer}" if last_answer
                    else f"no {asked} stands before it"
                )  # fmt: skip
                raise ClockError(
                    f"{event}, but {because}: enter the {asked} first, or remove this entry"
                )
            if event.kind == question:
                is_open = True
            elif event.kind in closing:
                is_open, last_answer = False, event

    def of_kind(self, kind: str) -> Sequence[Occurrence]:
        """The events of that kind, by day."""
        return self._of_kind.get(kind, ())

    def day(self, trigger: Trigger, event: Occurrence) -> date | None:
        """The day from which that event counts for the trigger; None if it does not count."""
        if event.kind != trigger.event:
            return None
        if event.route and trigger.routes:
            names = {event.route, self._kind_of_route(event.route)}
            if names.isdisjoint(trigger.routes):
                return None
        if event.facts.get("outcome") in trigger.except_outcomes:
            return None
        channel = event.facts.get("channel")
        if trigger.channels and channel and channel not in trigger.channels:
            return None
        if trigger.lacking and event.facts.get(trigger.lacking):
            return None
        if trigger.above is not None:
            amount = event.amount
            if amount is not None and amount <= trigger.above:
                return None
        for fact in trigger.dated_by:
            if dated := event.date_of(fact):
                return dated
        return None if trigger.dated_by and event.facts.get("awaits_receipt") else event.on

    def matching(self, triggers: Sequence[Trigger]) -> list[tuple[date, Occurrence]]:
        """Every event that counts for one of the triggers, by the day it counts from."""
        found = [
            (day, event)
            for trigger in triggers
            for event in self.of_kind(trigger.event)
            if (day := self.day(trigger, event))
        ]
        return sorted(found, key=lambda pair: pair[0])

    def first(self, triggers: Sequence[Trigger], since: date) -> tuple[date, Occurrence] | None:
        """The first event that counts for one of the triggers on or after that day."""
        for day, event in self.matching(triggers) if triggers else ():
            if day >= since:
                return day, event
        return None

    def amount_at(self, event: Occurrence | None) -> Decimal | None:
        """The amount at stake: the event's own, else the last estimate made by then."""
        if event is None:
            return None
        if event.amount is not None:
            return event.amount
        estimates = [e for e in self.events if e.kind == "fees_estimated" and e.on <= event.on]
        return estimates[-1].amount if estimates else None

    def suspensions(self, tolls: Sequence[Toll]) -> list[Suspension]:
        """When those tolls stopped the clock, overlapping suspensions joined into one."""
        suspensions = [suspension for toll in tolls for suspension in self._suspensions(toll)]
        joined: list[Suspension] = []
        for suspension in sorted(suspensions, key=lambda s: s.start):
            last = joined[-1] if joined else None
            if last and (last.end is None or suspension.start <= last.end):
                joined[-1] = _join(last, suspension)
            else:
                joined.append(suspension)
        return joined

    def _suspensions(self, toll: Toll) -> list[Suspension]:
        suspensions: list[Suspension] = []
        since: date | None = None
        for event in self.events:
            if since is None:
                since = self.day(toll.starts, event)
            elif event.kind in toll.ends:
                suspensions.append(Suspension(since, max(since, event.on), toll.why))
                since = None
        if since is not None:
            suspensions.append(Suspension(since, None, toll.why))
        return suspensions


def _join(one: Suspension, other: Suspension) -> Suspension:
    why = one.why if other.why in one.why else f"{one.why}; {other.why}"
    end = None if one.end is None or other.end is None else max(one.end, other.end)
    return Suspension(one.start, end, why)
