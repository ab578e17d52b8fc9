"""What somebody follows in a city's catalog, and what they were told of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from requests_app.models.catalog.catalog_dataset import CatalogDataset, DatasetVersion
from requests_app.models.newsroom.people import User
from requests_app.models.newsroom.reminder import Notice


class DatasetWatch(models.Model):
    """One dataset, or a search in a city's catalog; one person's. Whoever stops deletes the row."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="dataset_watches")
    dataset = models.ForeignKey(
        CatalogDataset, on_delete=models.CASCADE, null=True, related_name="watches"
    )
    city_slug = models.CharField(max_length=80)
    # A search by words, theme, steward and format, as the address of the list writes it; "" where
    # a dataset is followed.
    search = models.CharField(max_length=600, blank=True)
    # What was seen up to this version, its key, is no news.
    since_version = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(dataset__isnull=False, search="")
                | (Q(dataset__isnull=True) & ~Q(search="")),
                name="a_watch_is_of_a_dataset_or_a_search",
            ),
            models.UniqueConstraint(fields=["user", "dataset"], name="a_dataset_is_followed_once"),
            models.UniqueConstraint(
                fields=["user", "city_slug", "search"],
                condition=Q(dataset__isnull=True),
                name="a_search_is_followed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.dataset_id or self.search} in {self.city_slug}"


class DatasetNewsQuerySet(models.QuerySet["DatasetNews"]):
    def unseen(self) -> "DatasetNewsQuerySet":
        return self.filter(seen_at__isnull=True)


class DatasetNews(models.Model):
    """One change that one follower is told of: there once, whatever finds it how often."""

    watch = models.ForeignKey(DatasetWatch, on_delete=models.CASCADE, related_name="news")
    version = models.ForeignKey(DatasetVersion, on_delete=models.PROTECT, related_name="news")
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(
        Notice, on_delete=models.SET_NULL, null=True, related_name="dataset_news"
    )

    objects: ClassVar[models.Manager["DatasetNews"]] = models.Manager.from_queryset(
        DatasetNewsQuerySet
    )()

    class Meta:
        verbose_name_plural = "dataset news"
        constraints = [
            models.UniqueConstraint(fields=["watch", "version"], name="a_change_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"version {self.version_id} for watch {self.watch_id}"
