"""What the columns of a file mean, kept for the next file with the same headings."""

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import Newsroom, User


class LogMapping(models.Model):
    """`columns`: by heading, the name of a column of the log. `words`: by such a name, the
    source's words and ours for them. Neither is read in any order.

    `headings_hash` is of all the headings, so that a file that has the same is known again.
    """

    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="log_mappings")
    name = models.CharField(max_length=120)
    columns = models.JSONField(default=dict)
    words = models.JSONField("the source's word and ours", default=dict)
    is_day_first = models.BooleanField("the day stands before the month", default=False)
    headings_hash = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["newsroom", "headings_hash"], name="mappings_by_headings")]
        constraints = [
            models.UniqueConstraint(fields=["newsroom", "name"], name="one_mapping_a_name")
        ]

    def __str__(self) -> str:
        return self.name
