"""A person's key for another program, and the answers kept so that a repeated call does no harm."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import ClassVar, Self

from django.db import models

from requests_app.models.newsroom.people import Newsroom, User

PREFIX = "desk_"
SHOWN = 9  # of a token's characters, to tell one from another


class Scope(models.TextChoices):
    """What a token may be used for; each beside what its person may do at all."""

    READ = "read", "Read what you see"
    WRITE = "write", "Write drafts, record what happened, file messages"
    SEND = "send", "Send letters to cities and file appeals"
    RESEARCH = "research", "Draft appeals, log them and code them"


def new_key() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    """What is kept of a token. It is drawn at random, so that a plain hash gives nothing away."""
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def working(self, *, at: datetime) -> Self:
        """Neither ended nor expired, of somebody who still works in the newsroom it was made in."""
        return self.filter(
            ended_at=None,
            expires_at__gt=at,
            user__is_active=True,
            user__membership__newsroom=models.F("newsroom"),
        )


class ApiToken(models.Model):
    """Made by its person, shown once, kept as a hash. It reads, and does what its scopes say."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    newsroom = models.ForeignKey(Newsroom, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("what it is for", max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    begins_with = models.CharField(max_length=SHOWN)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["ApiToken"]] = models.Manager.from_queryset(ApiTokenQuerySet)()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.begins_with}…)"

    @property
    def scope_words(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scopes]


class IdempotencyKey(models.Model):
    """One call that its sender may repeat without doing it twice: what it asked, what it got.

    `status` is empty as long as somebody works on it.
    """

    KEPT = timedelta(hours=24)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    asked = models.CharField("hash of method, address and body", max_length=64)
    made_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    location = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="a_key_is_one_persons_one_call")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.status or 'being done'}"
