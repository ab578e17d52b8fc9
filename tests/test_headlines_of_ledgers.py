"""Any ledger of the five cities → the board's words: no time of ours is lost on the way to them."""

from datetime import date, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cities.clocks.derive import ClockError, Occurrence
from cities.clocks.derive import Deadline as Derived
from cities.rights.standing import Standing
from requests_app.headlines import Facts, Headline, headline_on
from requests_app.ledger.deadline_rows import fill, keyed
from requests_app.models import Deadline
from requests_app.vocabulary.headlines import NextStep, Section, Turn
from requests_app.vocabulary.states import AppealState, RequestState
from tests.cities.rights.test_properties import (
    CITY_ACTS,
    Ledger,
    days_that_matter,
    ledgers,
    remedies,
    rights_open,
)

DAY = timedelta(days=1)
quick = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
# Where a request stands decides the words; whose time runs, its ledger alone.
STANDINGS = st.sampled_from(
    [
        Facts(RequestState.SUBMITTED),
        Facts(RequestState.ACKNOWLEDGED, silence_is_denial_of=("response",)),
        Facts(RequestState.DENIED),
        Facts(RequestState.GRANTED),
        Facts(RequestState.UNDER_APPEAL, appeal=(1, AppealState.FILED)),
    ]
)


def headline(facts: Facts, counted: Standing, day: date) -> Headline[Deadline]:
    rows = [
        fill(Deadline(clock=clock, route=route, occurrence=number), derived)
        for (clock, route, number), derived in keyed(counted.deadlines)
        if derived.status != "void"
    ]
    return headline_on(facts, rows, day)


Time = tuple[str, str, date | None]


def as_time(window: Deadline | Derived) -> Time:
    return window.clock, window.route, window.starts_on


def days_after_all_of(ledger: Ledger, counted: Standing) -> list[date]:
    """Nobody looks at a ledger before the last entry in it."""
    last = max(event.on for event in ledger.events)
    return [day for day in days_that_matter(counted) if day >= last]


@quick
@given(ledgers(), STANDINGS)
def test_the_board_has_a_time_of_ours_on_the_days_that_a_route_has_one(
    ledger: Ledger, facts: Facts
) -> None:
    counted = ledger.standing()
    for day in days_after_all_of(ledger, counted):
        shown = headline(facts, counted, day).window
        offered = [as_time(r.window) for _, r in rights_open(counted, day) if r.window]

        assert (as_time(shown) in offered) if shown else offered == [], f"{day}"


@quick
@given(ledgers(), STANDINGS)
def test_while_a_route_has_its_time_the_board_never_waits(ledger: Ledger, facts: Facts) -> None:
    counted = ledger.standing()
    for day in days_after_all_of(ledger, counted):
        said = headline(facts, counted, day)
        if said.window:
            assert said.section in {Section.LATE, Section.TO_DO}, f"{day}"
            assert said.step not in {NextStep.WAIT, NextStep.AWAIT_DECISION}, f"{day}"
            assert said.turn == Turn.OURS or said.is_late, f"{day}"


@quick
@given(ledgers(), STANDINGS, st.sampled_from(CITY_ACTS), st.integers(1, 60), st.data())
def test_a_late_act_takes_no_time_of_ours_off_the_board(
    ledger: Ledger, facts: Facts, kind: str, offset: int, data: st.DataObject
) -> None:
    """What the board said before it, it says after it, unless the law says that this act remedies
    what was done."""
    before = ledger.standing()
    lapses = [grievance.since for grievance in before.grievances if grievance.lapsed]
    assume(lapses)
    late_on = data.draw(st.sampled_from(lapses)) + DAY * (offset - 1)
    try:
        after = ledger.and_then(Occurrence(kind, late_on, {})).standing()
    except ClockError:
        return

    for day in (late_on, late_on + DAY, late_on + 20 * DAY):
        remedied = any(remedies(kind, grievance) for grievance in before.open(day))
        if headline(facts, before, day).window and not remedied:
            assert headline(facts, after, day).window, f"{kind} on {late_on}, seen on {day}"
