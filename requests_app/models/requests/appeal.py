"""One step of a challenge: to the city, a commission, the district attorney, a court."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django_fsm import FSMField

from cities.schema.city import Route
from requests_app.models.guards.state_guard import GuardedQuerySet, GuardedState
from requests_app.models.newsroom.people import User
from requests_app.models.requests.records_request import RecordsRequest
from requests_app.models.requests.transition_decorator import Leaves, transition
from requests_app.vocabulary.event_kinds import EventKind
from requests_app.vocabulary.states import UNDECIDED, AppealOutcome, AppealState


class AppealQuerySet(GuardedQuerySet["Appeal"]):
    def visible_to(self, user: User) -> "AppealQuerySet":
        return self.filter(records_request__in=RecordsRequest.objects.visible_to(user))

    def undecided(self) -> "AppealQuerySet":
        return self.filter(state__in=UNDECIDED)


class Appeal(GuardedState, models.Model):
    """One row a step; a request may have several. `route` is a slug of its city's pack."""

    records_request = models.ForeignKey(
        RecordsRequest, on_delete=models.PROTECT, related_name="appeals"
    )
    route = models.CharField(max_length=40)
    answers = models.CharField(max_length=20)  # what is challenged: "denied", "silence", …
    subject = models.CharField(max_length=200)
    letter_text = models.TextField(blank=True)
    # From which facts the draft was written: the wording's own text then, before anybody edited it,
    # and the key of the ledger's last entry.
    composed_text = models.TextField(blank=True)
    composed_through = models.PositiveBigIntegerField(default=0)
    letter_template = models.CharField(max_length=200, blank=True)
    state = FSMField(default=AppealState.DRAFT, choices=AppealState.choices, protected=True)
    outcome = models.CharField(max_length=20, choices=AppealOutcome.choices, blank=True)
    body_reference = models.CharField("the body's docket number", max_length=120, blank=True)
    filed_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager["Appeal"]] = models.Manager.from_queryset(AppealQuerySet)()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["-id"],
                condition=models.Q(state__in=UNDECIDED),
                name="appeals_undecided",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=AppealState.values), name="appeal_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state="decided", decided_on__isnull=False, outcome__in=AppealOutcome.values
                )
                | (~models.Q(state="decided") & models.Q(decided_on__isnull=True, outcome="")),
                name="a_decision_has_a_day_and_an_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "withdrawn"])
                | models.Q(filed_on__isnull=False),
                name="a_filed_appeal_says_when",
            ),
            models.UniqueConstraint(
                fields=["records_request", "route"],
                condition=models.Q(state__in=["draft", "filed"]),
                name="one_open_appeal_a_route",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack_route.name}: {self.subject}"

    @property
    def pack_route(self) -> Route:
        return self.records_request.city.route(self.route)

    @transition(AppealState.DRAFT, AppealState.FILED, Leaves(EventKind.APPEAL_FILED, "filed"))
    def file(self, *, on: date) -> None:
        self.filed_on = on

    @transition(
        AppealState.FILED,
        AppealState.DECIDED,
        Leaves(
            EventKind.APPEAL_DECIDED,
            "decided",
            reads=lambda appeal, data: {"outcome": data["outcome"]},
        ),
    )
    def decide(self, *, on: date, outcome: str) -> None:
        self.decided_on, self.outcome = on, outcome

    @transition(UNDECIDED, AppealState.WITHDRAWN, Leaves(EventKind.APPEAL_WITHDRAWN, "withdrawn"))
    def withdraw(self, *, on: date) -> None: ...
