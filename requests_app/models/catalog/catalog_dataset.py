"""A dataset in a city's catalog as it stands now, and what each reading found changed."""

from typing import Any, ClassVar

from django.db import models

from cities.portals.dataset_record import DatasetRecord
from requests_app.models.catalog.city_portal import CityPortal
from requests_app.models.newsroom.people import Newsroom


class CatalogDatasetQuerySet(models.QuerySet["CatalogDataset"]):
    def for_newsroom(self, newsroom: Newsroom) -> "CatalogDatasetQuerySet":
        """Of the portals that the newsroom reads: every page starts here."""
        return self.filter(portal__in=CityPortal.objects.for_newsroom(newsroom))

    def published(self) -> "CatalogDatasetQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def of_city(self, city_slug: str) -> "CatalogDatasetQuerySet":
        return self.filter(portal__city_slug=city_slug)


class CatalogDataset(models.Model):
    """The current record, whole in `facts`; the columns beside it are what lists sort and search.

    Withdrawn only by a complete reading that did not find it.
    """

    portal = models.ForeignKey(CityPortal, on_delete=models.PROTECT, related_name="datasets")
    external_id = models.CharField(max_length=300)
    title = models.TextField()
    steward = models.TextField(blank=True)
    data_updated_at = models.DateTimeField(null=True, blank=True)
    cadence_days = models.FloatField(null=True, blank=True)  # null: none stated, or no fixed one
    facts = models.JSONField()  # DatasetRecord.to_json()
    facts_sha256 = models.CharField(max_length=64)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["CatalogDataset"]] = models.Manager.from_queryset(
        CatalogDatasetQuerySet
    )()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portal", "external_id"], name="one_dataset_an_identifier"
            ),
        ]
        indexes = [models.Index(fields=["portal", "withdrawn_at", "title"])]

    def __str__(self) -> str:
        return self.title

    @property
    def record(self) -> DatasetRecord:
        return DatasetRecord.from_json(self.facts)


class DatasetVersion(models.Model):
    """What a reading found changed. The first of a dataset holds every field.

    `facts` holds the fields that differ from the version before, as they are after it; folding
    them in order gives the whole record of any day. `withdrawn` and `returned` stand in `changed`
    beside the names of fields.
    """

    dataset = models.ForeignKey(CatalogDataset, on_delete=models.PROTECT, related_name="versions")
    seen_at = models.DateTimeField()
    changed = models.JSONField(default=list)  # names of DatasetRecord's fields
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["dataset", "seen_at", "pk"]
        indexes = [models.Index(fields=["dataset", "seen_at"])]

    def __str__(self) -> str:
        return f"{self.dataset_id} as seen {self.seen_at:%Y-%m-%d}"

    @staticmethod
    def fold(versions: list["DatasetVersion"]) -> dict[str, Any]:
        """The whole record after the last of them, oldest first."""
        whole: dict[str, Any] = {}
        for version in versions:
            whole |= version.facts
        return whole
