"""Stale: later than its own cadence promises, with some slack."""

from datetime import UTC, datetime, timedelta

import pytest

from requests_app.catalog.staleness import is_stale, slack

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def after(**ago: float) -> datetime:
    return NOW - timedelta(**ago)


@pytest.mark.parametrize(
    ("cadence_days", "slack_days"),
    [(1, 2), (7, 3.5), (30, 15), (365, 60), (0.04, 2)],
)
def test_slack_is_half_the_cadence_within_two_to_sixty_days(
    cadence_days: float, slack_days: float
) -> None:
    assert slack(cadence_days) == timedelta(days=slack_days)


@pytest.mark.parametrize(
    ("updated_at", "cadence_days", "expected"),
    [
        (after(days=3), 1, False),  # the last moment of its slack
        (after(days=3, seconds=1), 1, True),
        (after(days=45), 30, False),
        (after(days=46), 30, True),
        (after(days=-1), 1, False),  # a portal's clock may be ahead of ours
        (None, 1, False),
        (after(days=4000), None, False),
        (after(days=4000), 0, False),
    ],
)
def test_a_dataset_is_stale_once_cadence_and_slack_are_past(
    updated_at: datetime | None, cadence_days: float | None, expected: bool
) -> None:
    assert is_stale(updated_at, cadence_days, at=NOW) is expected
