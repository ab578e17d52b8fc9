"""A dataset day by day: each version folded into the whole record as it stood from then on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cities.portals.dataset_record import DatasetRecord
from requests_app.catalog.differences import NEWS, Difference, differences
from requests_app.models import DatasetVersion

WITHDRAWN, RETURNED = "withdrawn", "returned"


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """The record as one reading left it, and what that reading found changed."""

    version: DatasetVersion
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
    """Each version with the whole record after it; `versions` are one dataset's, oldest first."""
    days: list[RecordedDay] = []
    whole: dict[str, Any] = {}
    before: DatasetRecord | None = None
    is_withdrawn = False
    for version in versions:
        whole = whole | version.facts
        record = DatasetRecord.from_json(whole)
        is_withdrawn = (is_withdrawn or WITHDRAWN in version.changed) and (
            RETURNED not in version.changed
        )
        changes = (*_marks(version), *(differences(before, record) if before else ()))
        days.append(RecordedDay(version, record, changes, before is None, is_withdrawn))
        before = record
    return days


def _marks(version: DatasetVersion) -> tuple[Difference, ...]:
    """What the catalog itself did with it."""
    told = []
    if WITHDRAWN in version.changed:
        told.append(Difference(WITHDRAWN, "Withdrawn: it is no longer in the city’s catalog."))
    if RETURNED in version.changed:
        told.append(Difference(RETURNED, "Returned: it is in the city’s catalog again."))
    return tuple(told)


def is_news(version: DatasetVersion) -> bool:
    """Whether a follower hears of it, by the names of what changed alone."""
    return bool(NEWS.intersection(version.changed))
