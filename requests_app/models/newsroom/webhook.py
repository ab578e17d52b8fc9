"""Another program that is told of a newsroom's events, and each message promised to it."""

import base64
import secrets
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.db.models import F

from requests_app.models.newsroom.people import Newsroom, User
from requests_app.stored_secrets import SecretField

if TYPE_CHECKING:
    from requests_app.models.requests.event import Event

SECRET_PREFIX = "whsec_"  # noqa: S105  # how Standard Webhooks begins every secret


def new_secret() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def new_message_id() -> str:
    return f"msg_{secrets.token_urlsafe(18)}"


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def working(self) -> "WebhookQuerySet":
        """Not ended, of somebody who still works in the newsroom."""
        return self.filter(
            ended_at=None, user__is_active=True, user__membership__newsroom=F("newsroom")
        )


class Webhook(models.Model):
    """An address that is told of events, of requests that its person may see.

    `kinds` are kinds of events; empty: every kind. Events through `through` were looked at.
    After its secret was changed, messages are signed by the one before too, until `previous_until`.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="webhooks")
    newsroom = models.ForeignKey(Newsroom, on_delete=models.CASCADE, related_name="+")
    url = models.CharField("address", max_length=500)
    kinds = models.JSONField(default=list)
    secret = SecretField(default=new_secret)
    previous_secret = SecretField(blank=True)
    previous_until = models.DateTimeField(null=True)
    through = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why_ended = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager["Webhook"]] = models.Manager.from_queryset(WebhookQuerySet)()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.url

    @property
    def host(self) -> str:
        """All of its address that is told or logged: the rest may be a key."""
        return urlsplit(self.url).hostname or ""

    def secrets_at(self, at: datetime) -> list[str]:
        """Those by which a message is signed, the newest first."""
        is_both = self.previous_until is not None and at < self.previous_until
        return [self.secret, self.previous_secret] if is_both else [self.secret]


class MessageState(models.TextChoices):
    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    DELIVERED = "delivered", "Delivered"
    SILENT = "silent", "Nobody may be told any more"
    FAILED = "failed", "Given up"


class WebhookMessageQuerySet(models.QuerySet["WebhookMessage"]):
    def due(self, *, at: datetime) -> "WebhookMessageQuerySet":
        return self.filter(state=MessageState.QUEUED, not_before__lte=at)

    def stuck(self, *, claimed_before: datetime) -> "WebhookMessageQuerySet":
        return self.filter(state=MessageState.SENDING, claimed_at__lt=claimed_before)


class WebhookMessage(models.Model):
    """One event told to one address. The row is the promise; `webhooks.outbox` alone moves it."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="messages")
    event: models.ForeignKey["Event"] = models.ForeignKey(
        "Event", on_delete=models.PROTECT, related_name="+"
    )
    message_id = models.CharField(max_length=40, unique=True, default=new_message_id)
    state = models.CharField(
        max_length=10, choices=MessageState.choices, default=MessageState.QUEUED
    )
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField("what it answered last", null=True)
    last_answer = models.TextField(blank=True)
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager["WebhookMessage"]] = models.Manager.from_queryset(
        WebhookMessageQuerySet
    )()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "not_before"], name="webhook_messages_due")]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event"], name="an_event_is_told_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=MessageState.values),
                name="webhook_message_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} to {self.webhook_id}"
