"""One file on its way into the log, and what each of its rows became.

The row is the promise: a person puts it into a stage that waits, a worker claims it there. Its
place in the file is written with each batch, in one transaction.
"""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import Newsroom, User
from requests_app.models.research.log_entry import LogEntry
from requests_app.models.research.logged_request import LoggedRequest
from requests_app.models.research.project import Project


class ImportStage(models.TextChoices):
    MAPPING = "mapping", "To be mapped"
    TO_CHECK = "to_check", "Waiting for the worker"
    CHECKING = "checking", "Being tried"
    CHECKED = "checked", "Tried: nothing is imported yet"
    TO_IMPORT = "to_import", "Waiting for the worker"
    IMPORTING = "importing", "Being imported"
    IMPORTED = "imported", "Imported"
    TO_UNDO = "to_undo", "Waiting for the worker"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"
    FAILED = "failed", "Stopped"


S = ImportStage
WORKING = {S.CHECKING: S.TO_CHECK, S.IMPORTING: S.TO_IMPORT, S.UNDOING: S.TO_UNDO}


class LogImportQuerySet(models.QuerySet["LogImport"]):
    def due(self) -> "LogImportQuerySet":
        return self.filter(stage__in=WORKING.values())

    def stuck(self, *, claimed_before: datetime) -> "LogImportQuerySet":
        return self.filter(stage__in=WORKING, claimed_at__lt=claimed_before)


class LogImport(models.Model):
    """`original` is the file as it came, `rows` the same as lines of JSON: its headings, then a
    number and the cells of each row. `offset` is where in `rows` the next batch begins.

    What holds for every row (`source`, `city_slug`, `place`, `agency`) stands where the file has
    no column of it. `counts` is by fate.
    """

    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="log_imports")
    name = models.CharField("the file's name", max_length=255)
    original = models.FileField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.FileField(max_length=200)
    total = models.PositiveIntegerField("rows in the file", default=0)
    headings = models.JSONField(default=list)
    columns = models.JSONField("what each heading means", default=dict)
    words = models.JSONField("the source's word and ours", default=dict)
    is_day_first = models.BooleanField(default=False)
    is_our_own = models.BooleanField("made by a desk's export", default=False)
    source = models.CharField("which log it is from", max_length=120)
    city_slug = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=160, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="log_imports"
    )
    stage = models.CharField(max_length=10, choices=S.choices, default=S.MAPPING)
    stopped_in = models.CharField("the stage that it stopped in", max_length=10, blank=True)
    takes_duplicates = models.BooleanField("with rows that seem to be here already", default=False)
    leaves_out_refused = models.BooleanField("without the rows that were refused", default=False)
    position = models.PositiveIntegerField("rows done", default=0)
    offset = models.PositiveBigIntegerField(default=0)
    counts = models.JSONField("rows by fate", default=dict)
    problems = models.JSONField("the first that a person should see", default=list)
    fates = models.FileField("each row's fate, as CSV", max_length=200, blank=True)
    kept = models.JSONField("what an undoing left, and why", default=list)
    problem = models.TextField("why it stopped", blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["LogImport"]] = models.Manager.from_queryset(
        LogImportQuerySet
    )()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["stage", "claimed_at"], name="imports_by_stage")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage__in=S.values), name="an_imports_stage_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_moving(self) -> bool:
        return self.stage in {*WORKING, *WORKING.values()}


class ImportedRow(models.Model):
    """What one row of a file made or changed, so that the import can be undone as one.

    `before_*`: by column, what stood there. `*_hash`: of the row as the import left it.
    """

    log_import = models.ForeignKey(LogImport, on_delete=models.CASCADE, related_name="written")
    number = models.PositiveIntegerField("of the row in its file")
    logged_request = models.ForeignKey(
        LoggedRequest, on_delete=models.SET_NULL, null=True, related_name="imported_rows"
    )
    entry = models.ForeignKey(
        LogEntry, on_delete=models.SET_NULL, null=True, related_name="imported_rows"
    )
    has_made_request = models.BooleanField(default=False)
    has_made_entry = models.BooleanField(default=False)
    before_request = models.JSONField(default=dict)
    before_entry = models.JSONField(default=dict)
    request_hash = models.CharField(max_length=64, blank=True)
    entry_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log_import", "number"], name="a_row_is_imported_once")
        ]

    def __str__(self) -> str:
        return f"row {self.number}"
