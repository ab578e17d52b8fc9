"""The typed view of a statute's clocks, as `clocks.toml` declares them.

The law is data here: what starts a clock, stops it, meets it. `cities.clocks` knows how a clock
runs, and no state by name.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from cities.schema.clock_events import check_event
from cities.schema.facts import Confidence, FaultAtError, Value
from cities.schema.holiday_rules import CalendarRules, Holiday, ProclaimedDay

__all__ = [
    "CalendarRules", "Clock", "Extension", "Holiday", "LargerAmount", "ProclaimedDay", "Roll",
    "Toll", "Trigger", "Unit", "Whose", "check_clocks",
]  # fmt: skip

Unit = Literal["business_days", "calendar_days", "months", "years"]
Whose = Literal["city", "ours", "body"]
Roll = Literal["none", "weekend_or_holiday", "sunday_or_holiday", "sunday"]


class Trigger(Value):
    """What sets a clock off or ends it: an event, the day a clock was due, or its silence.

    In TOML a bare string is an event of that kind.
    """

    event: str = ""
    due_of: str = ""  # the day that clock was due, whether or not the act came
    silence_of: str = ""  # that clock's lapse without an answer
    routes: tuple[str, ...] = ()  # slugs or kinds of route; empty: any
    except_outcomes: tuple[str, ...] = ()  # decisions that do not count
    dated_by: tuple[str, ...] = ()  # facts that hold the day that counts, the first one given
    above: Decimal | None = None  # counts only where the amount is larger, or not known
    channels: tuple[str, ...] = ()  # counts only by these, where the way it came is known
    lacking: str = ""  # counts only where this fact was not given
    past: str = ""  # counts only where the day it names is after that clock's last one

    @model_validator(mode="after")
    def _names_exactly_one(self) -> Self:
        if sum(map(bool, (self.event, self.due_of, self.silence_of))) != 1:
            raise ValueError("give exactly one of event, due_of, silence_of")
        if self.event:
            check_event(self.event)
        return self


def _as_trigger(raw: Any) -> Any:
    return {"event": raw} if isinstance(raw, str) else raw


Triggers = tuple[Annotated[Trigger, BeforeValidator(_as_trigger)], ...]


class Toll(Value):
    """What suspends a clock, and what lets it run again."""

    starts: Annotated[Trigger, BeforeValidator(_as_trigger)]
    ends: Annotated[tuple[str, ...], Field(min_length=1)]
    why: str  # shown beside each suspended day: "fee not yet paid"

    @field_validator("ends")
    @classmethod
    def _are_events(cls, ends: tuple[str, ...]) -> tuple[str, ...]:
        for name in ends:
            check_event(name)
        return ends


class Extension(Value):
    """How an `extended` event moves a clock: by days, or to the date that the city names."""

    days: int | None = None  # at most so many; None: to the date the city names
    unit: Literal["calendar_days", "business_days"] = "calendar_days"
    once: bool = False
    unsettled: str = ""  # from the bare last day, or from the one it rolled to


class LargerAmount(Value):
    """Another count, where the amount at stake exceeds a threshold."""

    above: Decimal
    count: int


class Clock(Value):
    """One time limit of a statute: whose it is, how it counts, what starts, stops and meets it."""

    name: str
    whose: Whose
    count: Annotated[int, Field(gt=0)]
    unit: Unit
    starts: Triggers = ()  # of a route's clock of ours may be left out: then see `is_window`
    met_by: Triggers = ()
    perhaps_met_by: Triggers = ()  # acts that meet it on one reading: our clocks still run
    voided_by: Triggers = ()
    tolls: tuple[Toll, ...] = ()
    extension: Extension | None = None
    larger_amounts: tuple[LargerAmount, ...] = ()  # ascending
    track: str = ""
    custodian: str = ""  # only for such a custodian; empty: any
    route: str = ""  # for clocks of an appeal: whose
    sent_reading: str = ""  # unsettled: whether it runs from sending; the sentence that says so
    filed_with: Literal["city", "body"] = "city"  # a city's closure matters only at the city
    postmark_counts: bool = False  # what arrives after the last day counts as of its postmark
    roll: Roll = "none"  # the law's own rule for a last day that is no business day
    unsettled_roll: str = ""  # the sentence, where a last day may or may not move
    unsettled_starts: str = ""  # where two acts may each have started it
    unsettled_meeting: str = ""  # where only `perhaps_met_by` was done
    unsettled: str = ""  # whatever else is open: always shown
    rule: Annotated[str, Field(min_length=1)]
    citation: Annotated[str, Field(min_length=1)]
    letters_cite: bool = True  # False: nobody has read a provision it names, and no letter cites it
    confidence: Confidence = Confidence.FOUND
    valid_from: date | None = None  # by the day the request was received
    valid_to: date | None = None

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise FaultAtError(
                ("valid_to",), f"{self.valid_to} is before valid_from {self.valid_from}: swap them"
            )
        if self.unit == "business_days" and self.whose == "ours":
            raise ValueError("our own clocks count calendar days, months or years")
        if self.tolls and self.unit != "business_days":
            raise ValueError("only a count of business days can be tolled")
        if not (self.starts or self.is_window):
            raise FaultAtError(
                ("starts",), "needs at least 1 item: only our time for a route may leave it out"
            )
        thresholds = [larger.above for larger in self.larger_amounts]
        if thresholds != sorted(set(thresholds)):
            raise ValueError("larger_amounts: list the thresholds once each, the smallest first")
        return self

    @property
    def is_window(self) -> bool:
        """Whether it is our time for a route. Without `starts`, each grievance that opens the
        route starts it."""
        return self.whose == "ours" and bool(self.route)

    def in_force(self, received_on: date) -> bool:
        """Whether this rule governs a request received that day."""
        return (self.valid_from is None or self.valid_from <= received_on) and (
            self.valid_to is None or received_on <= self.valid_to
        )

    def references(self) -> set[str]:
        """The clocks that set this one off."""
        return {t.due_of or t.silence_of for t in self.starts if not t.event}

    def same_case(self, other: "Clock") -> bool:
        """Whether both would answer for one request (same name, track, custodian and route)."""
        keys = ("name", "track", "custodian", "route")
        return all(getattr(self, key) == getattr(other, key) for key in keys)


def check_clocks(clocks: Iterable[Clock]) -> None:
    """That the clocks of one statute fit together. FaultAtError: which does not, and why."""
    seen: list[Clock] = []
    for number, clock in enumerate(clocks):
        if missing := clock.references() - {earlier.name for earlier in seen}:
            raise FaultAtError(
                (number, "starts"),
                f"{clock.name}: nothing starts it: {', '.join(sorted(missing))} is no clock "
                "above it (a clock stands below the one that starts it)",
            )
        for earlier in seen:
            if clock.same_case(earlier) and _overlap(clock, earlier):
                raise FaultAtError(
                    (number, "valid_from"),
                    f"{clock.name}: two rules in force at once: give the older a valid_to "
                    "before the newer's valid_from",
                )
        seen.append(clock)


def _overlap(one: Clock, other: Clock) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_to or date.max, other.valid_to or date.max)
