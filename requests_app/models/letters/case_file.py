"""A request's papers put together: asked for by a person, made by the worker, kept as a file."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import User

if TYPE_CHECKING:
    from requests_app.models.requests.appeal import Appeal
    from requests_app.models.requests.records_request import RecordsRequest


class CaseFileKind(models.TextChoices):
    WHOLE = "whole", "The whole case file, as one PDF"
    BUNDLE = "bundle", "What goes with an appeal, as one PDF"
    ARCHIVE = "archive", "Everything as it came, as a ZIP"


FILE_NAMES = {
    CaseFileKind.WHOLE: ("case-file", "pdf"),
    CaseFileKind.BUNDLE: ("appeal-papers", "pdf"),
    CaseFileKind.ARCHIVE: ("everything", "zip"),
}


class CaseFileState(models.TextChoices):
    WAITING = "waiting", "Waiting for the worker"
    MAKING = "making", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"


class CaseFileQuerySet(models.QuerySet["CaseFile"]):
    """What the worker may take."""

    def due(self) -> "CaseFileQuerySet":
        return self.filter(state=CaseFileState.WAITING)

    def stuck(self, *, claimed_before: datetime) -> "CaseFileQuerySet":
        return self.filter(state=CaseFileState.MAKING, claimed_at__lt=claimed_before)


class CaseFile(models.Model):
    """One making of it. The row is the promise, as a delivery's is; a sweep finds what is stuck."""

    records_request: models.ForeignKey["RecordsRequest"] = models.ForeignKey(
        "RecordsRequest", on_delete=models.PROTECT, related_name="case_files"
    )
    appeal: models.ForeignKey["Appeal | None"] = models.ForeignKey(
        "Appeal", on_delete=models.PROTECT, null=True, blank=True, related_name="case_files"
    )
    kind = models.CharField(max_length=10, choices=CaseFileKind.choices)
    state = models.CharField(
        max_length=10, choices=CaseFileState.choices, default=CaseFileState.WAITING
    )
    has_notes = models.BooleanField("with the newsroom's own notes", default=False)
    # Off: whoever reads the PDF gets such files beside it, in the ZIP. Mail systems and printers
    # take a PDF with files in it for a danger.
    embeds_files = models.BooleanField("with files that have no pages inside", default=False)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    attempts = models.PositiveIntegerField(default=0)
    # Moved forward with each step, so that a long making is not taken for a dead one.
    claimed_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField("what is being done", max_length=120, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField("why it could not be made", blank=True)
    file = models.FileField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    page_count = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager["CaseFile"]] = models.Manager.from_queryset(CaseFileQuerySet)()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "claimed_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=CaseFileState.values), name="case_file_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=CaseFileKind.values), name="case_file_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | ~models.Q(file=""),
                name="a_case_file_that_is_ready_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"

    @property
    def file_name(self) -> str:
        """As it is downloaded: “PORT-2026-1-case-file-2026-11-22.pdf”."""
        request = self.records_request
        name, ending = FILE_NAMES[CaseFileKind(self.kind)]
        return f"{request.reference}-{name}-{request.city.local_date(self.asked_at)}.{ending}"
