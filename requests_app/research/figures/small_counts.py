"""What a figure for everybody does not say: a category under five, which may point at a person.

Nor does it say what gives one away: what is withheld comes to five at least, or to none at all,
and is not the most that so many categories under five can hold.
"""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from requests_app.research.figures.figure import Figure, Table
from requests_app.research.statistics.summaries import FEWEST, is_too_few

K = TypeVar("K", bound=Hashable)
FEWER: Final = "fewer than five"
NOT_SHOWN: Final = "not shown"  # five or more, withheld so that no smaller one can be worked out
WHY = (
    f"A number under five is shown as “{FEWER}”, and another as “{NOT_SHOWN}” where it would give "
    "one away."
)
NOTHING_DRAWN = "There are fewer than five: nothing is drawn from them."


def is_few(count: int) -> bool:
    """Whether somebody is counted, and fewer than five are."""
    return 0 < count < FEWEST


def withheld(counts: Mapping[K, int]) -> dict[K, str]:
    """By category, what stands in place of its number. `counts` make up a whole that is said."""
    small = [key for key, much in counts.items() if is_too_few(much)]
    found = dict.fromkeys(small, FEWER)
    total = sum(counts[key] for key in small)
    if total and (total < FEWEST or total == (FEWEST - 1) * len(small)):
        rest = [key for key in counts if key not in found]
        if rest:
            found[min(rest, key=lambda key: counts[key])] = NOT_SHOWN
    return dict.fromkeys(counts, NOT_SHOWN) if len(found) == len(counts) else found


def without_small(figure: Figure) -> Figure:
    """Of a figure that is drawn from too few, not even how few."""
    if not is_too_few(figure.n):
        return replace(figure, leaves_out=f"{figure.leaves_out} {WHY}".strip())
    nothing = Table((), ())
    return replace(
        figure,
        n_said=FEWER,
        says=NOTHING_DRAWN,
        too_few=NOTHING_DRAWN,
        leaves_out="",
        table=nothing,
        numbers=nothing,
        chart=None,
    )
