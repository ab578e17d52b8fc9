"""What an editor says of one paragraph of a draft."""

from django.db import models
from django.utils import timezone

from requests_app.models.drafts.draft_version import DraftVersion
from requests_app.models.newsroom.people import User


class ReviewComment(models.Model):
    """It keeps the paragraph's own words, so that anybody sees what it was said of, and whether
    that still stands."""

    version = models.ForeignKey(DraftVersion, on_delete=models.PROTECT, related_name="comments")
    paragraph = models.TextField()
    text = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, settled_by__isnull=True)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
                name="what_is_settled_says_when_and_by_whom",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def stands_in(self, text: str) -> bool:
        """Whether the text still has the paragraph word for word."""
        words = self.paragraph.split()
        return any(paragraph.split() == words for paragraph in text.split("\n\n"))
