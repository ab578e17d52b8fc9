"""What a newsroom shows of one city to everybody: nothing, until an admin says so."""

from typing import ClassVar

from django.db import models

from requests_app.models.newsroom.people import Newsroom, User


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    def public(self) -> "ScorecardQuerySet":
        """Of newsrooms that publish scorecards at all."""
        return self.filter(newsroom__publishes_scorecards=True)


class Scorecard(models.Model):
    """A city that is published. `figures` are slugs of `research.figures`; of requests that were
    filed before `filed_from` nothing is said."""

    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="scorecards")
    city_slug = models.CharField(max_length=80)
    figures = models.JSONField(default=list)
    filed_from = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Scorecard"]] = models.Manager.from_queryset(
        ScorecardQuerySet
    )()

    class Meta:
        ordering = ["city_slug"]
        constraints = [
            models.UniqueConstraint(fields=["newsroom", "city_slug"], name="one_scorecard_a_city")
        ]

    def __str__(self) -> str:
        return f"{self.city_slug} by {self.newsroom}"
