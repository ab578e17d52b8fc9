"""An invitation into a newsroom: who asks whom, as what, by a link that works once."""

import secrets
from datetime import datetime
from hashlib import sha256
from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from requests_app.models.newsroom.people import Newsroom, Role, User


def new_invitation_key() -> str:
    """What stands in the link; only its hash is kept."""
    return secrets.token_urlsafe(32)


def digest_of_invitation(key: str) -> str:
    """The key is drawn at random, so that a plain hash gives nothing away."""
    return sha256(key.encode("utf-8", "replace")).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Neither taken up nor withdrawn; the link of some may have ended."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def working(self, *, at: datetime) -> "InvitationQuerySet":
        return self.open().filter(expires_at__gt=at)


class Invitation(models.Model):
    """Sent again, it has another link, and the one before works no longer."""

    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role.choices)
    digest = models.CharField("hash of the link's key", max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField("its newest link")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="invitation"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Invitation"]] = models.Manager.from_queryset(
        InvitationQuerySet
    )()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "newsroom",
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_an_address",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="invitation_role_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None, accepted_by=None)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="an_invitation_taken_up_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} into {self.newsroom}"
