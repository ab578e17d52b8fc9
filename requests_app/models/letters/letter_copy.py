"""One copy of an issued letter, for an office or a person that it is not addressed to."""

from typing import ClassVar, Self

from django.db import models

from requests_app.models.letters.letter import Letter
from requests_app.models.newsroom.people import User
from requests_app.vocabulary.copy_ways import CopyWay
from requests_app.vocabulary.states import KEEPS_COPIES


class LetterCopyQuerySet(models.QuerySet["LetterCopy"]):
    def to_be_given(self) -> Self:
        """What a person still has to give: of letters that go, or went, and as they went last."""
        left_with = models.Q(letter__deliveries__part=1)
        at_home = models.Q(letter__deliveries__state__in=KEEPS_COPIES)
        waiting = self.filter(left_with, given_on=None).exclude(way=CopyWay.WITH_THE_MAIL)
        return waiting.exclude(at_home).distinct()

    def to_be_posted(self) -> Self:
        return self.to_be_given().filter(way=CopyWay.PRINTED)


class LetterCopy(models.Model):
    """Written down with its letter and never changed, but for the day on which a person gave it."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=320)
    way = models.CharField(max_length=20, choices=CopyWay.choices)
    to = models.TextField("the address, of the way's kind; empty where none is known", blank=True)
    rule = models.CharField("the pack's rule; empty: a person's own", max_length=80, blank=True)
    why = models.TextField(blank=True)
    is_required = models.BooleanField("the law looks to this office", default=False)
    given_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["LetterCopy"]] = models.Manager.from_queryset(
        LetterCopyQuerySet
    )()

    class Meta:
        ordering = ["letter", "number"]
        verbose_name_plural = "letter copies"
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="one_copy_a_number"),
            models.CheckConstraint(
                condition=models.Q(way__in=CopyWay.values), name="a_copys_way_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(given_on=None, given_by=None)
                | models.Q(given_on__isnull=False, given_by__isnull=False),
                name="a_given_copy_says_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}, {self.get_way_display()}"
