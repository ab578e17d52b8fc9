"""What machines found in a file: viruses, and its words. Once for the same bytes, however often
they came."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone


class ScanStage(models.TextChoices):
    WAITING = "waiting", "Not scanned yet"
    SCANNING = "scanning", "Being scanned"
    CLEAN = "clean", "Nothing found"
    INFECTED = "infected", "Infected"
    NOT_TAKEN = "not_taken", "The scanner does not take it"


class FileScanQuerySet(models.QuerySet["FileScan"]):
    def due(self, *, at: datetime) -> "FileScanQuerySet":
        return self.filter(stage=ScanStage.WAITING, next_at__lte=at).order_by("next_at", "pk")

    def stuck(self, *, claimed_before: datetime) -> "FileScanQuerySet":
        return self.filter(stage=ScanStage.SCANNING, claimed_at__lt=claimed_before)


class FileScan(models.Model):
    """Rows are written only while there is a scanner (CLAMD_URL)."""

    sha256 = models.CharField(max_length=64, unique=True)
    stored = models.CharField("where storage has it", max_length=200)
    stage = models.CharField(max_length=10, choices=ScanStage.choices, default=ScanStage.WAITING)
    found = models.CharField("the signature's name", max_length=150, blank=True)
    problem = models.CharField("why it could not be scanned", max_length=300, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    scanned_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["FileScan"]] = models.Manager.from_queryset(FileScanQuerySet)()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"], condition=models.Q(stage="waiting"), name="file_scan_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage__in=ScanStage.values), name="file_scan_stage_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(stage="infected", found__gt="")
                | ~models.Q(stage="infected") & models.Q(found=""),
                name="what_is_infected_says_by_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}: {self.get_stage_display()}"

    @property
    def why_apart(self) -> str:
        return f"The virus scanner found {self.found} in it." if self.found else ""


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

    def to_suggest_from(self) -> "FileTextQuerySet":
        return self.filter(stage=TextStage.READ, is_suggested_from=False).order_by("pk")

    def saying(self, words: str) -> "FileTextQuerySet":
        return self.filter(stage=TextStage.READ, text__icontains=words)


class FileText(models.Model):
    """The words of a file, for search. A cache: it can be read from the file again at any time."""

    sha256 = models.CharField(max_length=64, unique=True)
    stored = models.CharField("where storage has it", max_length=200)
    stage = models.CharField(max_length=10, choices=TextStage.choices, default=TextStage.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    text = models.TextField(blank=True)
    is_cut = models.BooleanField("longer than what is kept", default=False)
    problem = models.CharField(max_length=300, blank=True)
    # What it may mean as a letter was suggested for the messages that it came with.
    is_suggested_from = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["FileText"]] = models.Manager.from_queryset(FileTextQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["stage"]),
            models.Index(
                fields=["id"],
                condition=models.Q(stage=TextStage.READ, is_suggested_from=False),
                name="files_to_suggest_from",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage__in=TextStage.values), name="file_text_stage_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}: {self.get_stage_display()}"
