"""A dataset day by day: each version folded into the whole record as it stood from then on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from cities.portals.dataset_record import DatasetRecord
from requests_app.catalog.differences import NEWS, Difference, differences
from requests_app.models import DatasetVersion

WITHDRAWN, RETURNED = "withdrawn", "returned"


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """The record as one reading left it, and what that reading found changed."""

    version: DatasetVersion  # the reading's last
    record: DatasetRecord
    changes: tuple[Difference, ...]
    is_first: bool
    is_withdrawn: bool  # from this reading on, until it returns

    @property
    def seen_at(self) -> datetime:
        return self.version.seen_at

    @property
    def sentences(self) -> tuple[str, ...]:
        if self.is_first:
            return ("First seen in the catalog.",)
        return tuple(one.sentence for one in self.changes)

    @property
    def news(self) -> tuple[str, ...]:
        """What a follower is told of this reading."""
        if self.is_first:
            return ("New in the catalog.",)
        return tuple(one.sentence for one in self.changes if one.is_news)


def days_of(versions: Iterable[DatasetVersion]) -> list[RecordedDay]:
    """Each reading that found something, with the whole record after it; `versions` are one
    dataset's, oldest first. One reading may leave two: what became blank is written at its end."""
    days: list[RecordedDay] = []
    whole: dict[str, Any] = {}
    before: RecordedDay | None = None
    for _, of_one_reading in groupby(versions, key=lambda version: version.seen_at):
        read = list(of_one_reading)
        marks = {name for version in read for name in version.changed}
        whole = whole | DatasetVersion.fold(read)
        record = DatasetRecord.from_json(whole)
        was_withdrawn = before is not None and before.is_withdrawn
        changes = _marks(marks) + (differences(before.record, record) if before else ())
        is_withdrawn = (was_withdrawn or WITHDRAWN in marks) and RETURNED not in marks
        before = RecordedDay(read[-1], record, changes, before is None, is_withdrawn)
        days.append(before)
    return days


def _marks(changed: Collection[str]) -> tuple[Difference, ...]:
    """What the catalog itself did with it."""
    told = []
    if WITHDRAWN in changed:
        told.append(Difference(WITHDRAWN, "Withdrawn: it is no longer in the city’s catalog."))
    if RETURNED in changed:
        told.append(Difference(RETURNED, "Returned: it is in the city’s catalog again."))
    return tuple(told)


def is_news(version: DatasetVersion) -> bool:
    """Whether a follower hears of it, by the names of what changed alone."""
    return bool(NEWS.intersection(version.changed))
