"""Where a request stands and its clocks → the board's words for it, on every day there is."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cities.clocks.computed_deadline import status_on
from requests_app.headlines import (
    Facts,
    headline_on,
    is_missed_by_the_city,
    shown_clock,
    spans,
    still_matters,
)
from requests_app.vocabulary.headlines import NextStep, Section, Turn
from requests_app.vocabulary.states import OPEN, AppealState, DeliveryState, RequestState

TODAY = date(2026, 11, 2)  # a Monday
S = RequestState


@dataclass(frozen=True)
class Clock:
    """The city's time to answer, running until Friday, unless said otherwise."""

    clock: str = "response"
    route: str = ""
    occurrence: int = 0
    whose: str = "city"
    status: str = "running"
    starts_on: date | None = None
    due_on: date | None = date(2026, 11, 6)
    latest_on: date | None = None
    is_reminder: bool = False

    @property
    def is_window(self) -> bool:
        return self.whose == "ours" and bool(self.route)

    def status_on(self, day: date) -> str:
        return status_on(self.status, self.starts_on, day)


def window(due_on: date | None, latest_on: date | None = None, **fields: Any) -> Clock:
    """Our time to complain to the commission."""
    latest = latest_on or due_on
    return Clock("appeal", "foic", whose="ours", due_on=due_on, latest_on=latest, **fields)


def reminder(due_on: date) -> Clock:
    return Clock("reminder", whose="ours", due_on=due_on, is_reminder=True)


LATE = Clock(due_on=date(2026, 10, 30))
RUNNING = Clock(due_on=date(2026, 11, 20))
RUNNING_SOONER = Clock(due_on=date(2026, 11, 9))
PROJECTED = Clock(status="projected", due_on=date(2026, 11, 6))
DUE_TODAY = Clock(due_on=TODAY)
TOLLED = Clock(status="tolled", due_on=None)
WINDOW = window(date(2026, 12, 1))
FAR_WINDOW = window(date(2026, 12, 3))
WINDOW_CLOSED = window(date(2026, 10, 30))
PAST_REMINDER = reminder(date(2026, 10, 30))


@pytest.mark.parametrize(
    ("clocks", "shown"),
    [
        ([PROJECTED, RUNNING, TOLLED, WINDOW, WINDOW_CLOSED, LATE], LATE),
        ([PROJECTED, WINDOW, RUNNING], WINDOW),
        ([PROJECTED, FAR_WINDOW, RUNNING], RUNNING),
        ([WINDOW_CLOSED, TOLLED, PROJECTED, RUNNING, RUNNING_SOONER], RUNNING_SOONER),
        ([WINDOW_CLOSED, TOLLED, PROJECTED], PROJECTED),
        ([WINDOW_CLOSED, TOLLED], TOLLED),
        ([WINDOW_CLOSED], WINDOW_CLOSED),
        ([TOLLED, DUE_TODAY], DUE_TODAY),
        ([PAST_REMINDER, RUNNING], RUNNING),
        ([PAST_REMINDER], PAST_REMINDER),
        ([Clock(status="met"), Clock(status="void"), Clock(due_on=None)], None),
        ([Clock(status="projected", due_on=date(2026, 10, 30))], None),
    ],
)
def test_a_row_shows_the_clock_that_matters_most(clocks: list[Clock], shown: Clock | None) -> None:
    assert shown_clock(clocks, TODAY) == shown


@pytest.mark.parametrize(
    ("clock", "is_missed"),
    [
        (Clock(due_on=date(2026, 11, 1)), True),
        (Clock(due_on=date(2026, 11, 1), whose="body"), True),
        (DUE_TODAY, False),
        (Clock(due_on=None), False),
        (Clock(due_on=date(2026, 11, 1), status="projected"), False),
        (Clock(due_on=date(2026, 11, 1), is_reminder=True), False),
        (window(date(2026, 11, 1)), False),
    ],
)
def test_the_city_has_missed_a_day_of_its_own_that_has_passed(
    clock: Clock, is_missed: bool
) -> None:
    assert is_missed_by_the_city(clock, TODAY) is is_missed


def test_after_an_answer_only_the_clocks_of_a_challenge_matter() -> None:
    assert [
        still_matters(clock, is_pending=is_pending)
        for clock in (RUNNING, WINDOW)
        for is_pending in (True, False)
    ] == [True, False, True, True]


PENDING = Facts(S.SUBMITTED)


@pytest.mark.parametrize(
    ("facts", "clocks", "section", "turn", "step"),
    [
        (Facts(S.DRAFT), [], Section.TO_DO, Turn.OWNER, NextStep.FINISH_DRAFT),
        (Facts(S.IN_REVIEW), [], Section.TO_DO, Turn.EDITOR, NextStep.REVIEW),
        (Facts(S.APPROVED), [], Section.TO_DO, Turn.OURS, NextStep.SUBMIT),
        (PENDING, [RUNNING], Section.WAITING, Turn.CITY, NextStep.WAIT),
        (PENDING, [RUNNING_SOONER], Section.THIS_WEEK, Turn.CITY, NextStep.WAIT),
        (PENDING, [Clock(due_on=date(2026, 11, 10))], Section.WAITING, Turn.CITY, NextStep.WAIT),
        (PENDING, [LATE], Section.LATE, Turn.CITY, NextStep.FOLLOW_UP),
        (PENDING, [LATE, WINDOW], Section.LATE, Turn.CITY, NextStep.FOLLOW_UP),
        (PENDING, [RUNNING, WINDOW], Section.TO_DO, Turn.OURS, NextStep.CHALLENGE),
        (PENDING, [RUNNING, FAR_WINDOW], Section.TO_DO, Turn.OURS, NextStep.ASK_OR_CHALLENGE),
        (PENDING, [PAST_REMINDER], Section.TO_DO, Turn.OURS, NextStep.ASK),
        (PENDING, [reminder(TODAY)], Section.THIS_WEEK, Turn.CITY, NextStep.WAIT),
        (PENDING, [TOLLED], Section.WAITING, Turn.CITY, NextStep.WAIT),
        (PENDING, [], Section.WAITING, Turn.CITY, NextStep.WAIT),
        (
            replace(PENDING, silence_is_denial_of=("response",)),
            [LATE],
            Section.LATE,
            Turn.CITY,
            NextStep.TREAT_AS_DENIED,
        ),
        (replace(PENDING, is_asked=True), [TOLLED], Section.TO_DO, Turn.OURS, NextStep.CLARIFY),
        (replace(PENDING, is_asked=True), [LATE], Section.LATE, Turn.OURS, NextStep.CLARIFY),
        (
            replace(PENDING, is_fee_open=True, is_fee_unsettled=True),
            [TOLLED],
            Section.TO_DO,
            Turn.OURS,
            NextStep.ANSWER_FEE,
        ),
        (
            replace(PENDING, is_fee_unsettled=True),
            [Clock("fee_lapse", whose="ours")],
            Section.TO_DO,
            Turn.OURS,
            NextStep.PAY_FEE,
        ),
        (Facts(S.GRANTED), [LATE], Section.TO_DO, Turn.OURS, NextStep.CLOSE),
        (Facts(S.DENIED), [WINDOW], Section.TO_DO, Turn.OURS, NextStep.CHALLENGE_OR_CLOSE),
        (
            Facts(S.UNDER_APPEAL, appeal=(3, AppealState.FILED)),
            [Clock("appeal_decision", "foic", whose="body", due_on=date(2027, 1, 4))],
            Section.WAITING,
            Turn.BODY,
            NextStep.AWAIT_DECISION,
        ),
        (
            Facts(S.UNDER_APPEAL, appeal=(3, AppealState.FILED)),
            [Clock("appeal_decision", "foic", whose="body", due_on=date(2026, 10, 30))],
            Section.LATE,
            Turn.BODY,
            NextStep.AWAIT_DECISION,
        ),
        (
            Facts(S.UNDER_APPEAL, appeal=(3, AppealState.FILED)),
            [FAR_WINDOW],
            Section.TO_DO,
            Turn.OURS,
            NextStep.CHALLENGE,
        ),
        (
            Facts(S.DENIED, appeal=(3, AppealState.DRAFT)),
            [WINDOW],
            Section.TO_DO,
            Turn.OURS,
            NextStep.FILE_APPEAL,
        ),
        (
            Facts(S.UNDER_APPEAL, is_decided_against_us=True),
            [],
            Section.TO_DO,
            Turn.OURS,
            NextStep.CHALLENGE_OR_CLOSE,
        ),
        (replace(PENDING, unread=7), [LATE], Section.TO_DO, Turn.OURS, NextStep.READ_MESSAGE),
        (replace(PENDING, leaving=7), [], Section.WAITING, Turn.DESK, NextStep.LET_IT_LEAVE),
        (
            replace(PENDING, troubled=(7, DeliveryState.BOUNCED), unread=8),
            [LATE],
            Section.TO_DO,
            Turn.OURS,
            NextStep.SEND_AGAIN,
        ),
    ],
)
def test_what_the_board_says(
    facts: Facts, clocks: list[Clock], section: Section, turn: Turn, step: NextStep
) -> None:
    said = headline_on(facts, clocks, TODAY)

    assert (said.section, said.turn, said.step) == (section, turn, step)


def test_a_headline_changes_on_few_days_and_each_is_right_from_its_first_to_its_last() -> None:
    due, ours = (
        date(2026, 11, 6),
        window(
            date(2026, 12, 7), date(2026, 12, 9), starts_on=date(2026, 11, 6), status="projected"
        ),
    )

    found = spans(replace(PENDING, silence_is_denial_of=("response",)), [Clock(due_on=due), ours])

    told = [(span.from_on, span.headline.section, span.headline.clock) for span in found]
    clock = Clock(due_on=due)
    assert told == [
        (date.min, Section.WAITING, clock),
        (date(2026, 10, 30), Section.THIS_WEEK, clock),
        (date(2026, 11, 7), Section.LATE, clock),  # and from here our window runs beside it
        (date(2026, 12, 10), Section.LATE, clock),
    ]
    assert [span.headline.window for span in found] == [None, None, ours, None]


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
NAMES = ["response", "acknowledgement", "appeal", "appeal_decision", "fee_lapse", "reminder"]


@st.composite
def clocks(draw: Any) -> Clock:
    starts, length = draw(DAYS), draw(st.integers(0, 60))
    due = starts + timedelta(days=length)
    name = draw(st.sampled_from(NAMES))
    whose = {"appeal": "ours", "fee_lapse": "ours", "reminder": "ours", "appeal_decision": "body"}
    status = draw(st.sampled_from(["running", "projected", "met", "tolled"]))
    has_days = status != "tolled"  # a tolled clock has no dates
    return Clock(
        clock=name,
        route=draw(st.sampled_from(["foic", "court"])) if name.startswith("appeal") else "",
        occurrence=draw(st.integers(0, 3)),
        whose=whose.get(name, "city"),
        status=status,
        starts_on=starts,
        due_on=draw(st.sampled_from([due, due, due, None])) if has_days else None,
        latest_on=due + timedelta(days=draw(st.integers(0, 3))) if has_days else None,
        is_reminder=name == "reminder",
    )


@st.composite
def standings(draw: Any) -> Facts:
    return Facts(
        state=draw(st.sampled_from(OPEN)),
        is_asked=draw(st.booleans()),
        silence_is_denial_of=draw(st.sampled_from([(), ("response",)])),
        appeal=draw(st.sampled_from([None, (1, AppealState.DRAFT), (1, AppealState.FILED)])),
    )


@given(standings(), st.lists(clocks(), max_size=5), st.lists(DAYS, min_size=5, max_size=20))
def test_the_spans_say_of_every_day_what_that_day_says(
    facts: Facts, all_clocks: list[Clock], days: list[date]
) -> None:
    found = spans(facts, all_clocks)

    near = {span.from_on + timedelta(days=n) for span in found[1:] for n in (-1, 0, 1)}
    for day in {*days, *near}:
        [span] = [span for span in found if span.from_on <= day <= span.until_on]
        assert span.headline == headline_on(facts, all_clocks, day)


@given(standings(), st.lists(clocks(), max_size=5), DAYS)
def test_while_a_time_of_ours_runs_nobody_is_told_to_wait_for_the_city(
    facts: Facts, all_clocks: list[Clock], day: date
) -> None:
    said = headline_on(facts, all_clocks, day)

    if said.window:
        assert said.step not in {NextStep.WAIT, NextStep.AWAIT_DECISION}
        assert said.window.whose == "ours"
        assert said.window.latest_on
        assert said.window.latest_on >= day


@given(standings(), st.lists(clocks(), max_size=5), DAYS)
def test_the_order_in_which_clocks_are_read_changes_nothing(
    facts: Facts, all_clocks: list[Clock], day: date
) -> None:
    said = headline_on(facts, all_clocks, day)
    again = headline_on(facts, all_clocks[::-1], day)

    assert (said.section, said.turn, said.step, said.is_late) == (
        again.section, again.turn, again.step, again.is_late,
    )  # fmt: skip
