"""A draft as it stood each time somebody saved it, sent it to review or gave it back."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import User
from requests_app.models.requests.records_request import RecordsRequest


class VersionKind(models.TextChoices):
    BEGUN = "begun", "Begun"
    SAVED = "saved", "Saved"
    SENT_TO_REVIEW = "sent_to_review", "Sent to review"
    RETURNED = "returned", "Returned to the reporter"
    SET_ASIDE = "set_aside", "Set aside, never the draft’s own text"


class DraftVersionQuerySet(models.QuerySet["DraftVersion"]):
    def of_the_draft(self) -> "DraftVersionQuerySet":
        """Those that were the draft at their time: what was set aside never was."""
        return self.exclude(kind=VersionKind.SET_ASIDE)


class DraftVersion(models.Model):
    """Written once. The number of the last one `of_the_draft` is what a save compares and swaps.

    `details` are what the letter was asked to say: office, subject, track, particulars. What was
    set aside has them as they were typed, right or wrong.
    """

    records_request: models.ForeignKey[RecordsRequest] = models.ForeignKey(
        RecordsRequest, on_delete=models.PROTECT, related_name="draft_versions"
    )
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=VersionKind.choices)
    text = models.TextField(blank=True)
    details: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["DraftVersion"]] = models.Manager.from_queryset(
        DraftVersionQuerySet
    )()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["records_request", "number"], name="one_draft_version_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=VersionKind.values), name="draft_version_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.records_request}"
