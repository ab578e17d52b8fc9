"""A request as plain dated acts, and what was made of it: the wrongs done, the times we have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tests.cities.rights.calculator.legal_days import DAY, Days

ANSWERS = ("denied", "granted", "granted_in_part", "no_records")
WITH_US = ("reversed", "settled")  # outcomes of an appeal that leave nothing to go on about


@dataclass(frozen=True)
class Act:
    kind: str
    on: date
    facts: dict[str, str] = field(default_factory=dict)

    def dated(self, fact: str) -> date:
        """The day that fact gives, else the act's own."""
        return date.fromisoformat(self.facts[fact]) if fact in self.facts else self.on


class Wrong(NamedTuple):
    """What was done to us: from when it may be claimed, from when nobody can deny it (None: one
    reading always does), and the day that undid it."""

    kind: str
    since: date
    sure: date | None
    undone: date | None = None


class OurTime(NamedTuple):
    """A time of ours: the act it is counted from, its bare end, the safe day, the last of all."""

    clock: str
    counted_from: date
    nominal: date
    due: date
    latest: date


@dataclass(frozen=True)
class Answer:
    wrongs: tuple[Wrong, ...]
    times: tuple[OurTime, ...] = ()


@dataclass(frozen=True)
class Request:
    """Which records, whose, and the days on which the city's office was shut."""

    track: str = ""
    custodian: str = ""
    closed: frozenset[date] = frozenset()


class Record:
    """The acts of one request, in their order."""

    def __init__(self, acts: Sequence[Act], request: Request, off: Iterable[date]) -> None:
        """`off`: the state's legal holidays."""
        self.acts = sorted(acts, key=lambda act: act.on)
        self.request = request
        self.arrived = self.of("received")[0].on
        self.received = self._counts_as_received(off)
        self.sent = min(act.on for act in self.of("received", "submitted"))
        self.ended = self.first(("withdrawn", "lapsed", "closed"))

    def _counts_as_received(self, off: Iterable[date]) -> date:
        """After the office's own hour, or on no business day of such an office: the next one, if
        the city did nothing with it before."""
        facts = self.of("received")[0].facts
        if "cut_off" not in facts:
            return self.arrived
        days = Days(off, self.request.closed)
        is_late = facts["left_at"][11:] > facts["cut_off"]
        if not is_late and days.works(self.arrived):
            return self.arrived
        later = days.or_next(self.arrived + DAY)
        others = [act for act in self.acts if act.kind not in {"submitted", "received"}]
        had_it = any(self.arrived <= act.on < later for act in others)
        return self.arrived if had_it else later

    def of(self, *kinds: str) -> list[Act]:
        return [act for act in self.acts if act.kind in kinds]

    def first(self, kinds: Iterable[str], since: date = date.min) -> date | None:
        """The day of the first such act on or after that day."""
        return next((act.on for act in self.of(*kinds) if act.on >= since), None)

    def filed(self, *routes: str) -> list[Act]:
        return [act for act in self.of("appeal_filed") if act.facts.get("route") in routes]

    def decided(self, *routes: str) -> list[Act]:
        """The decisions on those routes; on any, where none is named."""
        decisions = self.of("appeal_decided")
        return [act for act in decisions if not routes or act.facts.get("route") in routes]

    def amount_asked(self, by: date) -> Decimal:
        """The last amount the city named by that day; 0 where it named none."""
        named = [Decimal(act.facts.get("amount", "0")) for act in self.of("fees_estimated")
                 if act.on <= by]  # fmt: skip
        return named[-1] if named else Decimal(0)

    def wrongs(
        self, *kinds: str, by: str = "", sure: bool = True, undone_by: Iterable[str] = ()
    ) -> list[Wrong]:
        """Acts that are wrongs, under the name of the act or the one given."""
        undone_by = tuple(undone_by)
        return [
            Wrong(by or act.kind, act.on, act.on if sure else None, self.first(undone_by, act.on))
            for act in self.of(*kinds)
        ]

    def silence(
        self,
        strict: date,
        generous: date | None,
        *,
        answers: Iterable[str],
        perhaps: Iterable[str] = (),
        undone_by: Iterable[str] = (),
    ) -> list[Wrong]:
        """The wrong of letting time pass. No generous end: on that reading it does not end yet."""
        answers, perhaps = tuple(answers), tuple(perhaps)
        over = self.first(answers) or self.ended
        if any(day and day <= strict for day in (self.first(answers), self.ended)):
            return []
        over = self.first((*answers, *perhaps))
        is_sure = generous is not None and not (over and over <= generous)
        sure = generous + DAY if is_sure and generous else None
        return [Wrong("silence", strict + DAY, sure, self.first(undone_by, strict))]


def times(
    clock: str, starts: Iterable[tuple[date, date]], used: Iterable[date], days: Days
) -> list[OurTime]:
    """Our times from acts, each given with the bare last day counted from it.

    An act within a time that runs may not begin another: we count from the first, and the last
    is only the most generous reading. Once a time was used, or is over, the next act begins one.
    """
    used = list(used)
    groups: list[list[tuple[date, date]]] = []
    for start in sorted(starts):
        begun = groups[-1][0] if groups else None
        if begun and start[0] <= begun[1] and not any(begun[0] <= day <= start[0] for day in used):
            groups[-1].append(start)
        else:
            groups.append([start])
    return [
        OurTime(
            clock, group[0][0], group[0][1], days.or_before(group[0][1]),
            max(days.or_next(end) for _, end in group),
        )
        for group in groups
    ]  # fmt: skip
