"""Curves for everybody: no step, and no rest after the last of them, is of fewer than five."""

from random import Random

import pytest

from requests_app.research.statistics.steps_of_five import incidence_in_fives, survival_in_fives
from requests_app.research.statistics.survival import OPEN, Wait, incidence_of, survival_of


def some(seed: int, *ways: str) -> list[Wait]:
    random = Random(seed)
    return [
        Wait(random.randrange(40), random.choice(ways), random.choice([1, 1, 2, 6]))
        for _ in range(random.randrange(1, 60))
    ]


@pytest.mark.parametrize("seed", range(200))
def test_no_step_of_a_survival_is_of_fewer_than_five(seed: int) -> None:
    waits = some(seed, OPEN, "granted", "granted", "granted")
    exact = survival_of(waits)

    found = survival_in_fives(waits)

    assert (found.n, found.ended) == (exact.n, exact.ended)
    at_risk = found.n
    for step in found.steps:
        assert step.at_risk == at_risk
        assert step.ended >= 5
        assert step.censored == 0 or step.censored >= 5
        at_risk -= step.ended + step.censored
        assert at_risk == 0 or at_risk >= 5
        assert step.ended + step.censored <= sum(w.count for w in waits if w.days <= step.days)


@pytest.mark.parametrize("seed", range(100))
def test_without_censoring_each_step_ends_on_the_exact_curve(seed: int) -> None:
    waits = some(seed, "granted")
    exact = survival_of(waits)

    for step in survival_in_fives(waits).steps:
        assert step.waiting == pytest.approx(exact.waiting_after(step.days))


@pytest.mark.parametrize("seed", range(200))
def test_no_step_of_several_ways_tells_of_fewer_than_five(seed: int) -> None:
    waits = some(seed, OPEN, "granted", "denied", "denied", "referred")
    together = ["referred", OPEN]

    found = incidence_in_fives(waits, together=together)

    exact = incidence_of(waits)
    assert (found.n, found.counts) == (exact.n, exact.counts)
    earlier = -1
    for step in found.steps:
        within = [one for one in waits if earlier < one.days <= step.days]
        for way in ("granted", "denied"):
            n = sum(one.count for one in within if one.ended == way)
            assert n == 0 or n >= 5
        hidden = sum(one.count for one in within if one.ended in together)
        assert hidden == 0 or hidden >= 5
        earlier = step.days
    rest = sum(one.count for one in waits if one.days > earlier)
    assert rest == 0 or rest >= 5 or not found.steps


def test_single_answers_are_put_together_on_the_last_day_of_five() -> None:
    waits = [Wait(day, "granted") for day in range(1, 13)]

    found = survival_in_fives(waits)

    # The last two would be a rest of two: with the five before them they are not drawn.
    assert [(step.days, step.ended, step.at_risk) for step in found.steps] == [(5, 5, 12)]
    assert found.median is None
    assert survival_of(waits).median == 6


def test_what_never_comes_to_five_has_no_step() -> None:
    assert survival_in_fives([Wait(3, "granted", 4), Wait(9, OPEN, 20)]).steps == ()
    assert survival_in_fives([]).steps == ()
