"""Whether a dataset is as new as its own cadence promises. Pure: the caller says the time."""

from datetime import datetime, timedelta
from enum import StrEnum

LEAST_SLACK = timedelta(days=2)
MOST_SLACK = timedelta(days=60)


class Freshness(StrEnum):
    CURRENT = "current"
    STALE = "stale"
    UNKNOWN = "unknown"  # it states no cadence, or no day of its data


def slack(cadence_days: float) -> timedelta:
    """How long an update may be late before we say so: half its cadence, within two to 60 days."""
    half = timedelta(days=cadence_days / 2)
    return min(max(half, LEAST_SLACK), MOST_SLACK)


def stale_before(cadence_days: float, *, at: datetime) -> datetime:
    """Data last updated before this moment is stale at that moment."""
    return at - timedelta(days=cadence_days) - slack(cadence_days)


def freshness(
    data_updated_at: datetime | None, cadence_days: float | None, *, at: datetime
) -> Freshness:
    if data_updated_at is None or not cadence_days or cadence_days < 0:
        return Freshness.UNKNOWN
    is_stale = data_updated_at < stale_before(cadence_days, at=at)
    return Freshness.STALE if is_stale else Freshness.CURRENT
