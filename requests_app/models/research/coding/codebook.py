"""What the coders of a project are asked: the codebook as it is edited, and its frozen versions."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import User
from requests_app.models.research.project import Project


class Codebook(models.Model):
    """As it stands now. It becomes a version once a coding rests on it: see `CodebookVersion`.

    `variables` is a list, in its order, as `research.coding.variables` reads it. `revision` counts
    the changes, so that nobody overwrites what they have not seen.
    """

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="codebook")
    variables = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Codebook"]] = models.Manager()

    def __str__(self) -> str:
        return f"The codebook of {self.project}"


class CodebookVersion(models.Model):
    """The codebook as somebody coded by it: written once, kept whatever becomes of the codebook."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    variables = models.JSONField()
    frozen_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["CodebookVersion"]] = models.Manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="codebook_version_once")
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"
