"""One fact that happened. All of a request's events are its ledger: written once, never changed."""

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from cities.schema.city import City
from requests_app.models.newsroom.people import User
from requests_app.vocabulary.event_kinds import EventKind, event_kinds

__all__ = ["Event", "EventKind", "EventQuerySet", "LedgerIsAppendOnlyError"]

if TYPE_CHECKING:
    from requests_app.models.letters.delivery import Delivery
    from requests_app.models.requests.appeal import Appeal
    from requests_app.models.requests.records_request import RecordsRequest


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
    kind = models.CharField(max_length=40, choices=event_kinds)
    on = models.DateField("the city's day")
    recorded_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects: ClassVar[models.Manager["Event"]] = models.Manager.from_queryset(EventQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["records_request", "on", "id"])]

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

    def route_name(self, city: City) -> str:
        """The way of appeal that it speaks of, if any; its slug where the pack dropped it."""
        slug = self.appeal.route if self.appeal else str(self.data.get("route", ""))
        try:
            return city.route(slug).name if slug else ""
        except LookupError:
            return slug
