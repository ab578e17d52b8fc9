"""Which entries several coders code: a random choice that anybody can make again from its seed.

Each entry's key is hashed with the seed (SHA-256 of "seed:key"); the entries stand in the order of
those hashes. The first ones, as many as the sample has, are for every coder; the rest are dealt to
the coders in turn, as they were named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Choice:
    """`of_each` says by the coder's key which entries they code; `twice` are everybody's."""

    twice: tuple[int, ...]
    of_each: Mapping[int, tuple[int, ...]]


def choose(
    entries: Sequence[int], coders: Sequence[int], *, size: int, seed: str, deals_the_rest: bool
) -> Choice:
    """`size` is at most the number of entries. With less than two coders nothing is coded twice."""
    order = sorted(entries, key=lambda key: sha256(f"{seed}:{key}".encode()).hexdigest())
    everybody, rest = tuple(order[:size]), order[size:] if deals_the_rest else []
    return Choice(
        everybody,
        {coder: (*everybody, *rest[place :: len(coders)]) for place, coder in enumerate(coders)},
    )
