"""A person's own address for calendar programs, which cannot sign in."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import User

WORKS_FOR = timedelta(days=365)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What is kept of the address. It is drawn at random, so a plain hash gives nothing away."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def working(self, *, at: datetime) -> Self:
        return self.filter(expires_at__gt=at, user__is_active=True)


class CalendarFeed(models.Model):
    """Who holds the token sees that person's deadlines. One a person; a new one ends the old."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["CalendarFeed"]] = models.Manager.from_queryset(
        CalendarFeedQuerySet
    )()

    def __str__(self) -> str:
        return f"calendar of {self.user}"
