"""That the bytes of a message went after their time: on what day, by which setting."""

from typing import ClassVar

from django.db import models

from requests_app.models.chain.chained_model import Chained, ChainedQuerySet
from requests_app.models.mail.inbound_mail import InboundMail


class RawMailRemovalQuerySet(ChainedQuerySet["RawMailRemoval"]):
    def on_disk(self) -> "RawMailRemovalQuerySet":
        """Stated, and the bytes may lie there still."""
        return self.filter(removed_at=None)


class RawMailRemoval(Chained):
    """One message that is kept without its bytes: what was read of it and its files stay.

    It is written before the bytes go. `setting` is the name of the one by which they go, which said
    `keep_days`; these were counted from `counted_from`. `removed_at` is when the disk lost them.
    """

    mail = models.OneToOneField(InboundMail, on_delete=models.PROTECT, related_name="raw_removal")
    at = models.DateTimeField()
    setting = models.CharField(max_length=40)
    keep_days = models.PositiveIntegerField()
    counted_from = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["RawMailRemoval"]] = models.Manager.from_queryset(
        RawMailRemovalQuerySet
    )()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(removed_at=None),
                name="raw_mail_still_on_disk",
            )
        ]

    def __str__(self) -> str:
        return f"bytes of mail {self.mail_id}"
