"""Whether a dataset is older than its own cadence allows. Pure: the caller says what time it is."""

from datetime import datetime, timedelta

LEAST_SLACK = timedelta(days=2)
MOST_SLACK = timedelta(days=60)


def slack(cadence_days: float) -> timedelta:
    """How long an update may be late before we say so: half its cadence, within two to 60 days."""
    half = timedelta(days=cadence_days / 2)
    return min(max(half, LEAST_SLACK), MOST_SLACK)


def stale_before(cadence_days: float, *, at: datetime) -> datetime:
    """Data last updated before this moment is stale at that moment."""
    return at - timedelta(days=cadence_days) - slack(cadence_days)


def is_stale(updated_at: datetime | None, cadence_days: float | None, *, at: datetime) -> bool:
    """Not where the portal states no cadence, or no day of its data: then nobody can say."""
    if updated_at is None or not cadence_days or cadence_days < 0:
        return False
    return updated_at < stale_before(cadence_days, at=at)
