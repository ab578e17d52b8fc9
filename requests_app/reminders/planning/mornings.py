"""Whose morning it is. A reader is told once on each of their own days, from an hour they chose.

The day is the key and the hour only a threshold, so a day of 23 or 25 hours has one morning: an
hour that the clock jumps over has come when the clock is past it, one that comes twice has come
the first time.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SATURDAY = 5


def morning_of(at: datetime, *, zone: str, morning_at: time) -> date | None:
    """The reader's day at that moment, if their morning has come; else None."""
    local = at.astimezone(ZoneInfo(zone))
    return local.date() if local.time() >= morning_at else None


def day_of(at: datetime, *, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def has_digest(on: date) -> bool:
    """Digests come on weekdays; a deadline's own reminder comes on its day, whichever it is."""
    return on.weekday() < SATURDAY
