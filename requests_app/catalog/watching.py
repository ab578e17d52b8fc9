"""Whom to tell of what changed: one row for each follower and change, whoever finds it and when.

Run after a portal was read, and once more before a morning's mail is planned: both find the same
rows, and a row that is there is not written again.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from requests_app.catalog.dataset_search import DatasetSearch
from requests_app.catalog.history import RETURNED, is_news
from requests_app.models import CatalogDataset, DatasetNews, DatasetVersion, DatasetWatch


def write_news(*, at: datetime, city_slug: str = "") -> int:
    """Of one city's catalog, or of all that nobody reads just now; how many changes were added."""
    watches = DatasetWatch.objects.select_related("user__membership__newsroom")
    if city_slug:
        watches = watches.filter(city_slug=city_slug)
    found = list(_of_datasets(city_slug, at=at))
    for watch in watches.filter(dataset__isnull=True):
        found += [(watch.pk, version) for version in _new_matches(watch, at=at)]
    rows = [
        DatasetNews(watch_id=watch_id, version_id=version_id, created_at=at)
        for watch_id, version_id in found
    ]
    before = DatasetNews.objects.count() if rows else 0
    DatasetNews.objects.bulk_create(rows, ignore_conflicts=True)
    return DatasetNews.objects.count() - before if rows else 0


def _of_datasets(city_slug: str, *, at: datetime) -> Iterable[tuple[int, int]]:
    """Watch and version: what changed of each followed dataset, and was not told yet."""
    told = DatasetNews.objects.filter(watch=OuterRef("dataset__watches"), version=OuterRef("pk"))
    versions = DatasetVersion.objects.filter(
        dataset__watches__isnull=False, pk__gt=F("dataset__watches__since_version")
    )
    if city_slug:
        versions = versions.filter(dataset__watches__city_slug=city_slug)
    else:  # what a reading finds is told once it is whole
        versions = versions.exclude(dataset__portal__leased_until__gt=at)
    untold = versions.exclude(Exists(told)).annotate(watch_id=F("dataset__watches"))
    for version in untold.only("pk", "changed"):
        if is_news(version):
            yield version.watch_id, version.pk


def _new_matches(watch: DatasetWatch, *, at: datetime) -> list[int]:
    """Versions with which a dataset came, or came back, that fits the search; not told yet."""
    datasets = CatalogDataset.objects.for_newsroom(watch.user.membership.newsroom).of_city(
        watch.city_slug
    )
    fitting = DatasetSearch.written(watch.search).found_in(datasets.published(), at=at)
    earlier = DatasetVersion.objects.filter(dataset=OuterRef("dataset"), pk__lt=OuterRef("pk"))
    came = DatasetVersion.objects.filter(
        ~Exists(earlier) | Q(changed__icontains=f'"{RETURNED}"'),
        dataset__in=fitting,
        pk__gt=watch.since_version,
    )
    told = DatasetNews.objects.filter(watch=watch, version=OuterRef("pk"))
    return list(came.exclude(Exists(told)).values_list("pk", flat=True))
