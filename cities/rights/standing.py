"""Events → grievances, each with the rights it opens: the same count that gives the deadlines.

Nothing here knows today. A standing is asked about a day: what a silence opens is there from the
day after the clock ended on the strict reading, and whether every reading agrees is told apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cities.calendar.business_days import Closure
from cities.clocks.derive import Counted, Deadline, Law, Occurrence, count, law_of
from cities.clocks.occurrences import Timeline
from cities.clocks.openings import Opening, decided_route
from cities.clocks.starts import Start
from cities.schema.city import City, RequestKind, Route
from cities.schema.grievances import GrievanceRule, plain_rules

DAY = timedelta(days=1)
SURELY_OVER = timedelta(days=2 * 366)
"""Longer than any time of ours that a law counts, with whatever may have stopped it."""


@dataclass(frozen=True, slots=True)
class Right:
    """A way open to us over a grievance. No `window`: the law sets no time that we could count.

    `used_on`: the day we took it, over this grievance or one that ran in the same time.
    """

    route: Route
    window: Deadline | None
    used_on: date | None

    def is_in_time(self, on: date) -> bool:
        """Whether it may still be taken that day, on the most generous reading."""
        if self.window and self.window.not_computed_before and self.window.starts_on:
            return on <= self.window.starts_on + SURELY_OVER
        return self.window is None or self.window.latest_on is None or on <= self.window.latest_on

    def is_open(self, on: date) -> bool:
        return self.used_on is None and self.is_in_time(on)


@dataclass(frozen=True, slots=True)
class Grievance:
    """One thing done to us. `since`: the first day on which it may be said, on the strict reading.

    `surely_since`: from that day on every reading; None where one reading denies it, and then
    `unsettled` says why. `lapsed`: the clock that ended without its act. `decided`: the route on
    which a decision was made.
    """

    kind: str
    since: date
    surely_since: date | None
    label: str
    rule: GrievanceRule
    rights: tuple[Right, ...]
    unsettled: str = ""
    lapsed: Deadline | None = None
    decided: str = ""
    remedied_on: date | None = None

    def is_sure(self, on: date) -> bool:
        return self.surely_since is not None and self.surely_since <= on

    def stands(self, on: date) -> bool:
        """Whether anything can come of it that day: what is remedied opens only running time."""
        if on < self.since:
            return False
        return not self._is_remedied(on) or any(
            right.window and right.is_open(on) for right in self.rights
        )

    def _is_remedied(self, on: date) -> bool:
        return self.remedied_on is not None and self.remedied_on <= on

    def rights_on(self, on: date) -> tuple[Right, ...]:
        """Those that stand or once stood; of a remedied grievance those whose time still runs."""
        if not self.stands(on):
            return ()
        if not self._is_remedied(on):
            return self.rights
        return tuple(right for right in self.rights if right.window and right.is_open(on))


@dataclass(frozen=True, slots=True)
class Way:
    """A route on a day, with every grievance that opens it; the first is the one to write of."""

    route: Route
    claims: tuple[tuple[Grievance, Right], ...]

    @property
    def grievance(self) -> Grievance:
        return self.claims[0][0]

    @property
    def window(self) -> Deadline | None:
        return self.claims[0][1].window

    @property
    def windows(self) -> tuple[Deadline, ...]:
        """Our times for it, each once, in the order of the claims."""
        found: list[Deadline] = []
        for _, right in self.claims:
            if right.window and right.window not in found:
                found.append(right.window)
        return tuple(found)

    def is_open(self, on: date) -> bool:
        return any(right.is_open(on) for _, right in self.claims)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands in law: its deadlines, and what was done to us, by day."""

    deadlines: tuple[Deadline, ...] = ()
    grievances: tuple[Grievance, ...] = ()
    ended_on: date | None = None

    def open(self, on: date) -> tuple[Grievance, ...]:
        """What stands that day; nothing of a request that was ended by then."""
        if self.ended_on and self.ended_on <= on:
            return ()
        return tuple(grievance for grievance in self.grievances if grievance.stands(on))

    def ways(self, on: date) -> tuple[Way, ...]:
        """The routes that a grievance of that day opens or has opened, in the order of the law."""
        claims: dict[str, list[tuple[Grievance, Right]]] = {}
        routes: dict[str, Route] = {}
        for grievance in self.open(on):
            for right in grievance.rights_on(on):
                routes[right.route.slug] = right.route
                claims.setdefault(right.route.slug, []).append((grievance, right))
        ways = [
            Way(routes[slug], tuple(sorted(found, key=lambda claim: _weight(claim, on))))
            for slug, found in claims.items()
        ]
        return tuple(sorted(ways, key=lambda way: (not way.route.is_formal, way.route.order)))


# What a challenge is written of where several grievances open its route.
_HEAVIEST = (
    "disobeyed", "decision", "denied", "granted_in_part", "no_records", "referred", "fee_waiver",
    "fee", "silence", "extension",
)  # fmt: skip


def _weight(claim: tuple[Grievance, Right], on: date) -> tuple[bool, int, int]:
    """What is open before what is not, then the heaviest, and of those the last."""
    grievance, right = claim
    return (
        not right.is_open(on),
        _HEAVIEST.index(grievance.kind),
        -grievance.since.toordinal(),
    )


def standing(
    city: City,
    events: Sequence[Occurrence],
    *,
    track: str = "",
    custodian: str = "",
    closures: Sequence[Closure] = (),
) -> Standing:
    """Where a request for records to that city stands. Raises ClockError as `clocks.derive`."""
    return standing_by_law(
        law_of(city, custodian), events, track=track, custodian=custodian, closures=closures
    )


def standing_by_law(
    law: Law,
    events: Sequence[Occurrence],
    *,
    track: str = "",
    custodian: str = "",
    closures: Sequence[Closure] = (),
) -> Standing:
    """As `standing`, of a law without its city."""
    counted = count(law, events, track=track, custodian=custodian, closures=closures)
    if counted.timeline is None:
        return Standing()
    grievances = tuple(
        _grievance(one, counted, counted.timeline)
        for one in counted.openings
        # Of a silence before the calendar nobody can say when it began, or whether it did.
        if not one.start.is_before_calendar
    )
    return Standing(counted.deadlines, grievances, counted.timeline.ended_on)


def standing_without_law(
    city: City, kind: RequestKind, custodian: str, events: Sequence[Occurrence]
) -> Standing:
    """Where a request stands that no records law covers: what the city itself offers. Its chain of
    offices, where it has one, is no route: no window runs there (`City.escalations`)."""
    routes = (
        ()
        if city.escalations_for(kind)
        else tuple(
            route
            for route in city.all_routes()
            if kind in route.for_kinds and (custodian or "city") in route.for_custodians
        )
    )
    law = Law((), city.statute.calendar, grievances=plain_rules(), routes=routes)
    return standing_by_law(law, events, custodian=custodian)


def _grievance(opening: Opening, counted: Counted, timeline: Timeline) -> Grievance:
    rule, start = opening.rule, opening.start
    remedy = timeline.first(rule.remedied_by, start.on)
    since, surely = _days_of(opening)
    return Grievance(
        kind=rule.kind,
        since=since,
        surely_since=surely,
        label=start.label,
        rule=rule,
        rights=tuple(_right(route, opening, counted, timeline) for route in opening.routes),
        unsettled=_unsettled(start, surely),
        lapsed=start.lapsed.deadline if start.lapsed else None,
        decided=decided_route(start) if rule.kind == "decision" else "",
        remedied_on=remedy[0] if remedy else None,
    )


def _days_of(opening: Opening) -> tuple[date, date | None]:
    """The day it may first be said to be, and the day from which nobody can deny it."""
    start = opening.start
    if start.lapsed is None:
        return start.on, None if start.unsettled else start.on
    clock = start.lapsed.deadline
    if opening.rule.unsettled or clock.due_on is None:
        return start.on + DAY, None
    was_met = clock.met_on is not None and clock.met_on <= clock.due_on
    return start.on + DAY, None if was_met else clock.due_on + DAY


def _unsettled(start: Start, surely: date | None) -> str:
    """Why one reading denies it; for a lapse in doubt, what leaves open when the clock ended."""
    in_doubt = start.lapsed.deadline.unsettled if start.lapsed and surely is None else ""
    return start.unsettled or in_doubt


def _right(route: Route, opening: Opening, counted: Counted, timeline: Timeline) -> Right:
    window = next(
        (
            time.deadline
            for time in counted.windows
            if time.deadline.route == route.slug
            and any(_is_that(opening.start, start) for start in time.starts)
        ),
        None,
    )
    if window:
        return Right(route, window, window.met_on)
    return Right(route, None, _taken_on(route, opening.start.on, timeline))


def _is_that(opened: Start, start: Start) -> bool:
    """Whether a time began with that act or lapse: a clock with `starts` of its own knows nothing
    of the grievance's rule."""
    is_same = (opened.on, opened.event, opened.lapsed) == (start.on, start.event, start.lapsed)
    return is_same and start.wrong in ("", opened.wrong)


def _taken_on(route: Route, since: date, timeline: Timeline) -> date | None:
    filings = timeline.of_kind("appeal_filed")
    return next((one.on for one in filings if one.route == route.slug and one.on >= since), None)
