"""How often something happened, counted by all processes together: in Redis, else in the database.

Django's cache of one process would let each of two web processes count by itself.
"""

from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from requests_app.models import SharedCount

MINUTE = 60


def seconds_left(at: datetime) -> int:
    """Until the minute is over in which `at` lies: at least one."""
    return ceil(MINUTE - at.timestamp() % MINUTE)


def count_this_minute(key: str, *, at: datetime) -> int:
    """One more; how many there were in this minute, with it."""
    named, ends_at = _named(key, at), at + timedelta(seconds=seconds_left(at))
    if not settings.REDIS_URL:
        return SharedCount.objects.add_one(named, ends_at=ends_at, at=at)[0]
    cache.add(named, 0, MINUTE + 1)
    return int(cache.incr(named))


def counted_this_minute(key: str, *, at: datetime) -> int:
    """How many there were in this minute, without another."""
    named = _named(key, at)
    if settings.REDIS_URL:
        return int(cache.get(named, 0))
    found = SharedCount.objects.filter(pk=named).values_list("count", flat=True).first()
    return found or 0


def first_words(key: str, words: str, *, keep: timedelta) -> str:
    """The words that the key came with the first time; of several at once one is first."""
    if settings.REDIS_URL:
        return words if cache.add(key, words, keep.total_seconds()) else str(cache.get(key))
    at = timezone.now()
    return SharedCount.objects.add_one(key, ends_at=at + keep, at=at, words=words)[1]


def _named(key: str, at: datetime) -> str:
    return f"{key}:{int(at.timestamp()) // MINUTE}"
