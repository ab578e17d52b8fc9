"""A story or a study: requests and log entries that belong together."""

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import Newsroom, User


class Project(models.Model):
    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="projects")
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["newsroom", "name"], name="one_project_a_name")
        ]

    def __str__(self) -> str:
        return self.name
