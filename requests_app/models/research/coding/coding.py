"""What coders made of an entry of the log: drafts, finished codings, and how they were settled.

Codes are kept by a variable's key, as `research.coding.codes` reads them. Nobody reads another's
codes of an entry before their own are finished: `CodingQuerySet.seen_by`.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import User
from requests_app.models.research.coding.assignment import CodingAssignment
from requests_app.models.research.coding.codebook import CodebookVersion
from requests_app.models.research.log_entry import LogEntry
from requests_app.models.research.project import Project


class CodingDraft(models.Model):
    """One coder's codes of one entry before they are finished: nobody else reads them."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, related_name="+")
    coder = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="+")
    codes = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    tab = models.CharField("the window that saved it last", max_length=40, blank=True)
    is_blind = models.BooleanField()
    begun_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["CodingDraft"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "entry", "coder"], name="one_coding_draft_a_coder"
            )
        ]

    def __str__(self) -> str:
        return f"{self.coder} on {self.entry_id}, not finished"


class CodingQuerySet(models.QuerySet["Coding"]):
    def latest_of_each(self) -> "CodingQuerySet":
        """Of each coder and entry the coding that no later one of theirs supersedes."""
        return self.filter(superseded_by=None)

    def seen_by(self, user: User) -> "CodingQuerySet":
        """One's own; of another's those of entries that one finished, or that are done.

        Who codes in a project reads of it only what they finished themselves. Who does not code in
        it reads an entry's codes once everybody who is to code it has.
        """
        seen = self.filter(entry__in=LogEntry.objects.visible_to(user))
        mine = CodingAssignment.objects.filter(coder=user, project=models.OuterRef("project"))
        of_entry = mine.filter(entry=models.OuterRef("entry"))
        finished = Coding.objects.filter(
            project=models.OuterRef("project"), entry=models.OuterRef("entry"), coder=user
        )
        waits = CodingAssignment.objects.pending().filter(
            project=models.OuterRef("project"), entry=models.OuterRef("entry")
        )
        return seen.filter(
            models.Q(coder=user)
            | models.Q(models.Exists(finished))
            & ~models.Q(models.Exists(of_entry.standing().filter(finished_at=None)))
            | ~models.Q(models.Exists(mine.standing())) & ~models.Q(models.Exists(waits))
        )

    def done(self) -> "CodingQuerySet":
        """Of entries that everybody who is to code them has finished."""
        waits = CodingAssignment.objects.pending().filter(
            project=models.OuterRef("project"), entry=models.OuterRef("entry")
        )
        return self.exclude(models.Exists(waits))


class Coding(models.Model):
    """One coder's finished codes of one entry by one version of the codebook: written once."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="codings")
    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, related_name="codings")
    coder = models.ForeignKey(User, on_delete=models.PROTECT, related_name="codings")
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="codings")
    codes = models.JSONField()
    is_blind = models.BooleanField("its coder had read no other's codes of the entry")
    supersedes: models.OneToOneField["Coding | None"] = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Coding"]] = models.Manager.from_queryset(CodingQuerySet)()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["project", "entry", "coder"], name="codings_of_an_entry")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "entry", "coder"],
                condition=models.Q(supersedes=None),
                name="one_first_coding_a_coder",
            )
        ]

    def __str__(self) -> str:
        return f"{self.coder} on {self.entry_id}"


class Resolution(models.Model):
    """How a disagreement over one variable of an entry was settled, beside the raw codings.

    `variable` and `meaning` name it as the codebook does. `number` counts the times; the last
    stands.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="resolutions")
    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, related_name="resolutions")
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="+")
    variable = models.CharField(max_length=60)
    meaning = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    code = models.JSONField()
    reason = models.TextField()
    resolved_at = models.DateTimeField(default=timezone.now)
    resolved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Resolution"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "entry", "variable", "meaning", "number"],
                name="a_disagreement_is_resolved_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="a_resolution_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variable} of {self.entry_id}"
