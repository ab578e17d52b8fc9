"""What was done to us and what we may do about it on a day, as pages and actions ask it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cities.clocks.derive import Deadline as Window
from cities.rights.standing import Grievance, Standing, Way
from cities.schema.city import Route
from requests_app import ledger
from requests_app.models import Appeal, Deadline, RecordsRequest

# The city's answers to a request as a whole: a later one takes the place of an earlier one.
DETERMINATIONS = frozenset({"denied", "granted_in_part", "no_records", "referred"})


@dataclass(frozen=True, slots=True)
class OtherTime:
    """A time of ours for the same route over another grievance: it ends on a day of its own."""

    deadline: Deadline
    why: str


@dataclass(frozen=True, slots=True)
class RouteOption:
    """A route that a grievance opens, with our time for it and the step taken on it, if any."""

    way: Way
    deadline: Deadline | None
    appeal: Appeal | None
    why: str
    also: tuple["OtherTime", ...] = ()

    @property
    def route(self) -> Route:
        return self.way.route

    on: date | None = None
    stands: str = ""  # the request's state, by which two answers of one day are told apart

    @property
    def answers(self) -> str:
        """What the challenge is of: a `GrievanceKind`. Of several determinations the last one, for
        it takes the place of those before it: what was denied and then released in part is now
        withheld in part. Our time is still counted from each of them.
        """
        first = self.way.grievance
        if first.kind not in DETERMINATIONS:
            return first.kind
        made = [
            grievance
            for grievance, right in self.way.claims
            if grievance.kind in DETERMINATIONS and (self.on is None or right.is_open(self.on))
        ]
        return max(made, key=lambda one: (one.since, one.kind == self.stands), default=first).kind


def open_routes(
    records_request: RecordsRequest, *, on: date, standing: Standing | None = None
) -> list[RouteOption]:
    """The routes in the order of the law, the informal ones last; also those already taken."""
    stands = standing or ledger.standing_for(records_request)
    appeals = {appeal.route: appeal for appeal in records_request.appeals.all()}
    rows = {(row.clock, row.route, row.starts_on): row for row in records_request.deadlines.all()}
    return [
        RouteOption(
            way,
            _row_of(way.window, rows) if way.window else None,
            appeals.get(way.route.slug),
            _why(way.grievance, on),
            tuple(_also(way, rows, on)),
            on,
            records_request.state,
        )
        for way in stands.ways(on)
    ]


Rows = Mapping[tuple[str, str, date | None], Deadline]


def _row_of(window: Window, rows: Rows) -> Deadline | None:
    return rows.get((window.clock, window.route, window.starts_on))


def _also(way: Way, rows: Rows, on: date) -> Iterator[OtherTime]:
    """Beside the time that is shown first: the others that run, each with what it is over."""
    shown = [way.window]
    for grievance, right in way.claims:
        if right.window and right.window not in shown and right.is_open(on):
            shown.append(right.window)
            if row := _row_of(right.window, rows):
                yield OtherTime(row, _why(grievance, on))


def _why(grievance: Grievance, on: date) -> str:
    """What opened the route; where one reading denies it, so much."""
    if grievance.is_sure(on):
        return grievance.rule.explanation
    return f"On the strict reading. {grievance.unsettled}".rstrip()


def lapsed_silence(standing: Standing, *, on: date) -> Grievance | None:
    """The city's silence, once the time for its answer is over on every count of the days.

    An act that only perhaps answers does not end it: that is `unsettled`, not refuted.
    """
    for grievance in standing.open(on):
        clock = grievance.lapsed
        if grievance.kind == "silence" and clock and clock.due_on and clock.due_on < on:
            return grievance
    return None


def has_lapsed(standing: Standing, *, on: date) -> bool:
    """Whether a clock ended without the act it waits for, on some reading, and still matters."""
    return any(grievance.lapsed for grievance in standing.open(on))
