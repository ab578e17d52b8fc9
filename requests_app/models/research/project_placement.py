"""That a request or an entry of the log was put into a project, or taken out: who and when."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import User
from requests_app.models.requests.records_request import RecordsRequest
from requests_app.models.research.log_entry import LogEntry
from requests_app.models.research.project import Project


class ProjectPlacement(models.Model):
    """The newsroom's own ordering, and no event: no clock knows of it. Without a project: out."""

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, related_name="placements"
    )
    before = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="+")
    records_request = models.ForeignKey(
        RecordsRequest, on_delete=models.PROTECT, null=True, related_name="placements"
    )
    entry = models.ForeignKey(
        LogEntry, on_delete=models.CASCADE, null=True, related_name="placements"
    )
    placed_at = models.DateTimeField(default=timezone.now)
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["ProjectPlacement"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(records_request=None) ^ models.Q(entry=None),
                name="a_placement_is_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"into {self.project}" if self.project else f"out of {self.before}"
