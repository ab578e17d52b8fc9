"""How long to wait before the next try of a server that said "not now"."""

from datetime import timedelta
from random import SystemRandom

# About nine hours in all.
WAITS = tuple(timedelta(minutes=m) for m in (1, 3, 10, 30, 60, 120, 300))
# Each is stretched by up to a quarter: what failed together is not tried again together.
MOST_STRETCH = 0.25

_random = SystemRandom()


def wait_after(
    attempts: int, *, at_least: timedelta = timedelta(0), stretch: float | None = None
) -> timedelta:
    """The wait after so many tries; `stretch`, from 0 to 1, is drawn unless it is given."""
    drawn = _random.random() if stretch is None else stretch
    wait = max(WAITS[min(max(attempts, 1), len(WAITS)) - 1], at_least)
    return wait * (1 + MOST_STRETCH * drawn)
