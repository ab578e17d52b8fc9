"""Krippendorff's alpha: against values worked by hand, properties, and the krippendorff package."""

import random
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.research.statistics.agreement import Agreement, Level, Undefined, agreement_of

# Krippendorff's own example ("Computing Krippendorff's Alpha-Reliability", 2011, C): four coders,
# twelve units, of which the last was coded by one. He gives .743 nominal, .815 ordinal, .849
# interval, .797 ratio.
_: int | None = None
HIS: list[list[int | None]] = [
    [1, 1, _, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
    [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [_, 5, 5, 5], [_, _, 1, 1], [_, _, 3, _],
]  # fmt: skip

units = st.lists(st.lists(st.sampled_from([None, 1, 2, 3, 5]), min_size=3, max_size=3), max_size=20)


@pytest.mark.parametrize(
    ("level", "alpha"),
    [
        (Level.NOMINAL, 0.743),
        (Level.ORDINAL, 0.815),
        (Level.INTERVAL, 0.849),
        (Level.RATIO, 0.797),
    ],
)
def test_alpha_is_as_its_author_worked_it_out(level: Level, alpha: float) -> None:
    found = agreement_of(HIS, level)

    assert found.alpha == pytest.approx(alpha, abs=5e-4)


def test_units_and_pairs_are_counted() -> None:
    # 8 units with four codings (6 pairs each), 2 with three (3 each), 1 with two; one dropped.
    # Of the 55 pairs 48 - 3 - 6 - 3 + 6 + 1 = 43 agree.
    found = agreement_of(HIS, Level.NOMINAL)

    assert (found.units, found.pairs, found.dropped) == (11, 55, 1)
    assert found.percent == pytest.approx(100 * 43 / 55)


def test_two_coders_by_hand() -> None:
    # Coincidences: a-a 4, b-b 2, a-b 1 each way; marginals a 5, b 3, n 8.
    # 1 - 7 × 2 / (2 × 5 × 3) = 1 - 14/30
    found = agreement_of([["a", "a"], ["a", "a"], ["b", "b"], ["a", "b"]], Level.NOMINAL)

    assert found.alpha == pytest.approx(16 / 30)
    assert found == Agreement(4, 4, 0, 75.0, found.alpha)


def test_an_ordinal_scale_is_its_own_order_and_not_the_alphabets() -> None:
    # none 2, some 2, all 4, so their middles lie at 1, 3 and 6: none-all is 25 apart, some-all 9.
    # Seen: none-all 2 × 25 + some-all 2 × 9 = 68; expected 2 × (2·2·4 + 2·4·25 + 2·4·9) = 576.
    coded = [["none", "none"], ["some", "all"], ["all", "all"], ["some", "all"]]
    expected = 2 * (2 * 2 * 4 + 2 * 4 * 25 + 2 * 4 * 9)

    found = agreement_of(coded, Level.ORDINAL, scale=["none", "some", "all"])

    assert found.alpha == pytest.approx(1 - 7 * (2 * 2 * 9) / expected)


@pytest.mark.parametrize(
    ("coded", "level", "why"),
    [
        ([], Level.NOMINAL, Undefined.NO_UNIT_IN_COMMON),
        ([["a", None], [None, "b"]], Level.NOMINAL, Undefined.NO_UNIT_IN_COMMON),
        ([["a", "a"], ["a", "a"]], Level.NOMINAL, Undefined.ONE_CODE_ONLY),
        ([[0, 0], [0, 0]], Level.RATIO, Undefined.ONE_CODE_ONLY),
        ([["a", "b"]], Level.INTERVAL, Undefined.NOT_NUMBERS),
        ([["some", "all"]], Level.ORDINAL, Undefined.NOT_NUMBERS),
        ([[float("nan"), 2.0]], Level.INTERVAL, Undefined.NOT_NUMBERS),
        ([[-1, 2]], Level.RATIO, Undefined.BELOW_ZERO),
    ],
)
def test_where_alpha_is_not_defined_there_is_a_reason(
    coded: list[list[Any]], level: Level, why: Undefined
) -> None:
    found = agreement_of(coded, level)

    assert (found.alpha, found.why_not) == (None, why)


def test_a_code_beside_the_scale_is_said() -> None:
    found = agreement_of([["some", "most"]], Level.ORDINAL, scale=["none", "some", "all"])

    assert found.why_not is Undefined.NOT_ON_THE_SCALE


def test_one_code_only_still_has_a_percentage() -> None:
    assert agreement_of([["a", "a"]], Level.NOMINAL).percent == 100


def test_money_is_a_number() -> None:
    coded = [[Decimal("10"), Decimal("10")], [Decimal("2.50"), Decimal("3")]]

    assert agreement_of(coded, Level.INTERVAL).alpha is not None


@given(units, st.sampled_from(list(Level)))
def test_no_coding_gives_an_exception_or_more_than_one(
    coded: list[list[Any]], level: Level
) -> None:
    found = agreement_of(coded, level)

    assert (found.alpha is None) == (found.why_not is not None)
    assert found.alpha is None or found.alpha <= 1 + 1e-12


@given(units, st.sampled_from(list(Level)))
def test_only_full_agreement_gives_one(coded: list[list[Any]], level: Level) -> None:
    found = agreement_of(coded, level)

    if found.alpha is not None:
        assert (found.percent == 100) == (found.alpha > 1 - 1e-12)


@given(units, st.randoms(use_true_random=False))
def test_who_coded_and_which_unit_came_first_makes_no_difference(
    coded: list[list[Any]], chance: random.Random
) -> None:
    mixed = [chance.sample(unit, len(unit)) for unit in coded]
    chance.shuffle(mixed)

    assert agreement_of(mixed, Level.ORDINAL).alpha == pytest.approx(
        agreement_of(coded, Level.ORDINAL).alpha
    )


@pytest.mark.parametrize("level", list(Level))
def test_ten_thousand_units_agree_as_the_krippendorff_package_has_it(level: Level) -> None:
    import krippendorff

    chance = random.Random(20261122)
    coded: list[list[int | None]] = []
    for _unit in range(10_000):
        code = chance.choice([1, 2, 2, 3, 5])
        given_codes = (code, chance.choice([code, code, 4]), chance.choice([code, code, 1]))
        coded.append([one if chance.random() > 0.1 else None for one in given_codes])
    by_coder = np.array([[np.nan if one is None else one for one in unit] for unit in coded]).T

    theirs = krippendorff.alpha(reliability_data=by_coder, level_of_measurement=level.value)

    assert agreement_of(coded, level).alpha == pytest.approx(theirs, abs=1e-9)
