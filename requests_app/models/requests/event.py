"""One fact that happened. All of a request's events are its ledger: written once, never changed."""

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from cities.schema.city import City
from requests_app.models.chain.chained_model import Chained, ChainedQuerySet
from requests_app.models.newsroom.people import User
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import EventKind, event_kinds, kinds_marked

__all__ = ["Event", "EventKind", "EventQuerySet", "LedgerIsAppendOnlyError"]

if TYPE_CHECKING:
    from requests_app.models.letters.delivery import Delivery
    from requests_app.models.mail.communication import Communication
    from requests_app.models.requests.appeal import Appeal
    from requests_app.models.requests.records_request import RecordsRequest


CORRECTIONS = (EventKind.ENTRY_STRUCK.value, EventKind.ENTRY_RESTORED.value)


class LedgerIsAppendOnlyError(Exception):
    """Somebody tried to change or delete an event."""


class EventQuerySet(ChainedQuerySet["Event"]):
    """Events can be read and added. Triggers in the database say the same to everybody else."""

    def update(self, **fields: Any) -> NoReturn:
        raise LedgerIsAppendOnlyError(
            "An event is never changed: record a new one that corrects it."
        )

    def delete(self) -> NoReturn:
        raise LedgerIsAppendOnlyError(
            "An event is never deleted: record a new one that corrects it."
        )

    def effective(self) -> "EventQuerySet":
        """Those that stand: no correction strikes them, or the strike was itself taken back.

        What `ledger.effective` says of entries in memory, said to the database.
        """
        corrections = Event.objects.filter(strikes=models.OuterRef("pk"))
        taken_back = Event.objects.filter(strikes=models.OuterRef("pk"))
        return self.exclude(models.Exists(corrections.exclude(models.Exists(taken_back))))

    def newest_first(self) -> "EventQuerySet":
        return self.order_by("-on", "-pk")

    def in_order(self) -> "EventQuerySet":
        """As they happened: by day, and within a day as they were entered."""
        return self.order_by("on", "pk")


class Event(Chained):
    """One fact that happened to a request: what, on which city day, who entered it and when.

    `data` holds the fact's particulars, such as {"amount": "180.00"} or {"exemptions": [...]}.
    `delivery` is the sending that carries the act: until it is sent, the act has reached nobody.
    A correction `strikes` an earlier entry of the same ledger. One that tells the same on another
    day is `in_place_of` the first that told it, whose communication and files are its own.
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
    strikes: models.ForeignKey["Event | None"] = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    in_place_of: models.ForeignKey["Event | None"] = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replacements"
    )

    objects: ClassVar[models.Manager["Event"]] = models.Manager.from_queryset(EventQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["records_request", "on", "id"]),
            # Figures sum up what was paid, a few entries of a ledger's many.
            models.Index(
                fields=["records_request"],
                condition=models.Q(kind=EventKind.FEES_PAID.value),
                name="fees_paid_of_requests",
            ),
            # The list of requests is filtered by what exemptions they were refused.
            models.Index(
                fields=["records_request"],
                condition=models.Q(kind__in=sorted(kinds_marked(Mark.WITHHOLDS))),
                name="withholdings_of_requests",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=CORRECTIONS, strikes__isnull=False)
                | (~models.Q(kind__in=CORRECTIONS) & models.Q(strikes__isnull=True)),
                name="a_correction_strikes_an_entry",
            ),
            models.UniqueConstraint(
                fields=["strikes"],
                condition=models.Q(kind=EventKind.ENTRY_RESTORED.value),
                name="a_strike_is_taken_back_once",
            ),
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

    @property
    def first_entry(self) -> "Event":
        """Whose communication and files are its own: itself, unless it corrects another's day."""
        return self.in_place_of or self

    @property
    def told_by(self) -> "Communication | None":
        """What the city said by which it is known, with its files."""
        return getattr(self.first_entry, "communication", None)

    def route_name(self, city: City) -> str:
        """The way of appeal that it speaks of, if any; its slug where the pack dropped it."""
        slug = self.appeal.route if self.appeal else str(self.data.get("route", ""))
        try:
            return city.route(slug).name if slug else ""
        except LookupError:
            return slug
