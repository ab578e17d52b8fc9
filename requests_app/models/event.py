"""One fact that happened. All of a request's events are its ledger: written once, never changed."""

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from requests_app.models.newsroom import User

if TYPE_CHECKING:
    from requests_app.models.appeal import Appeal
    from requests_app.models.delivery import Delivery
    from requests_app.models.records_request import RecordsRequest


class EventKind(models.TextChoices):
    """What can happen. Those that a transition leaves are listed in `requests_app.states`."""

    # in the newsroom
    DRAFTED = "drafted"
    SENT_TO_REVIEW = "sent_to_review"
    APPROVED = "approved"
    RETURNED = "returned"
    ASSIGNED = "assigned"
    SHARED = "shared"
    NOTED = "noted"
    # on its way
    SUBMITTED = "submitted"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    RECALLED = "recalled"
    SENDING_FAILED = "sending_failed"
    SENDING_IN_DOUBT = "sending_in_doubt"
    SENDING_RETRIED = "sending_retried"
    RECEIVED = "received"
    # the city's acts, and our answers
    ACKNOWLEDGED = "acknowledged"
    CLARIFICATION_REQUESTED = "clarification_requested"
    CLARIFIED = "clarified"
    FEES_ESTIMATED = "fees_estimated"
    FEES_ACCEPTED = "fees_accepted"
    FEES_REFUSED = "fees_refused"
    FEES_PAID = "fees_paid"
    FEES_WAIVED = "fees_waived"
    FEE_WAIVER_DENIED = "fee_waiver_denied"
    EXTENDED = "extended"
    PRODUCED_IN_PART = "produced_in_part"
    GRANTED = "granted"
    GRANTED_IN_PART = "granted_in_part"
    DENIED = "denied"
    DEEMED_DENIED = "deemed_denied"
    NO_RECORDS = "no_records"
    REFERRED = "referred"
    GROUNDS_REQUESTED = "grounds_requested"
    GROUNDS_GIVEN = "grounds_given"
    FOLLOWED_UP = "followed_up"
    FEE_WAIVER_REQUESTED = "fee_waiver_requested"
    NARROWED = "narrowed"
    THANKED = "thanked"
    SUIT_ANNOUNCED = "suit_announced"
    # mail, as a machine or a person filed it: it says that something came, never what it means
    MAIL_RECEIVED = "mail_received"
    AUTO_REPLY_RECEIVED = "auto_reply_received"
    MAIL_TAKEN_OUT = "mail_taken_out"
    # challenges
    APPEAL_DRAFTED = "appeal_drafted"
    APPEAL_FILED = "appeal_filed"
    APPEAL_RECEIVED = "appeal_received"
    APPEAL_DECIDED = "appeal_decided"
    APPEAL_WITHDRAWN = "appeal_withdrawn"
    COMPLIED = "complied"
    LAWSUIT = "lawsuit"
    # the end
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    # derived by the desk
    DEADLINE_MOVED = "deadline_moved"


class LedgerIsAppendOnlyError(Exception):
    """Somebody tried to change or delete an event."""


class EventQuerySet(models.QuerySet["Event"]):
    """Events can be read and added. Triggers in the database say the same to everybody else."""

    def update(self, **fields: Any) -> NoReturn:
        raise LedgerIsAppendOnlyError(
            "An event is never changed: record a new one that corrects it."
        )

    def delete(self) -> NoReturn:
        raise LedgerIsAppendOnlyError(
            "An event is never deleted: record a new one that corrects it."
        )

    def newest_first(self) -> "EventQuerySet":
        return self.order_by("-on", "-pk")

    def in_order(self) -> "EventQuerySet":
        """As they happened: by day, and within a day as they were entered."""
        return self.order_by("on", "pk")


class Event(models.Model):
    """One fact that happened to a request: what, on which city day, who entered it and when.

    `data` holds the fact's particulars, such as {"amount": "180.00"} or {"exemptions": [...]}.
    `delivery` is the sending that carries the act: until it is sent, the act has reached nobody.
    """

    records_request: models.ForeignKey["RecordsRequest"] = models.ForeignKey(
        "RecordsRequest", on_delete=models.PROTECT, related_name="events"
    )
    appeal: models.ForeignKey["Appeal | None"] = models.ForeignKey(
        "Appeal", on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    delivery: models.ForeignKey["Delivery | None"] = models.ForeignKey(
        "Delivery", on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    kind = models.CharField(max_length=40, choices=EventKind.choices)
    on = models.DateField("the city's day")
    recorded_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects: ClassVar[models.Manager["Event"]] = models.Manager.from_queryset(EventQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["records_request", "on", "id"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=EventKind.values), name="event_kind_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LedgerIsAppendOnlyError(
                "An event is never changed: record a new one that corrects it."
            )
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerIsAppendOnlyError(
            "An event is never deleted: record a new one that corrects it."
        )
