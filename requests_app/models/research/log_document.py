"""A file of a logged challenge: the petition, the decision, an order."""

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import User
from requests_app.models.research.log_entry import LogEntry


class LogDocument(models.Model):
    entry = models.ForeignKey(LogEntry, on_delete=models.CASCADE, related_name="documents")
    file = models.FileField(max_length=200)  # under its hash: see `storage.content`
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    quarantined = models.CharField("why it is kept apart", max_length=200, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
