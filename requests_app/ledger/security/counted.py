"""What a stranger may repeat is counted, so that nobody fills the log: how many rows it gives.

From one place about one account the first ten of a day have a row each, then the 20th, the 40th,
the 80th, each with the sum. Of one kind in one newsroom the first two hundred of an hour, then the
400th, the 800th. So a flood leaves a few rows, and the last of them says how large it was, to a
factor of two.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

A_DAY, AN_HOUR = 24 * 3600, 3600
EACH_FROM_ONE_PLACE = 10
EACH_IN_AN_HOUR = 200


@dataclass(frozen=True, slots=True)
class Sum:
    """How often, up to this time: from there within a day; of all within the hour."""

    times: int
    in_all: int

    @property
    def facts(self) -> dict[str, int]:
        said = {}
        if self.times > EACH_FROM_ONE_PLACE:
            said["times"] = self.times
        if self.in_all > EACH_IN_AN_HOUR:
            said["in_all"] = self.in_all
        return said


def sum_worth_a_row(
    kind: str, *, newsroom_id: int | None, place: str, about_id: int | None, at: datetime
) -> Sum | None:
    """Counts one more. None where it adds nothing that a later sum will not say."""
    book = f"security:{kind}:{newsroom_id}"
    times = _one_more(f"{book}:{place}:{about_id}", A_DAY)
    if not _is_said(times, EACH_FROM_ONE_PLACE):
        return None
    in_all = _one_more(f"{book}:all:{int(at.timestamp()) // AN_HOUR}", AN_HOUR)
    return Sum(times, in_all) if _is_said(in_all, EACH_IN_AN_HOUR) else None


def _is_said(number: int, each: int) -> bool:
    """Up to `each`, then its doublings."""
    ratio, rest = divmod(number, each)
    return number <= each or (rest == 0 and ratio & (ratio - 1) == 0)


def _one_more(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # its time was over between the two
        cache.set(key, 1, seconds)
        return 1
