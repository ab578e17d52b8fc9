"""Mail to the newsroom's own people: what they asked for, what they were told, and when."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import Newsroom, User

if TYPE_CHECKING:
    from requests_app.models.mail.communication import Communication
    from requests_app.models.requests.records_request import RecordsRequest

HALF_PAST_SEVEN = time(7, 30)


def a_week() -> list[int]:
    return [7]


def two_weeks_and_nearer() -> list[int]:
    return [14, 7, 3, 1]


class ReminderPolicy(models.Model):
    """When a newsroom is reminded of its clocks. A newsroom without a row has these defaults."""

    newsroom = models.OneToOneField(
        Newsroom, on_delete=models.CASCADE, related_name="reminder_policy"
    )
    city_before = models.JSONField(default=a_week)  # days before the city's day, any order
    city_daily_for = models.PositiveSmallIntegerField(default=20)  # business days; then weekly
    ours_before = models.JSONField(default=two_weeks_and_nearer)
    editors_after_late = models.PositiveSmallIntegerField(default=5)  # business days
    editors_before_ours = models.PositiveSmallIntegerField(default=3)  # days
    steward_after = models.PositiveSmallIntegerField(default=14)  # days; of requests for data
    time_zone = models.CharField(max_length=60, blank=True)  # "" is the desk's own
    morning_at = models.TimeField(default=HALF_PAST_SEVEN)

    class Meta:
        verbose_name_plural = "reminder policies"

    def __str__(self) -> str:
        return f"reminders of {self.newsroom}"


class ReminderKind(models.TextChoices):
    """What a mail is about; each but the last call can be switched off by who gets it."""

    MESSAGE = "message", "What a city writes"
    CITY = "city", "The city’s clocks"
    OURS = "ours", "Our own clocks"
    LAST_CALL = "last_call", "Last calls"
    ESCALATION = "escalation", "What is left undone"
    PERSONAL = "personal", "What I asked to be reminded of"
    DIGEST = "digest", "The morning digest"


class ReminderChoices(models.Model):
    """What one person wants to be mailed, and how far the desk has come with telling them."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="reminder_choices")
    message = models.BooleanField(default=True)
    city = models.BooleanField(default=True)
    ours = models.BooleanField(default=True)
    escalation = models.BooleanField(default=True)
    personal = models.BooleanField(default=True)
    digest = models.BooleanField(default=True)
    followed = models.BooleanField(default=True)  # datasets, in the digest
    time_zone = models.CharField(max_length=60, blank=True)  # "" is the newsroom's
    morning_at = models.TimeField(null=True, blank=True)
    # The person's own days. What fell due on or before the first is not told any more.
    begun_on = models.DateField(null=True)
    last_round_on = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "reminder choices"

    def __str__(self) -> str:
        return f"what reaches {self.user}"


class NoticeState(models.TextChoices):
    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    SILENT = "silent", "Nothing left to say"
    FAILED = "failed", "Could not be sent"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def due(self, *, at: datetime) -> "NoticeQuerySet":
        return self.filter(state=NoticeState.QUEUED, not_before__lte=at)

    def stuck(self, *, claimed_before: datetime) -> "NoticeQuerySet":
        return self.filter(state=NoticeState.SENDING, claimed_at__lt=claimed_before)

    def failed(self) -> "NoticeQuerySet":
        return self.filter(state=NoticeState.FAILED)


class Notice(models.Model):
    """One mail to one person. The row is the promise; `reminders.outbox` alone moves its state."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=12, choices=ReminderKind.choices)
    records_request: models.ForeignKey["RecordsRequest | None"] = models.ForeignKey(
        "RecordsRequest", on_delete=models.PROTECT, null=True, related_name="notices"
    )
    communication: models.ForeignKey["Communication | None"] = models.ForeignKey(
        "Communication", on_delete=models.PROTECT, null=True, related_name="notices"
    )
    on = models.DateField("the reader's day")  # of a city's message, the day it came
    message_id = models.CharField(max_length=200, unique=True)  # made from the first key it tells
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    doubts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)  # from here on the server may have it
    sent_at = models.DateTimeField(null=True)
    last_answer = models.TextField("what went wrong last", blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Notice"]] = models.Manager.from_queryset(NoticeQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=NoticeState.values), name="notice_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=ReminderKind.values), name="notice_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="digest") | models.Q(records_request__isnull=False),
                name="a_reminder_names_its_request",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="message", communication__isnull=False)
                | (~models.Q(kind="message") & models.Q(communication__isnull=True)),
                name="a_notice_of_a_message_names_it",
            ),
            models.UniqueConstraint(
                fields=["user", "on"],
                condition=models.Q(kind="digest"),
                name="one_digest_a_day",
            ),
            models.UniqueConstraint(
                fields=["user", "communication"], name="a_message_is_mailed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.user}, {self.on}"


class Reminder(models.Model):
    """One step of one deadline, told to one person: its key, which is there once.

    A deadline's row is a cache that the ledger rewrites, so nothing points at it: the key names
    the clock and the day. A date that moves has keys of its own.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    records_request: models.ForeignKey["RecordsRequest"] = models.ForeignKey(
        "RecordsRequest", on_delete=models.PROTECT, related_name="reminders"
    )
    clock = models.CharField(max_length=40)  # "personal": one that somebody set for themselves
    route = models.CharField(max_length=40, blank=True)
    occurrence = models.PositiveBigIntegerField(default=0)  # of a personal one, its number
    due_on = models.DateField()
    step = models.CharField(max_length=20)  # "before-7", "day", "late-3", "past"
    step_on = models.DateField()
    # Days whose own steps this one stands for, because the desk did not run on them.
    missed = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "records_request", "user", "clock", "route", "occurrence", "due_on", "step",
                ],
                name="a_step_is_told_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.clock} {self.step} of {self.due_on}"


class PersonalReminderQuerySet(models.QuerySet["PersonalReminder"]):
    def waiting(self) -> "PersonalReminderQuerySet":
        return self.filter(done_at__isnull=True)

    def due(self, *, on: date) -> "PersonalReminderQuerySet":
        return self.waiting().filter(due_on__lte=on)


class PersonalReminder(models.Model):
    """ "Ask again in three weeks": somebody's own, of a request they see."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="personal_reminders")
    records_request: models.ForeignKey["RecordsRequest"] = models.ForeignKey(
        "RecordsRequest", on_delete=models.PROTECT, related_name="personal_reminders"
    )
    due_on = models.DateField()
    note = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["PersonalReminder"]] = models.Manager.from_queryset(
        PersonalReminderQuerySet
    )()

    class Meta:
        indexes = [models.Index(fields=["user", "due_on"])]
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.note}, {self.due_on}"


class ReminderProblem(models.Model):
    """A request whose clocks could not be read for reminders; gone once they can be."""

    records_request: models.OneToOneField["RecordsRequest"] = models.OneToOneField(
        "RecordsRequest", on_delete=models.CASCADE, related_name="reminder_problem"
    )
    problem = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.records_request}: {self.problem}"
