"""What holds for every request's rights under the law of the five cities, whatever happened."""

import contextlib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cities.clocks.derive import ClockError, Closure, Deadline, Occurrence, derive
from cities.rights.standing import Grievance, Right, Standing, standing
from cities.schema.load import load_city
from tests.cities.rights.calculator import calculate
from tests.cities.rights.calculator.record import Act
from tests.cities.rights.worked_rights import as_answer, in_order
from tests.cities.worked import OR, REAL_CITIES

DAY = timedelta(days=1)
quick = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)

LATE_ACTS = (
    "acknowledged", "clarification_requested", "extended", "produced_in_part", "fees_estimated",
)  # fmt: skip
CITY_ACTS = (
    *LATE_ACTS, "denied", "granted_in_part", "no_records", "referred", "granted",
    "fee_waiver_denied", "fees_waived", "complied",
)  # fmt: skip
OUR_ACTS = ("clarified", "clarification_declined", "fees_paid", "lawsuit")
ENDS = ("withdrawn", "closed", "lapsed")
OUTCOMES = ("affirmed", "reversed", "dismissed", "settled")
ROUTES = {slug: [route.slug for route in load_city(slug).all_routes()] for slug in REAL_CITIES}


@dataclass(frozen=True)
class Ledger:
    """A request to one city: what happened, in order, and the days the city was shut."""

    city: str
    events: tuple[Occurrence, ...]
    custodian: str = ""
    track: str = ""
    closures: tuple[Closure, ...] = ()

    @property
    def received(self) -> date:
        return next(event.on for event in self.events if event.kind == "received")

    def standing(self) -> Standing:
        return standing(load_city(self.city), self.events, **self._more)

    def deadlines(self) -> tuple[Deadline, ...]:
        return derive(load_city(self.city), self.events, **self._more)

    @property
    def _more(self) -> dict[str, Any]:
        return {"track": self.track, "custodian": self.custodian, "closures": self.closures}

    def and_then(self, event: Occurrence) -> "Ledger":
        return replace(self, events=(*self.events, event))


def days_after(received: date, furthest: int) -> st.SearchStrategy[date]:
    """Days after receipt: mostly in the first weeks, where the clocks end."""
    near, far = st.integers(0, 35), st.integers(36, furthest)
    return st.one_of(near, near, far).map(lambda count: received + DAY * count)


@st.composite
def events_of(draw: st.DrawFn, city: str, received: date, furthest: int) -> Occurrence:
    kind = draw(st.sampled_from([*CITY_ACTS, *OUR_ACTS, "appeal_filed", "appeal_decided"]))
    day = draw(days_after(received, furthest))
    facts: dict[str, Any] = {}
    if kind == "extended" and draw(st.booleans()):
        facts["until"] = day + DAY * draw(st.integers(0, 40))
    if kind == "fees_estimated":
        facts["amount"] = draw(st.sampled_from(["9", "180", "1200"]))
    if kind in {"appeal_filed", "appeal_decided"}:
        facts["route"] = draw(st.sampled_from(ROUTES[city]))
    if kind == "appeal_decided":
        facts["outcome"] = draw(st.sampled_from(OUTCOMES))
    return Occurrence(kind, day, facts)


@st.composite
def possible_or_not(
    draw: st.DrawFn,
    first: date = date(2024, 1, 10),
    last: date = date(2030, 12, 31),
    furthest: int = 500,
) -> Ledger:
    """Any mixture of acts, also one that nobody could have lived through."""
    city = draw(st.sampled_from(REAL_CITIES))
    received = draw(st.dates(first, last))
    events = [Occurrence("received", received)]
    if draw(st.booleans()):
        events.insert(0, Occurrence("submitted", received - DAY * draw(st.integers(0, 4))))
    events += draw(st.lists(events_of(city, received, furthest), max_size=6))
    if draw(st.integers(0, 4)) == 0:
        ending = draw(st.sampled_from(ENDS))
        events.append(Occurrence(ending, draw(days_after(received, furthest))))
    closed = draw(st.lists(st.integers(0, 40), max_size=3))
    return Ledger(
        city,
        tuple(events),
        draw(st.sampled_from(["", "elected_official"])) if city == OR else "",
        draw(st.sampled_from(["", "personnel_file"])),
        tuple(Closure(received + DAY * offset, "shut") for offset in closed),
    )


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Those that can have happened."""
    ledger = draw(possible_or_not())
    try:
        ledger.standing()
    except ClockError:
        assume(False)
    return ledger


def days_that_matter(counted: Standing) -> list[date]:
    """Each day on which a right may come or go, and the days beside it; of a request that was
    ended those from the end on, for a time that the end took away is told as taken."""
    dates = [grievance.since for grievance in counted.grievances]
    for deadline in counted.deadlines:
        found = (deadline.starts_on, deadline.due_on, deadline.latest_on, deadline.met_on)
        dates += [day for day in found if day]
    first = counted.ended_on or date.min
    beside = {day + DAY * offset for day in dates for offset in (-1, 0, 1)}
    return sorted(day for day in beside if day >= first)


def running(ledger: Ledger, counted: Standing, on: date) -> list[Deadline]:
    """Our times for a route that run that day: begun before it, and not over on any reading."""
    windows = {clock.name for clock in load_city(ledger.city).statute.clocks if clock.is_window}
    return [
        deadline
        for deadline in counted.deadlines
        if deadline.clock in windows
        and deadline.status_on(on) == "running"
        and deadline.starts_on
        and deadline.latest_on
        and deadline.starts_on < on <= deadline.latest_on
    ]


def rights_open(counted: Standing, on: date) -> list[tuple[Grievance, Right]]:
    return [
        (grievance, right)
        for way in counted.ways(on)
        for grievance, right in way.claims
        if right.is_open(on)
    ]


@quick
@given(possible_or_not())
def test_what_cannot_have_happened_is_refused_and_nothing_else_fails(ledger: Ledger) -> None:
    with contextlib.suppress(ClockError):
        ledger.standing()


@quick
@given(ledgers())
def test_standing_and_deadlines_are_of_one_count(ledger: Ledger) -> None:
    assert ledger.standing().deadlines == ledger.deadlines()


@quick
@given(ledgers())
def test_every_running_time_of_ours_belongs_to_one_route_offered(ledger: Ledger) -> None:
    counted = ledger.standing()
    for day in days_that_matter(counted):
        for window in running(ledger, counted, day):
            offered = {
                right.route.slug for _, right in rights_open(counted, day) if right.window == window
            }
            assert offered == {window.route}, f"{window.clock} on {day}"


@quick
@given(ledgers())
def test_every_route_offered_that_a_clock_counts_has_its_running_time(ledger: Ledger) -> None:
    counted = ledger.standing()
    for day in days_that_matter(counted):
        ours = running(ledger, counted, day)
        for grievance, right in rights_open(counted, day):
            began = right.window.starts_on if right.window else None
            if right.route.clock and began and began < day:
                assert right.window in ours, f"{right.route.slug} over {grievance.kind} on {day}"
            assert bool(right.route.clock) == bool(right.window), right.route.slug


@quick
@given(ledgers(), st.sampled_from(CITY_ACTS), st.integers(1, 60), st.data())
def test_late_act_takes_no_right_away(
    ledger: Ledger, kind: str, offset: int, data: st.DataObject
) -> None:
    """What stood before it stands after it, unless the pack says that this act remedies it."""
    before = ledger.standing()
    lapses = [grievance.since for grievance in before.grievances if grievance.lapsed]
    assume(lapses)
    late_on = data.draw(st.sampled_from(lapses)) + DAY * (offset - 1)
    facts = {"until": late_on + DAY * offset} if kind == "extended" and offset % 2 else {}
    try:
        after = ledger.and_then(Occurrence(kind, late_on, facts)).standing()
    except ClockError:
        return

    for day in (late_on, late_on + DAY, late_on + 20 * DAY, late_on + 90 * DAY):
        left = {
            (grievance.kind, grievance.since, right.route.slug)
            for grievance, right in rights_open(after, day)
        }
        stood = {
            (grievance.kind, grievance.since, right.route.slug)
            for grievance, right in rights_open(before, day)
            if grievance.since <= late_on and not remedies(kind, grievance)
        }
        assert stood <= left, f"{kind} on {late_on}, seen on {day}"


def remedies(kind: str, grievance: Grievance) -> bool:
    return any(trigger.event == kind for trigger in grievance.rule.remedied_by)


@quick
@given(possible_or_not(date(2026, 1, 5), date(2026, 12, 5), furthest=200))
def test_calculator_says_the_same_of_any_request(ledger: Ledger) -> None:
    """By other code from the words of the law, in the years whose holidays it knows."""
    try:
        counted = ledger.standing()
    except ClockError:
        return

    acts = [
        Act(e.kind, e.on, {key: str(value) for key, value in e.facts.items()})
        for e in ledger.events
    ]
    answer = calculate(
        ledger.city,
        acts,
        track=ledger.track,
        custodian=ledger.custodian,
        closed=[closure.on for closure in ledger.closures],
    )
    assert in_order(answer) == as_answer(counted)


@quick
@given(ledgers(), st.integers(0, 400))
def test_nothing_stands_of_a_request_that_was_ended(ledger: Ledger, offset: int) -> None:
    counted = ledger.standing()
    assume(counted.ended_on)
    assert counted.ended_on
    day = counted.ended_on + DAY * offset

    assert counted.open(day) == ()
    assert counted.ways(day) == ()
    assert running(ledger, counted, day) == []


@quick
@given(ledgers())
def test_grievance_that_one_reading_denies_says_why(ledger: Ledger) -> None:
    for grievance in ledger.standing().grievances:
        if grievance.surely_since is None:
            assert grievance.unsettled, grievance.kind
        else:
            assert grievance.since <= grievance.surely_since
