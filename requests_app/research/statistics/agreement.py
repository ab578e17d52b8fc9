"""How far several coders agree on the same units: Krippendorff's alpha, and the plain percentage.

Alpha sets the disagreement seen against the one that chance would give: 1 is perfect, 0 is what
chance gives, below 0 is worse than chance (K. Krippendorff, Content Analysis, ch. 12).
Any number of coders, missing codings among them; a unit that fewer than two coded says nothing of
agreement and is dropped. Where alpha is not defined, there is a reason instead of a number.
"""

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate
from typing import Any

Coding = Any  # a code; None where a coder gave none


class Level(StrEnum):
    """What the codes of a variable mean beside one another."""

    NOMINAL = "nominal"  # other or the same
    ORDINAL = "ordinal"  # in an order
    INTERVAL = "interval"  # numbers whose differences count
    RATIO = "ratio"  # numbers with a zero that means nothing of it


class Undefined(StrEnum):
    """Why there is no alpha."""

    NO_UNIT_IN_COMMON = "No unit was coded by two people, so there is nothing to compare."
    ONE_CODE_ONLY = (
        "Every coding is the same code, so nothing shows whether the coders would have told "
        "another one apart: alpha is not defined."
    )
    NOT_NUMBERS = "Some codes are not numbers, which this level of measurement needs."
    BELOW_ZERO = "Some codes are below zero, which a ratio scale does not know."
    NOT_ON_THE_SCALE = "Some codes do not stand on the scale of this variable."


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `units` coded by two people or more, and all `pairs` of codings within one unit.

    `alpha` is None where `why_not` says why. `percent` is the share of pairs that agree exactly, as
    a number from 0 to 100; None without a pair. `dropped` units were coded by one person or nobody.
    """

    units: int
    pairs: int
    dropped: int
    percent: float | None
    alpha: float | None
    why_not: Undefined | None = None


def agreement_of(
    units: Iterable[Sequence[Coding]], level: Level, *, scale: Sequence[Hashable] = ()
) -> Agreement:
    """Of units, each with what every coder gave for it, None where somebody gave nothing.

    `scale` names the codes of an ordinal variable, the lowest first; numbers need none.
    """
    coded = [[code for code in unit if code is not None] for unit in units]
    compared = [Counter(codes) for codes in coded if len(codes) > 1]
    pairs = sum(math.comb(codes.total(), 2) for codes in compared)
    agreeing = sum(math.comb(count, 2) for codes in compared for count in codes.values())
    why_not = _why_not(compared, level, scale)
    return Agreement(
        units=len(compared),
        pairs=pairs,
        dropped=len(coded) - len(compared),
        percent=100 * agreeing / pairs if pairs else None,
        alpha=None if why_not else _alpha(compared, level, scale),
        why_not=why_not,
    )


def _why_not(
    compared: Sequence[Mapping[Coding, int]], level: Level, scale: Sequence[Hashable]
) -> Undefined | None:
    codes = {code for unit in compared for code in unit}
    if not compared:
        return Undefined.NO_UNIT_IN_COMMON
    if scale and level is Level.ORDINAL:
        if not codes <= set(scale):
            return Undefined.NOT_ON_THE_SCALE
    elif level is not Level.NOMINAL and not all(map(_is_number, codes)):
        return Undefined.NOT_NUMBERS
    if level is Level.RATIO and min(codes) < 0:
        return Undefined.BELOW_ZERO
    return Undefined.ONE_CODE_ONLY if len(codes) == 1 else None


def _is_number(code: Coding) -> bool:
    is_numeric = isinstance(code, int | float | Decimal) and not isinstance(code, bool)
    return is_numeric and math.isfinite(code)


def _alpha(compared: Sequence[Counter[Coding]], level: Level, scale: Sequence[Hashable]) -> float:
    """1 - (observed disagreement / expected), both as sums over the matrix of coincidences."""
    totals = sum(compared, Counter[Coding]())
    distance = _distance(totals, level, scale)
    codings = totals.total()
    observed = math.fsum(
        unit[one] * unit[other] * distance(one, other) / (unit.total() - 1)
        for unit in compared
        for one in unit
        for other in unit
        if one != other
    )
    expected = math.fsum(
        totals[one] * totals[other] * distance(one, other)
        for one in totals
        for other in totals
        if one != other
    )
    return 1 - (codings - 1) * observed / expected


def _distance(
    totals: Counter[Coding], level: Level, scale: Sequence[Hashable]
) -> Callable[[Coding, Coding], float]:
    """How far two codes lie apart, squared, as the level of measurement has it."""
    if level is Level.NOMINAL:
        return lambda one, other: 1.0
    if level is Level.INTERVAL:
        return lambda one, other: float(one - other) ** 2
    if level is Level.RATIO:
        return lambda one, other: (float(one - other) / float(one + other)) ** 2
    order = [code for code in scale if code in totals] if scale else sorted(totals)
    up_to = dict(zip(order, accumulate(totals[code] for code in order), strict=True))
    # Codings between two codes, each code itself by half.
    middle = {code: up_to[code] - totals[code] / 2 for code in order}
    return lambda one, other: (middle[one] - middle[other]) ** 2
