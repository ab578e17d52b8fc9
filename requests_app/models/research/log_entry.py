"""The appeal log: a row for every challenge, tracked by the desk or filed elsewhere and logged.

The row of a tracked appeal follows from its request's ledger, which alone writes it
(`ledger.log_rows`); only its project and notes are a person's. A logged one is as a person entered
it: no clock runs on it.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone

from cities.schema.load import load_city
from requests_app.models.newsroom.people import Membership, Newsroom, User
from requests_app.models.requests.appeal import Appeal
from requests_app.models.requests.records_request import RecordsRequest, is_a_reporters
from requests_app.models.research.logged_request import LoggedRequest
from requests_app.models.research.project import Project
from requests_app.vocabulary.research.grounds import Challenged
from requests_app.vocabulary.research.imprecise_days import ImpreciseDay, Precision, days_between
from requests_app.vocabulary.states import AppealOutcome, AppealState

NO_DAY = date.max  # stands for a day that there is not, so that a list can be in its order


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    def visible_to(self, user: User) -> "LogEntryQuerySet":
        """What is logged is the newsroom's; what is tracked is seen by whoever sees its request."""
        membership: Membership | None = getattr(user, "membership", None)
        if membership is None or not user.is_active:
            return self.none()
        of_newsroom = self.filter(newsroom_id=membership.newsroom_id)
        if membership.sees_all:
            return of_newsroom
        theirs = is_a_reporters(user, request="records_request")
        return of_newsroom.filter(models.Q(records_request=None) | theirs)

    def tracked(self) -> "LogEntryQuerySet":
        return self.exclude(appeal=None)

    def logged(self) -> "LogEntryQuerySet":
        return self.filter(appeal=None)

    def with_what_rows_show(self) -> "LogEntryQuerySet":
        return self.select_related(
            "logged_request",
            "project",
            "records_request__created_by",
            "records_request__assigned_to",
        ).defer("ground", "notes", "records_request__letter_text", "records_request__particulars")


class LogEntry(models.Model):
    """One challenge. `route` is a slug of the city's pack, and `body` who decides, in words.

    A day and its precision are an `ImpreciseDay`. `next_on`, `next_clock` and `next_whose`: of a
    tracked one, its next day that is not met, however long past.
    """

    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="log_entries")
    appeal = models.OneToOneField(
        Appeal, on_delete=models.PROTECT, null=True, blank=True, related_name="log_entry"
    )
    records_request = models.ForeignKey(
        RecordsRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="log_entries"
    )
    logged_request = models.ForeignKey(
        LoggedRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    follows: models.ForeignKey["LogEntry | None"] = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    city_slug = models.CharField(max_length=80, blank=True)
    route = models.CharField(max_length=40, blank=True)
    body = models.CharField("who decides", max_length=200, blank=True)
    answers = models.CharField("what is challenged", max_length=20, blank=True)
    ground = models.TextField("why it is challenged", blank=True)
    state = models.CharField(max_length=10, choices=AppealState.choices, default=AppealState.FILED)
    outcome = models.CharField(max_length=20, choices=AppealOutcome.choices, blank=True)
    outcome_as_stated = models.CharField("in the body's words", max_length=300, blank=True)
    docket = models.CharField("the body's docket number", max_length=120, blank=True)
    order_number = models.CharField("the order or citation", max_length=200, blank=True)
    filed_on = models.DateField(null=True)
    filed_precision = models.CharField(
        max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    due_on = models.DateField("the body's time to decide", null=True)
    decided_on = models.DateField(null=True)
    decided_precision = models.CharField(
        max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    days = models.IntegerField("from filing to decision", null=True)
    next_on = models.DateField(null=True)
    next_clock = models.CharField(max_length=40, blank=True)
    next_whose = models.CharField(max_length=10, blank=True)
    # What the list is ordered by, where there is no day.
    filed_rank = models.DateField(default=NO_DAY)
    decided_rank = models.DateField(default=NO_DAY)
    next_rank = models.DateField(default=NO_DAY)
    notes = models.TextField(blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    source = models.CharField("which log or file it is from", max_length=120, blank=True)
    source_key = models.CharField("its row there", max_length=200, blank=True)
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="log_entries"
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager["LogEntry"]] = models.Manager.from_queryset(LogEntryQuerySet)()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["newsroom", "filed_rank", "id"], name="log_by_filing"),
            models.Index(fields=["newsroom", "decided_rank", "id"], name="log_by_decision"),
            models.Index(fields=["newsroom", "next_rank", "id"], name="log_by_next_day"),
            models.Index(fields=["newsroom", "city_slug", "filed_rank"], name="log_of_a_city"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(records_request=None) ^ models.Q(logged_request=None),
                name="a_log_entry_is_of_one_request",
            ),
            models.CheckConstraint(
                condition=models.Q(appeal=None) | ~models.Q(records_request=None),
                name="a_tracked_entry_is_of_our_request",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=AppealState.values), name="a_logged_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="decided") | models.Q(decided_on=None, outcome=""),
                name="a_logged_outcome_is_of_a_decision",
            ),
            models.UniqueConstraint(
                fields=["newsroom", "source", "source_key"],
                condition=~models.Q(source_key=""),
                name="one_log_entry_a_row_of_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body or self.route}: {self.subject}"

    @property
    def is_tracked(self) -> bool:
        return self.appeal_id is not None

    @property
    def request(self) -> RecordsRequest | LoggedRequest:
        found = self.records_request or self.logged_request
        assert found is not None  # a_log_entry_is_of_one_request
        return found

    @property
    def subject(self) -> str:
        return self.request.subject

    @property
    def place(self) -> str:
        """The city in words, ours or another."""
        if self.logged_request:
            return self.logged_request.place_in_words
        return load_city(self.city_slug).name

    @property
    def filed(self) -> ImpreciseDay | None:
        return _day(self.filed_on, self.filed_precision)

    @property
    def decided(self) -> ImpreciseDay | None:
        return _day(self.decided_on, self.decided_precision)

    @property
    def challenged(self) -> str:
        """What it is a challenge of, in a word; empty where nobody says."""
        return Challenged(self.answers).label if self.answers else ""

    def rank(self) -> None:
        """Set what follows from its days: how many lie between, and where it stands in a list."""
        self.days = days_between(self.filed, self.decided)
        self.filed_rank = self.filed_on or NO_DAY
        self.decided_rank = self.decided_on or NO_DAY
        self.next_rank = self.next_on or NO_DAY


def _day(on: date | None, precision: str) -> ImpreciseDay | None:
    return ImpreciseDay(on, Precision(precision)) if on else None
