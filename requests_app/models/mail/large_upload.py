"""A file too large for a form, on its way to the desk in pieces."""

import secrets
from typing import ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.mail.communication import Attachment, Communication
from requests_app.models.newsroom.people import User


def new_key() -> str:
    return secrets.token_hex(16)


class LargeUpload(models.Model):
    """What has come of one file, for a message of the city's; `key` is its address and its place.

    `received` bytes are on disk and counted. Once it is finished, `attachment` is the file.
    """

    key = models.CharField(max_length=32, unique=True, default=new_key)
    communication = models.ForeignKey(Communication, on_delete=models.PROTECT, related_name="+")
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    begun_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    attachment = models.OneToOneField(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["LargeUpload"]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["touched_at"], name="uploads_that_wait")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size"), size__gte=1),
                name="an_upload_never_has_more_than_its_size",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.received:,} of {self.size:,} bytes"
