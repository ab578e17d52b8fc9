"""Who codes which entry of the log, and the random draw by which that was decided."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import User
from requests_app.models.research.log_entry import LogEntry
from requests_app.models.research.project import Project


class SampleDraw(models.Model):
    """One random choice of what several coders code: from it and its seed the choice follows.

    `entries` and `coders` are the keys drawn from, `twice` those that every coder codes.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="draws")
    seed = models.CharField(max_length=80)
    size = models.PositiveIntegerField("how many every coder codes")
    entries = models.JSONField()
    coders = models.JSONField()
    twice = models.JSONField()
    drawn_at = models.DateTimeField(default=timezone.now)
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["SampleDraw"]] = models.Manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.size} of {len(self.entries)}, seed {self.seed}"


class CodingAssignmentQuerySet(models.QuerySet["CodingAssignment"]):
    def standing(self) -> "CodingAssignmentQuerySet":
        return self.filter(ended_at=None)

    def pending(self) -> "CodingAssignmentQuerySet":
        """Still to be coded, by somebody who works here. Who left keeps nobody waiting."""
        return self.standing().filter(finished_at=None, coder__is_active=True)


class CodingAssignment(models.Model):
    """`is_blind`: when it was made, its coder could not yet have read another's codes of it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assignments")
    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, related_name="assignments")
    coder = models.ForeignKey(User, on_delete=models.PROTECT, related_name="coding_assignments")
    draw = models.ForeignKey(
        SampleDraw, on_delete=models.PROTECT, null=True, related_name="assignments"
    )
    is_blind = models.BooleanField()
    assigned_at = models.DateTimeField(default=timezone.now)
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField("when it was taken back", null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager["CodingAssignment"]] = models.Manager.from_queryset(
        CodingAssignmentQuerySet
    )()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "entry", "coder"],
                condition=models.Q(ended_at=None),
                name="an_entry_is_assigned_once_to_a_coder",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="an_ended_assignment_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} for {self.coder}"
