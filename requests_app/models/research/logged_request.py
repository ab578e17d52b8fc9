"""A request that was filed elsewhere, as somebody logged it: no clock of ours runs on it."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from cities.schema.load import load_city
from requests_app.models.newsroom.people import Membership, Newsroom, User
from requests_app.vocabulary.research.imprecise_days import ImpreciseDay, Precision
from requests_app.vocabulary.research.log_statuses import LogStatus


class LoggedRequestQuerySet(models.QuerySet["LoggedRequest"]):
    def visible_to(self, user: User) -> "LoggedRequestQuerySet":
        """What is logged is the newsroom's."""
        membership: Membership | None = getattr(user, "membership", None)
        if membership is None or not user.is_active:
            return self.none()
        return self.filter(newsroom_id=membership.newsroom_id)

    def challenged(self) -> "LoggedRequestQuerySet":
        return self.filter(has_a_challenge())

    def unchallenged(self) -> "LoggedRequestQuerySet":
        return self.filter(~has_a_challenge())


def has_a_challenge() -> models.Exists:
    """Of the logged request that the query is about: whether the log has a challenge of it."""
    challenged = LoggedRequest.objects.filter(pk=models.OuterRef("pk"), entries__isnull=False)
    return models.Exists(challenged)


class LoggedRequest(models.Model):
    """The thirteen columns of the Standard FOIA Log Format, and where the request was made.

    Either one of our cities, by its slug, or a place in words. Words `as_stated` are the source's.
    """

    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="logged_requests")
    city_slug = models.CharField(max_length=80, blank=True)
    place = models.CharField("where it was made", max_length=160, blank=True)
    agency = models.CharField("the office or agency asked", max_length=200, blank=True)
    subject = models.CharField(max_length=500)
    reference = models.CharField("their number of it", max_length=120, blank=True)
    requester = models.CharField(max_length=200, blank=True)
    organization = models.CharField("the requester's organization", max_length=200, blank=True)
    requested_on = models.DateField(null=True)
    requested_precision = models.CharField(
        max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    perfected_on = models.DateField("the day on which it was complete", null=True)
    completed_on = models.DateField("the day on which the agency was done", null=True)
    status = models.CharField(max_length=10, choices=LogStatus.choices, blank=True)
    status_as_stated = models.CharField(max_length=200, blank=True)
    exemptions_as_stated = models.TextField(blank=True)
    fee_category = models.CharField(max_length=120, blank=True)
    fee_waiver = models.CharField(max_length=120, blank=True)
    fees_charged = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    is_under_privacy_act = models.BooleanField(null=True)
    source_url = models.URLField(max_length=500, blank=True)
    source = models.CharField("which log or file it is from", max_length=120, blank=True)
    source_key = models.CharField("its row there", max_length=200, blank=True)
    project = models.ForeignKey(
        "Project", on_delete=models.PROTECT, null=True, blank=True, related_name="logged_requests"
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager["LoggedRequest"]] = models.Manager.from_queryset(
        LoggedRequestQuerySet
    )()

    class Meta:
        indexes = [
            models.Index(fields=["newsroom", "-id"], name="logged_requests_newest"),
            models.Index(fields=["newsroom", "city_slug"], name="logged_requests_of_a_city"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(city_slug="", place=""), name="a_logged_request_has_a_place"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["", *LogStatus.values]),
                name="a_logged_status_is_known",
            ),
            models.UniqueConstraint(
                fields=["newsroom", "source", "source_key"],
                condition=~models.Q(source_key=""),
                name="one_logged_request_a_row_of_a_source",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def requested(self) -> ImpreciseDay | None:
        if self.requested_on is None:
            return None
        return ImpreciseDay(self.requested_on, Precision(self.requested_precision))

    @property
    def place_in_words(self) -> str:
        return load_city(self.city_slug).name if self.city_slug else self.place
