"""Medians, quartiles, shares: against values worked by hand."""

from decimal import Decimal
from statistics import median, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.research.statistics.summaries import (
    Spread,
    is_too_few,
    share_of,
    spread_of,
    too_few_words,
)


def test_spread_of_an_even_number_lies_between_two_values() -> None:
    # 1 2 3 4: places 0.75, 1.5 and 2.25 from 0 → 1 + .75, 2 + .5, 3 + .25
    assert spread_of({1: 1, 2: 1, 3: 1, 4: 1}) == Spread(4, 1, 1.75, 2.5, 3.25, 4)


def test_spread_counts_a_value_as_often_as_it_stands() -> None:
    # 2 2 2 9 30: places 1, 2 and 3
    assert spread_of({30: 1, 2: 3, 9: 1}) == Spread(5, 2, 2, 2, 9, 30)


def test_spread_of_amounts_of_money() -> None:
    assert spread_of({Decimal("12.50"): 1, Decimal("40"): 1}) == Spread(
        2, 12.5, 19.375, 26.25, 33.125, 40
    )


def test_nothing_has_no_spread_and_no_share() -> None:
    assert spread_of({}) is None
    assert spread_of({7: 0}) is None
    assert share_of(0, 0) is None


@given(st.lists(st.integers(0, 500), min_size=2, max_size=40))
def test_spread_is_what_the_standard_library_finds(values: list[int]) -> None:
    counts = {value: values.count(value) for value in values}

    found = spread_of(counts)  # type: ignore[arg-type]

    assert found is not None
    lower, middle, upper = quantiles(values, n=4, method="inclusive")
    assert (found.lower_quartile, found.median, found.upper_quartile) == pytest.approx(
        (lower, middle, upper)
    )
    assert found.median == median(values)


def test_a_share_has_wilsons_interval() -> None:
    # 8 of 10, z = 1.96 (z² = 3.8416): middle (.8 + .19208) / 1.38416 = .71674;
    # half 1.96 / 1.38416 × √(.016 + .009604) = 1.41602 × .160012 = .22658
    found = share_of(8, 10)

    assert found is not None
    assert (found.value, found.lower, found.upper) == pytest.approx((0.8, 0.4902, 0.9433), abs=1e-4)


def test_none_and_all_have_an_interval_too() -> None:
    # 0 of 10: up to z² / (n + z²) = 3.8415 / 13.8415
    none, every = share_of(0, 10), share_of(10, 10)

    assert none is not None
    assert every is not None
    assert (none.value, none.lower, every.value, every.upper) == (0, 0, 1, 1)
    assert (none.upper, every.lower) == pytest.approx((0.27753, 0.72247), abs=1e-5)


@pytest.mark.parametrize(("count", "n"), [(6, 5), (-1, 5)])
def test_a_count_beside_its_whole_is_refused(count: int, n: int) -> None:
    with pytest.raises(ValueError, match=f"{count} is no part of {n}"):
        share_of(count, n)


def test_four_are_too_few_and_five_are_not() -> None:
    assert is_too_few(4)
    assert not is_too_few(5)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "There is none: nothing is drawn from fewer than five."),
        (1, "There is only one: nothing is drawn from fewer than five."),
        (4, "There are only 4: nothing is drawn from fewer than five."),
    ],
)
def test_too_few_is_said(n: int, words: str) -> None:
    assert too_few_words(n) == words
