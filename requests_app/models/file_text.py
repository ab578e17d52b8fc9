"""The words of a file, for search: once for the same content, however often it came."""

from datetime import datetime
from typing import ClassVar

from django.db import models


class TextStage(models.TextChoices):
    WAITING = "waiting", "Waiting to be read"
    READING = "reading", "Being read"
    READ = "read", "Read"
    NOTHING = "nothing", "No words to be read in it"
    FAILED = "failed", "Could not be read"


class FileTextQuerySet(models.QuerySet["FileText"]):
    def due(self) -> "FileTextQuerySet":
        return self.filter(stage=TextStage.WAITING).order_by("pk")

    def stuck(self, *, claimed_before: datetime) -> "FileTextQuerySet":
        return self.filter(stage=TextStage.READING, claimed_at__lt=claimed_before)

    def saying(self, words: str) -> "FileTextQuerySet":
        return self.filter(stage=TextStage.READ, text__icontains=words)


class FileText(models.Model):
    """A cache: it can be read from the file again at any time."""

    sha256 = models.CharField(max_length=64, unique=True)
    stored = models.CharField("where storage has it", max_length=200)
    stage = models.CharField(max_length=10, choices=TextStage.choices, default=TextStage.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    text = models.TextField(blank=True)
    is_cut = models.BooleanField("longer than what is kept", default=False)
    problem = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager["FileText"]] = models.Manager.from_queryset(FileTextQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["stage"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage__in=TextStage.values), name="file_text_stage_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}: {self.get_stage_display()}"
