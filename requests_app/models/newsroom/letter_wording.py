"""A newsroom's own wording of a kind of letter, as it stood each time somebody changed it."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from requests_app.models.newsroom.people import Newsroom, User

EVERY_CITY = ""


class WordingAct(models.TextChoices):
    WRITTEN = "written", "Written"
    USED_AGAIN = "used_again", "An earlier version used again"
    PUT_BACK = "put_back", "The pack’s wording put back"


class LetterWordingQuerySet(models.QuerySet["LetterWording"]):
    def newest(self) -> "LetterWordingQuerySet":
        """The last version for each newsroom, letter and scope."""
        later = LetterWording.objects.filter(
            newsroom=OuterRef("newsroom"),
            letter=OuterRef("letter"),
            scope=OuterRef("scope"),
            number__gt=OuterRef("number"),
        )
        return self.filter(~Exists(later))

    def in_force(self) -> "LetterWordingQuerySet":
        """Those by which letters are written now: the newest, unless the pack's was put back."""
        return self.newest().exclude(act=WordingAct.PUT_BACK)

    def for_city(self, city_slug: str) -> "LetterWordingQuerySet":
        """Those that cover the city, the narrowest first."""
        state = city_slug.partition("/")[0]
        return self.filter(scope__in=[city_slug, state, EVERY_CITY]).order_by("-scope")


class LetterWording(models.Model):
    """Written once. The number of the newest for its letter and scope is what a save compares.

    `letter` is the stem of the pack's template, `scope` a city's slug, a state's, or empty for
    every city. `pack_text` is the pack's own wording as it was then, and `pack_sha256` that of all
    the templates in whose place it stands.
    """

    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="letter_wordings")
    letter = models.CharField(max_length=60)
    scope = models.CharField(max_length=60, blank=True)
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=WordingAct.choices)
    again_of = models.PositiveIntegerField(null=True, blank=True)  # the version used again
    text = models.TextField(blank=True)
    note = models.CharField(max_length=300, blank=True)
    pack_text = models.TextField()
    pack_sha256 = models.CharField(max_length=64)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["LetterWording"]] = models.Manager.from_queryset(
        LetterWordingQuerySet
    )()

    class Meta:
        ordering = ["letter", "scope", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["newsroom", "letter", "scope", "number"],
                name="one_letter_wording_a_number",
            ),
            models.CheckConstraint(
                condition=Q(act__in=WordingAct.values), name="act_of_a_letter_wording_is_known"
            ),
            models.CheckConstraint(
                condition=Q(act=WordingAct.PUT_BACK, text="")
                | (~Q(act=WordingAct.PUT_BACK) & ~Q(text="")),
                name="letter_wording_has_words_unless_put_back",
            ),
            models.CheckConstraint(
                condition=Q(act=WordingAct.USED_AGAIN, again_of__isnull=False)
                | (~Q(act=WordingAct.USED_AGAIN) & Q(again_of__isnull=True)),
                name="letter_wording_used_again_names_its_version",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of the wording of {self.letter}"

    @property
    def is_in_force(self) -> bool:
        """Of a newest version."""
        return self.act != WordingAct.PUT_BACK

    @property
    def template_name(self) -> str:
        """By which letters name the wording that they were written by."""
        return f"newsroom/{self.scope or 'every-city'}/version-{self.number}/{self.letter}.md"
