"""Kaplan–Meier and Aalen–Johansen: against values worked by hand, properties, and lifelines."""

import math
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.research.statistics.survival import (
    NOT_REACHED,
    OPEN,
    IncidenceStep,
    Wait,
    incidence_of,
    survival_of,
)

# Six waits, one of them still open, two that end on one day:
#   day  at risk  ended  censored   still waiting            cumulated d / (n (n - d))
#    3      6       1        0      5/6                      1/30
#    5      5       0        1      5/6                      1/30
#    8      4       2        0      5/6 × 2/4 = 5/12         1/30 + 2/8
#   11      2       1        0      5/12 × 1/2 = 5/24        1/30 + 2/8 + 1/2
#   20      1       1        0      0
SIX = [
    Wait(3, "granted"), Wait(5), Wait(8, "granted"), Wait(8, "denied"), Wait(11, "granted"),
    Wait(20, "denied"),
]  # fmt: skip

waits = st.lists(
    st.builds(
        Wait,
        days=st.integers(0, 60),
        ended=st.sampled_from([OPEN, "granted", "denied", "no_records"]),
        count=st.integers(1, 3),
    ),
    min_size=1,
    max_size=30,
)


def test_curve_falls_where_a_wait_ends_and_not_where_one_is_open() -> None:
    found = survival_of(SIX)

    assert [(step.days, step.at_risk, step.ended, step.censored) for step in found.steps] == [
        (3, 6, 1, 0), (5, 5, 0, 1), (8, 4, 2, 0), (11, 2, 1, 0), (20, 1, 1, 0),
    ]  # fmt: skip
    assert [step.waiting for step in found.steps] == pytest.approx(
        [5 / 6, 5 / 6, 5 / 12, 5 / 24, 0]
    )
    assert (found.n, found.ended, found.censored) == (6, 5, 1)


def test_interval_is_greenwoods_on_the_scale_of_log_log() -> None:
    # After day 8: log(5/12) = -.875469; √(1/30 + 1/4) = .532291; reach exp(1.959964 × .532291 /
    # .875469) = exp(1.191668) = 3.292568; (5/12)^3.292568 = .055988, (5/12)^(1/3.292568) = .766519
    step = survival_of(SIX).steps[2]

    assert (step.lower, step.upper) == pytest.approx((0.0560, 0.7665), abs=1e-4)


def test_no_interval_is_claimed_before_the_first_ends_and_after_the_last() -> None:
    found = survival_of([Wait(1), Wait(2, "granted"), Wait(3, "granted")])

    assert [(step.lower is None, step.upper is None) for step in found.steps] == [
        (True, True), (False, False), (True, True),
    ]  # fmt: skip


def test_median_is_the_day_by_which_half_have_ended() -> None:
    assert survival_of(SIX).median == 8
    assert survival_of([Wait(4, "granted"), Wait(9, "granted")]).median == 4  # exactly a half


def test_a_half_that_is_one_but_for_rounding_counts_as_one() -> None:
    # Of 24 that end one a day, 23/24 × 22/23 × … × 12/13 is a half, and 0.5000000000000001 here.
    assert survival_of([Wait(day, "granted") for day in range(1, 25)]).median == 12


def test_median_is_not_reached_where_most_are_open() -> None:
    found = survival_of([Wait(4, "granted"), Wait(90), Wait(90), Wait(90)])

    assert found.median is NOT_REACHED
    assert found.median_upper is NOT_REACHED


def test_what_is_open_on_a_day_was_at_risk_on_it() -> None:
    # One ends and one is censored on day 5: two were at risk, so a half is left.
    assert survival_of([Wait(5, "granted"), Wait(5)]).waiting_after(5) == 0.5


def test_share_waiting_and_number_at_risk_on_any_day() -> None:
    found = survival_of(SIX)

    assert [found.waiting_after(day) for day in (0, 3, 7, 30)] == pytest.approx(
        [1, 5 / 6, 5 / 6, 0]
    )
    assert [found.at_risk_on(day) for day in (0, 4, 20, 21)] == [6, 5, 1, 0]


def test_nothing_gives_no_curve() -> None:
    found = survival_of([])

    assert (found.n, found.steps, found.median) == (0, (), NOT_REACHED)
    assert (incidence_of([]).n, incidence_of([]).steps) == (0, ())


def test_nothing_is_drawn_where_fewer_than_five_still_waited() -> None:
    assert [step.days for step in survival_of(SIX).drawn] == [3, 5]
    assert [step.days for step in incidence_of(SIX).drawn] == [3, 5]


@pytest.mark.parametrize(("days", "count"), [(-1, 1), (1, 0)])
def test_a_wait_that_cannot_be_is_refused(days: int, count: int) -> None:
    with pytest.raises(ValueError, match="neither may be negative"):
        Wait(days, count=count)


def test_incidence_tells_the_endings_apart() -> None:
    # granted: 1/6 on day 3; + 5/6 × 1/4 on day 8; + 5/12 × 1/2 on day 11
    # denied: 5/6 × 1/4 on day 8; + 5/24 × 1 on day 20
    found = incidence_of(SIX)

    assert found.counts == {"granted": 3, "denied": 2}
    assert [step.ended["granted"] for step in found.steps] == pytest.approx(
        [1 / 6, 1 / 6, 1 / 6 + 5 / 24, 1 / 6 + 10 / 24, 1 / 6 + 10 / 24]
    )
    assert [step.ended["denied"] for step in found.steps] == pytest.approx(
        [0, 0, 5 / 24, 5 / 24, 10 / 24]
    )
    assert found.ended_by(9, "granted") == pytest.approx(9 / 24)
    assert found.ended_by(2, "granted") == 0
    assert found.ended_by(9, "withdrawn") == 0


def test_first_step_of_an_incidence_is_whole() -> None:
    assert incidence_of([Wait(2, "granted", 3), Wait(2, OPEN, 1)]).steps == (
        IncidenceStep(2, 4, {"granted": 0.75}, 0.25),
    )


@given(waits)
def test_what_ended_and_what_waits_make_up_the_whole(drawn: list[Wait]) -> None:
    found = incidence_of(drawn)
    curve = survival_of(drawn)

    for step, of_the_curve in zip(found.steps, curve.steps, strict=True):
        assert math.fsum(step.ended.values()) + step.waiting == pytest.approx(1)
        assert step.waiting == pytest.approx(of_the_curve.waiting)


@given(waits)
def test_curve_never_rises_and_lies_within_its_interval(drawn: list[Wait]) -> None:
    before = 1.0
    for step in survival_of(drawn).steps:
        assert step.waiting <= before
        if step.lower is not None and step.upper is not None:
            assert 0 <= step.lower <= step.waiting <= step.upper <= 1
        before = step.waiting


@given(waits)
def test_a_count_is_as_good_as_so_many_waits(drawn: list[Wait]) -> None:
    one_by_one = [Wait(wait.days, wait.ended) for wait in drawn for _ in range(wait.count)]

    assert survival_of(one_by_one) == survival_of(drawn)
    assert incidence_of(one_by_one) == incidence_of(drawn)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_without_censoring_the_curve_is_the_plain_share(days: list[int]) -> None:
    found = survival_of([Wait(day, "granted") for day in days])

    for step in found.steps:
        assert step.waiting == pytest.approx(sum(day > step.days for day in days) / len(days))


def _synthetic(n: int, *, ties: bool) -> list[Wait]:
    """Requests of a slow city: a third open, the rest answered in three ways."""
    chance = random.Random(20261122)
    days = [round(chance.weibullvariate(40, 1.3)) for _ in range(n)]
    if not ties:
        days = chance.sample(range(1, 10 * n), n)
    endings = [OPEN, "granted", "granted", "denied", "no_records"]
    return [Wait(day, chance.choice(endings)) for day in days]


def test_ten_thousand_requests_wait_as_lifelines_has_it() -> None:
    from lifelines import KaplanMeierFitter

    drawn = _synthetic(10_000, ties=True)
    theirs = KaplanMeierFitter().fit([w.days for w in drawn], [w.ended != OPEN for w in drawn])
    ours = survival_of(drawn)

    curve: Any = theirs.survival_function_.iloc[:, 0]
    interval: Any = theirs.confidence_interval_
    for step in ours.steps:
        assert step.waiting == pytest.approx(curve.loc[step.days], abs=1e-9)
        if step.lower is not None:
            assert (step.lower, step.upper) == pytest.approx(
                tuple(interval.loc[step.days]), abs=1e-9
            )
    assert ours.median == theirs.median_survival_time_
    table: Any = theirs.event_table
    assert [ours.at_risk_on(day) for day in (1, 30, 90)] == [
        table.loc[day, "at_risk"] for day in (1, 30, 90)
    ]


@pytest.mark.filterwarnings("ignore")
def test_ten_thousand_requests_end_as_lifelines_has_it() -> None:
    """On days of which no two are the same: of ties lifelines moves one at random."""
    from lifelines import AalenJohansenFitter

    drawn = _synthetic(10_000, ties=False)
    codes = {OPEN: 0, "granted": 1, "denied": 2, "no_records": 3}
    ours = incidence_of(drawn)

    for how in ("granted", "denied"):
        theirs = AalenJohansenFitter(calculate_variance=False).fit(
            [w.days for w in drawn], [codes[w.ended] for w in drawn], event_of_interest=codes[how]
        )
        curve: Any = theirs.cumulative_density_.iloc[:, 0]
        assert [step.ended[how] for step in ours.steps] == pytest.approx(
            [curve.loc[step.days] for step in ours.steps], abs=1e-9
        )
