"""What the board says of each open request, from a day until another: a cache of the ledger's."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from requests_app.models.newsroom.people import Newsroom, User
from requests_app.models.requests.city_days import on_city_days
from requests_app.models.requests.deadline import Deadline
from requests_app.vocabulary.headlines import NextStep, Section, Turn

if TYPE_CHECKING:
    from requests_app.models.requests.records_request import RecordsRequest


class HeadlineQuerySet(models.QuerySet["Headline"]):
    def standing(self, *, at: datetime) -> "HeadlineQuerySet":
        """One row for each open request: that of the day it is in its city."""
        return self.filter(
            on_city_days(lambda today: models.Q(from_on__lte=today, until_on__gte=today), at=at)
        )

    def with_clocks(self) -> "HeadlineQuerySet":
        """With the clocks that they name, but for what only a request's own page shows of those."""
        rows = self.select_related("clock", "window")
        return rows.defer(
            "clock__explanation", "clock__rule", "window__explanation", "window__rule"
        )


class Headline(models.Model):
    """A `headlines.Span` as `requests_app.ledger` stores it, where the fields are explained.

    Newsroom, owner and city stand here too: the board asks for them together.
    """

    records_request: models.ForeignKey["RecordsRequest"] = models.ForeignKey(
        "RecordsRequest", on_delete=models.CASCADE, related_name="headlines"
    )
    newsroom = models.ForeignKey(Newsroom, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    city_slug = models.CharField(max_length=80)
    from_on = models.DateField()
    until_on = models.DateField()
    section = models.CharField(max_length=12, choices=Section.choices)
    turn = models.CharField(max_length=12, choices=Turn.choices)
    step = models.CharField(max_length=24, choices=NextStep.choices)
    subject = models.BigIntegerField("the key of what the step is about", null=True)
    clock = models.ForeignKey(Deadline, on_delete=models.CASCADE, null=True, related_name="+")
    window = models.ForeignKey(Deadline, on_delete=models.CASCADE, null=True, related_name="+")
    # By it rows stand in a section: the shown clock's day, or the last there is where it has none.
    ranked_on = models.DateField()
    is_late = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Headline"]] = models.Manager.from_queryset(HeadlineQuerySet)()

    class Meta:
        ordering = ["records_request", "from_on"]
        indexes = [
            models.Index(
                fields=["newsroom", "section", "ranked_on", "records_request"],
                name="headlines_of_the_board",
            ),
            models.Index(
                fields=["owner", "section", "ranked_on", "records_request"],
                name="headlines_of_an_owner",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["records_request", "from_on"], name="one_headline_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(from_on__lte=models.F("until_on")), name="a_headline_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}, from {self.from_on} until {self.until_on}"
