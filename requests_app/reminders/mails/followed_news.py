"""What a digest says of the datasets that its reader follows: each change in one digest, once."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse

from cities.schema.load import load_city
from requests_app.catalog.history import RecordedDay, days_of
from requests_app.models import DatasetNews, DatasetVersion, Notice


@dataclass(frozen=True, slots=True)
class FollowedEntry:
    """One line, as `digest.Entry` is one of a request."""

    path: str
    heading: str
    labels: tuple[str, ...]
    what: str
    why: str
    tone: str = "calm"


def claim_news(notice: Notice) -> None:
    """What no digest told yet goes with this one. Called in the transaction that promises it."""
    untold = DatasetNews.objects.filter(watch__user=notice.user_id, digest=None)
    untold.unseen().update(digest=notice)


def news_in(notice: Notice) -> list[FollowedEntry]:
    """What the digest was given to tell; what its reader saw on the desk meanwhile is left out."""
    if notice._state.adding:  # one that is not kept was given nothing
        return []
    told = DatasetNews.objects.unseen().filter(digest=notice)
    rows = list(told.select_related("watch", "version__dataset").order_by("pk"))
    days = _days({row.version.dataset_id for row in rows})
    # A dataset and a search may both tell of a reading, and one reading may leave two versions.
    once = {(row.version.dataset_id, row.version.seen_at): row for row in rows}
    return [_entry(row, days[reading]) for reading, row in once.items()]


def _days(datasets: set[int]) -> dict[tuple[int, datetime], RecordedDay]:
    versions = DatasetVersion.objects.filter(dataset__in=datasets)
    in_order = versions.order_by("dataset", "seen_at", "pk")
    return {
        (dataset_id, day.seen_at): day
        for dataset_id, of_one in groupby(in_order, key=lambda version: version.dataset_id)
        for day in days_of(of_one)
    }


def _entry(row: DatasetNews, day: RecordedDay) -> FollowedEntry:
    dataset = row.version.dataset
    return FollowedEntry(
        reverse("dataset_page", args=[dataset.pk]),
        dataset.title,
        (load_city(row.watch.city_slug).name,),
        "withdrawn" if day.is_withdrawn else "new" if day.is_first else "changed",
        " ".join(day.news),
    )
