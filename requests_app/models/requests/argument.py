"""What a drafted challenge argues and asks for, and what of its checklist a person ticked."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import User
from requests_app.models.requests.appeal import Appeal

if TYPE_CHECKING:
    from requests_app.models.research.offered_decision import OfferedDecision


class ArgumentParagraph(models.Model):
    """One paragraph of an argument, chosen or offered, and what a person made of it.

    `claim` is the ground for withholding as the city wrote it, `about` the exemption that answers
    to it, both empty for what is true of every claim. `argument` is a slug of the pack; empty, the
    paragraph is the writer's own.
    """

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="argument_paragraphs")
    position = models.PositiveIntegerField()
    claim = models.CharField("the ground as the city wrote it", max_length=300, blank=True)
    about = models.CharField("the exemption", max_length=80, blank=True)
    argument = models.CharField(max_length=80, blank=True)
    # A decision of the newsroom's own; `text` is then the paragraph that an editor offered of it.
    decision: models.ForeignKey["OfferedDecision | None"] = models.ForeignKey(
        "OfferedDecision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField("as edited; empty: as the pack has it", blank=True)
    filled = models.JSONField("each gap with what stands in it", default=dict, blank=True)
    is_chosen = models.BooleanField(default=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["ArgumentParagraph"]] = models.Manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "claim", "about", "argument"],
                condition=~models.Q(argument=""),
                name="an_argument_once_against_a_claim",
            ),
            models.UniqueConstraint(
                fields=["appeal", "claim", "decision"],
                condition=models.Q(decision__isnull=False),
                name="a_decision_once_against_a_claim",
            ),
            models.CheckConstraint(
                condition=~models.Q(argument="", text=""),
                name="a_paragraph_of_ones_own_has_words",
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.argument

    @property
    def is_own(self) -> bool:
        return not self.argument

    @property
    def is_worked_on(self) -> bool:
        """Whether a person put anything into it that would be lost with it."""
        return self.changed_by_id is not None


class ChosenRelief(models.Model):
    """One thing that a challenge asks for: a relief of the pack, or the writer's own words.

    `grievance` is what the challenge was over when it was chosen.
    """

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="chosen_reliefs")
    position = models.PositiveIntegerField()
    slug = models.CharField(max_length=80, blank=True)
    text = models.TextField("the writer's own", blank=True)
    grievance = models.CharField(max_length=20)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["ChosenRelief"]] = models.Manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(slug="") ^ models.Q(text=""),
                name="a_relief_is_the_packs_or_ones_own",
            ),
            models.UniqueConstraint(
                fields=["appeal", "slug"],
                condition=~models.Q(slug=""),
                name="a_relief_once_in_an_appeal",
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.slug


class CheckedRequirement(models.Model):
    """A line of a route's checklist that a person says is met. `slug` is the pack's."""

    appeal = models.ForeignKey(
        Appeal, on_delete=models.CASCADE, related_name="checked_requirements"
    )
    slug = models.CharField(max_length=80)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["CheckedRequirement"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "slug"], name="a_requirement_is_checked_once"
            ),
        ]

    def __str__(self) -> str:
        return self.slug
