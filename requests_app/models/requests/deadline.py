"""The deadlines that follow from a ledger: a cache, rewritten by `requests_app.ledger` alone."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from cities.clocks.computed_deadline import status_on
from cities.clocks.derive import Deadline as Derived
from cities.clocks.explain import explain, from_json
from requests_app.vocabulary.clocks import (
    CLOCKS,
    ClockDescription,
    describe_clock,
    is_time_for_a_route,
)
from requests_app.vocabulary.states import OPEN, PENDING

if TYPE_CHECKING:
    from requests_app.models.requests.records_request import RecordsRequest


OF_A_CHALLENGE = [clock.slug for clock in CLOCKS if clock.is_of_a_challenge]


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Late is derived: a running clock whose certain day has passed."""

    def running(self) -> "DeadlineQuerySet":
        return self.filter(status__in=["running", "projected"], due_on__isnull=False)

    def that_matter(self) -> "DeadlineQuerySet":
        """Running clocks of open requests of which anybody need hear: once the city has answered,
        those of a challenge. `headlines.still_matters` says the same of one.
        """
        of_a_challenge = models.Q(clock__in=OF_A_CHALLENGE)
        own = models.Q(is_reminder=True)
        pending = models.Q(records_request__state__in=PENDING)
        return self.running().filter(
            of_a_challenge | own | pending, records_request__state__in=OPEN
        )

    def late(self, *, on: date) -> "DeadlineQuerySet":
        return self.filter(status="running", due_on__lt=on)


class Deadline(models.Model):
    """One clock of one request, as `cities.clocks` derived it, where the fields are explained."""

    records_request: models.ForeignKey["RecordsRequest"] = models.ForeignKey(
        "RecordsRequest", on_delete=models.CASCADE, related_name="deadlines"
    )
    clock = models.CharField(max_length=40)
    route = models.CharField(max_length=40, blank=True)
    occurrence = models.PositiveIntegerField(default=0)  # the same clock may run twice: two appeals
    whose = models.CharField(max_length=10)
    status = models.CharField(max_length=12)
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    earliest_on = models.DateField(null=True)
    latest_on = models.DateField(null=True)
    nominal_on = models.DateField(null=True)
    met_on = models.DateField(null=True)
    is_reminder = models.BooleanField(default=False)  # the newsroom's own, with no law behind it
    # Of a day that a person entered: see `requests_app.entered_days`.
    name = models.CharField("what they call it", max_length=80, blank=True)
    hour = models.TimeField("on the city's clock", null=True)
    place = models.CharField(max_length=300, blank=True)
    rule = models.TextField()  # as long as the pack has it
    citation = models.TextField()
    explanation = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["Deadline"]] = models.Manager.from_queryset(DeadlineQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["status", "due_on"])]
        ordering = ["due_on", "clock"]
        constraints = [
            models.UniqueConstraint(
                fields=["records_request", "clock", "route", "occurrence"],
                name="one_row_for_a_clock",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clock} due {self.due_on}"

    def status_on(self, day: date) -> str:
        """Its status that day: what a silence starts is projected only until the silence is."""
        return status_on(self.status, self.starts_on, day)

    @property
    def is_window(self) -> bool:
        """Whether it is our time for a route."""
        return is_time_for_a_route(self.clock, self.whose, self.route)

    @property
    def described(self) -> ClockDescription:
        """Its words, with the name that a person gave it."""
        return describe_clock(self.clock, self.name)

    @property
    def derived(self) -> Derived:
        """The deadline as the engine gave it, its days and readings included."""
        names = ("clock", "whose", "status", "starts_on", "due_on", "earliest_on", "latest_on",
                 "nominal_on", "met_on", "route")  # fmt: skip
        return from_json(self.explanation, **{name: getattr(self, name) for name in names})

    @property
    def text(self) -> str:
        """The explanation in plain text, for an e-mail to the clerk."""
        return self.rule if self.described.is_entered else explain(self.derived)
