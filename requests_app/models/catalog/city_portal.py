"""Where a city publishes its datasets, and how the desk's copy of that catalog stands."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from requests_app.models.newsroom.people import Newsroom, User


class PortalPlatform(models.TextChoices):
    SOCRATA = "socrata", "Socrata"
    ARCGIS_HUB = "arcgis_hub", "ArcGIS Hub"
    CKAN = "ckan", "CKAN"
    DCAT_US = "dcat_us", "A DCAT-US file (data.json)"
    BY_HAND = "by_hand", "A list loaded by hand"
    NONE = "none", "None found"


class PortalStatus(models.TextChoices):
    """How its last complete or failed reading ended; only OK lets a page say "nothing found"."""

    UNVERIFIED = "unverified", "Never read"
    OK = "ok", "Read"
    EMPTY = "empty", "Publishes nothing"
    MISCONFIGURED = "misconfigured", "Shows another place’s catalog"
    BLOCKED = "blocked", "Refuses programs"
    UNREACHABLE = "unreachable", "Did not answer"
    BROKEN = "broken", "Answers what cannot be read"
    NONE = "none", "No catalog found"


class CityPortalQuerySet(models.QuerySet["CityPortal"]):
    def for_newsroom(self, newsroom: Newsroom) -> "CityPortalQuerySet":
        """One a city: the newsroom's own where it set one, else the pack's, shared by all."""
        own = CityPortal.objects.in_use().filter(
            newsroom=newsroom, city_slug=models.OuterRef("city_slug")
        )
        mine = Q(newsroom=newsroom, given_up_at__isnull=True)
        return self.filter(mine | Q(newsroom__isnull=True) & ~models.Exists(own))

    def in_use(self) -> "CityPortalQuerySet":
        """Without those that a newsroom set and gave up again."""
        return self.filter(given_up_at__isnull=True)


class CityPortal(models.Model):
    """The pack's portal of a city (no newsroom), or the one that a newsroom set itself."""

    city_slug = models.CharField(max_length=80)
    newsroom = models.ForeignKey(
        Newsroom, on_delete=models.PROTECT, null=True, blank=True, related_name="portals"
    )
    platform = models.CharField(max_length=20, choices=PortalPlatform.choices)
    base_url = models.URLField(max_length=300, blank=True)
    organization = models.CharField(max_length=200, blank=True)  # orgId, or CKAN's organization
    set_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(
        max_length=20, choices=PortalStatus.choices, default=PortalStatus.UNVERIFIED
    )
    status_reason = models.TextField(blank=True)  # a sentence for a person
    last_tried_at = models.DateTimeField(null=True, blank=True)
    last_complete_at = models.DateTimeField(null=True, blank=True)
    failures_in_a_row = models.PositiveIntegerField(default=0)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)  # while a worker reads it
    given_up_at = models.DateTimeField(null=True, blank=True)  # the newsroom's own, for the pack's

    objects: ClassVar[models.Manager["CityPortal"]] = models.Manager.from_queryset(
        CityPortalQuerySet
    )()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city_slug", "newsroom"], name="one_portal_of_a_newsroom_for_a_city"
            ),
            models.UniqueConstraint(
                fields=["city_slug"],
                condition=Q(newsroom__isnull=True),
                name="one_shared_portal_for_a_city",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_platform_display()} of {self.city_slug}"
