"""Medians, quartiles and shares of counted values, and the one rule of when there are too few.

A share's interval is E. B. Wilson's score interval: J. Am. Stat. Assoc. 22 (1927) 209. Quartiles
lie between two values where no single one cuts the values so (the seventh definition of Hyndman
and Fan, Am. Stat. 50 (1996) 361; spreadsheets' QUARTILE.INC gives the same).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

FEWEST = 5
NORMAL_95 = 1.959963984540054  # the standard normal distribution's 97.5th percentile

Number = int | float | Decimal


def is_too_few(n: int) -> bool:
    """Whether nothing is drawn or summed up from so many: one case more would turn it around."""
    return n < FEWEST


def too_few_words(n: int) -> str:
    """What stands in the place of a figure that is drawn from too few."""
    has = {0: "There is none", 1: "There is only one"}.get(n, f"There are only {n}")
    return f"{has}: nothing is drawn from fewer than five."


@dataclass(frozen=True, slots=True)
class Spread:
    """Some values from the lowest to the highest. Made by `spread_of`, which makes none of none."""

    n: int
    lowest: float
    lower_quartile: float
    median: float
    upper_quartile: float
    highest: float


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. Made by `share_of`."""

    count: int
    n: int
    value: float
    lower: float
    upper: float


def spread_of(counts: Mapping[Number, int]) -> Spread | None:
    """Of values, each with how often it stands; None where nothing stands."""
    values = sorted((value, count) for value, count in counts.items() if count)
    n = sum(count for _, count in values)
    if n == 0:
        return None
    return Spread(
        n,
        float(values[0][0]),
        _at(values, Fraction(n - 1, 4)),
        _at(values, Fraction(n - 1, 2)),
        _at(values, Fraction(3 * (n - 1), 4)),
        float(values[-1][0]),
    )


def _at(values: list[tuple[Number, int]], place: Fraction) -> float:
    """The value at a place counted from 0; between two of them, as far from each as it says."""
    first = math.floor(place)
    low, high = _nth(values, first), _nth(values, math.ceil(place))
    return low + (high - low) * float(place - first)


def _nth(values: list[tuple[Number, int]], place: int) -> float:
    passed = 0
    for value, count in values:
        passed += count
        if place < passed:
            return float(value)
    raise IndexError(place)


def share_of(count: int, n: int) -> Share | None:
    """With its interval of 95 %; None of nothing. ValueError where count is not within n."""
    if not 0 <= count <= n:
        raise ValueError(f"{count} is no part of {n}.")
    if n == 0:
        return None
    value, z = count / n, NORMAL_95
    middle = (value + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(value * (1 - value) / n + z * z / (4 * n * n))
    lower = 0.0 if count == 0 else middle - half
    upper = 1.0 if count == n else middle + half
    return Share(count, n, value, lower, upper)
