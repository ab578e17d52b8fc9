"""What somebody has typed into a page's form and not saved yet."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import User
from requests_app.models.requests.records_request import RecordsRequest

SEEN_FOR = timedelta(minutes=10)  # how long after its last sign a tab counts as open


class UnsavedWritingQuerySet(models.QuerySet["UnsavedWriting"]):
    def on_page(self, page: str, request_id: int | None) -> "UnsavedWritingQuerySet":
        return self.filter(page=page, records_request_id=request_id)

    def with_words(self) -> "UnsavedWritingQuerySet":
        """Those in which something was typed that is nowhere else."""
        return self.filter(written_at__isnull=False, is_closed=False)

    def open_at(self, at: datetime) -> "UnsavedWritingQuerySet":
        """The tabs that were open a moment before."""
        return self.filter(is_closed=False, seen_at__gt=at - SEEN_FOR)


class UnsavedWriting(models.Model):
    """One row a tab of a browser, overwritten while its person types; never the ledger's.

    `count` is the tab's own: a copy that arrives after a later one changes nothing. `base` names
    what was saved when the tab was opened. A tab in which nothing was typed has no `written_at`:
    its row says only that somebody has the page open. `is_closed` is one whose words were saved.
    """

    writer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    records_request: models.ForeignKey[RecordsRequest | None] = models.ForeignKey(
        RecordsRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # none where the page begins one
    page = models.CharField(max_length=80)
    tab = models.CharField(max_length=32)
    count = models.PositiveBigIntegerField()
    base = models.CharField(max_length=64, blank=True)
    fields: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    is_closed = models.BooleanField(default=False)
    seen_at = models.DateTimeField(default=timezone.now)
    written_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["UnsavedWriting"]] = models.Manager.from_queryset(
        UnsavedWritingQuerySet
    )()

    class Meta:
        indexes = [
            models.Index(fields=["records_request", "page", "seen_at"], name="writing_by_request"),
            models.Index(fields=["writer", "page"], name="writing_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["writer", "tab"], name="one_writing_a_tab"),
        ]

    def __str__(self) -> str:
        return f"Unsaved words of {self.writer}"
