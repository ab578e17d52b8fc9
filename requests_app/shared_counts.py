"""How often something happened in a minute, counted by all processes in the cache they share."""

from datetime import datetime, timedelta
from math import ceil

from django.core.cache import cache

MINUTE = 60


def seconds_left(at: datetime) -> int:
    """Until the minute is over in which `at` lies: at least one."""
    return ceil(MINUTE - at.timestamp() % MINUTE)


def count_this_minute(key: str, *, at: datetime) -> int:
    """One more; how many there were in this minute, with it."""
    named = _named(key, at)
    cache.add(named, 0, MINUTE + 1)
    return int(cache.incr(named))


def counted_this_minute(key: str, *, at: datetime) -> int:
    """How many there were in this minute, without another."""
    return int(cache.get(_named(key, at), 0))


def first_words(key: str, words: str, *, keep: timedelta) -> str:
    """The words that the key came with the first time; of several at once one is first."""
    return words if cache.add(key, words, keep.total_seconds()) else str(cache.get(key))


def _named(key: str, at: datetime) -> str:
    return f"{key}:{int(at.timestamp()) // MINUTE}"
