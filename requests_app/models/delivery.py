"""One sending of one letter. The row is the promise; the worker only hurries it."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from requests_app.models.appeal import Appeal
    from requests_app.models.records_request import RecordsRequest
from requests_app.models.letter import Letter
from requests_app.models.newsroom import User


class Channel(models.TextChoices):
    EMAIL = "email", "E-mail"
    POST = "post", "Post"
    IN_PERSON = "in_person", "In person"
    PORTAL = "portal", "Web portal"
    PHONE = "phone", "Phone"

    @property
    def is_by_hand(self) -> bool:
        return self is not Channel.EMAIL


class DeliveryState(models.TextChoices):
    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    BOUNCED = "bounced", "Came back"
    FAILED = "failed", "Sending failed"
    IN_DOUBT = "in_doubt", "The mail server may already have it"
    BY_HAND = "by_hand", "To be handed over"
    CANCELED = "canceled", "Not sent"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Which sendings need somebody, and which the worker may take."""

    def due(self, *, at: datetime) -> "DeliveryQuerySet":
        return self.filter(state=DeliveryState.QUEUED, not_before__lte=at)

    def stuck(self, *, claimed_before: datetime) -> "DeliveryQuerySet":
        return self.filter(state=DeliveryState.SENDING, claimed_at__lt=claimed_before)

    def needs_a_person(self) -> "DeliveryQuerySet":
        return self.filter(
            state__in=[
                DeliveryState.FAILED,
                DeliveryState.BOUNCED,
                DeliveryState.IN_DOUBT,
                DeliveryState.BY_HAND,
            ]
        )


class Delivery(models.Model):
    """One letter on its way by one channel. `delivery.outbox` alone moves its state."""

    records_request: models.ForeignKey["RecordsRequest"] = models.ForeignKey(
        "RecordsRequest", on_delete=models.PROTECT, related_name="deliveries"
    )
    appeal: models.ForeignKey["Appeal | None"] = models.ForeignKey(
        "Appeal", on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=20, choices=Channel.choices)
    to_name = models.CharField(max_length=200)
    to = models.TextField("address, of the channel's kind", blank=True)
    state = models.CharField(max_length=20, choices=DeliveryState.choices)
    # Made before the first try, so that a message in doubt can be looked for on the server.
    message_id = models.CharField(max_length=200, unique=True)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    # Set just before the server is given the message: a crash after this moment leaves a doubt.
    handed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    confirmation = models.CharField("tracking or confirmation number", max_length=200, blank=True)
    last_answer = models.TextField("what the server said last", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Delivery"]] = models.Manager.from_queryset(DeliveryQuerySet)()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["state", "not_before"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=DeliveryState.values), name="delivery_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["sent", "delivered"])
                | models.Q(sent_at__isnull=False),
                name="a_sent_delivery_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sending") | models.Q(claimed_at__isnull=False),
                name="a_delivery_being_sent_is_claimed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} to {self.to_name}: {self.get_state_display()}"

    @property
    def can_be_retried(self) -> bool:
        return self.state in {DeliveryState.FAILED, DeliveryState.BOUNCED, DeliveryState.IN_DOUBT}
