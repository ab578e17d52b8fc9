"""A person's own address for calendar programs, which cannot sign in."""

import secrets

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import User


def new_token() -> str:
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """Who holds the token sees that person's deadlines. One a person; a new one ends the old."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=64, unique=True, default=new_token)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"calendar of {self.user}"
