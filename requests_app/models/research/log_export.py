"""The log as a file: asked for by a person, made by the worker, frozen under its hash."""

import secrets
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.text import slugify

from requests_app.models.newsroom.people import Newsroom, User


class ExportFormat(models.TextChoices):
    PACKAGE = "package", "Data package: every table, codebook, license and citation (ZIP)"
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel (XLSX)"
    JSON_LINES = "jsonl", "JSON Lines"
    PARQUET = "parquet", "Parquet"
    FOIA_LOG = "foia-log", "Standard FOIA Log Format 1.5.0: requests alone (CSV, 13 columns)"


class ExportStage(models.TextChoices):
    WAITING = "waiting", "Waiting for the worker"
    MAKING = "making", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"


class LogExportQuerySet(models.QuerySet["LogExport"]):
    def due(self) -> "LogExportQuerySet":
        return self.filter(stage=ExportStage.WAITING)

    def stuck(self, *, claimed_before: datetime) -> "LogExportQuerySet":
        return self.filter(stage=ExportStage.MAKING, claimed_at__lt=claimed_before)


class LogExport(models.Model):
    """A snapshot. `filters` is the query that made it; `asked_at` the moment that it names.

    Made again from the same rows, with the same filters and moment, it has the same bytes.
    """

    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="log_exports")
    format = models.CharField(max_length=10, choices=ExportFormat.choices)
    filters = models.JSONField(default=dict)
    has_personal_data = models.BooleanField("with names and notes", default=False)
    title = models.CharField(max_length=200)
    license = models.CharField(max_length=40, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    stage = models.CharField(
        max_length=10, choices=ExportStage.choices, default=ExportStage.WAITING
    )
    attempts = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField("why it could not be made", blank=True)
    file = models.FileField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    row_count = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["LogExport"]] = models.Manager.from_queryset(
        LogExportQuerySet
    )()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["stage", "claimed_at"], name="exports_by_stage")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage__in=ExportStage.values, format__in=ExportFormat.values),
                name="an_exports_stage_and_format_are_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(stage="ready") | ~models.Q(file="", sha256=""),
                name="an_export_that_is_ready_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def file_name(self) -> str:
        """As it is downloaded; the beginning of its hash tells two of one day apart."""
        ending = str(self.file.name).rpartition(".")[2]
        name = slugify(self.title)[:60] or "log"
        return f"{name}-{self.asked_at:%Y-%m-%d}-{self.sha256[:8]}.{ending}"


def new_origin() -> str:
    return secrets.token_hex(6)


class LogOrigin(models.Model):
    """By what a newsroom's own rows are known in any desk that imports them: drawn once, so that
    two newsrooms' rows with the same number are never taken for one another's."""

    newsroom = models.OneToOneField(Newsroom, on_delete=models.PROTECT, related_name="log_origin")
    key = models.CharField(max_length=12, unique=True, default=new_origin)

    def __str__(self) -> str:
        return self.key
