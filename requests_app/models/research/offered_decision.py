"""A decision of the newsroom's own that rejected an exemption, offered in the next argument."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.mail.communication import Attachment
from requests_app.models.newsroom.people import Newsroom, User
from requests_app.models.research.log_document import LogDocument
from requests_app.models.research.log_entry import LogEntry


class OfferedDecisionQuerySet(models.QuerySet["OfferedDecision"]):
    def standing(self) -> "OfferedDecisionQuerySet":
        """Not taken back, and of a decision that the log still has as rejecting the exemption."""
        from requests_app.models.research.claimed_exemption import ClaimedExemption

        rejected = ClaimedExemption.objects.filter(
            entry=models.OuterRef("entry"),
            exemption=models.OuterRef("exemption"),
            became="rejected",
        )
        return self.filter(taken_back_at=None).filter(models.Exists(rejected))

    def on_exemptions_of(self, newsroom_id: int, state: str) -> "OfferedDecisionQuerySet":
        """`state` as the packs name it, such as us-ct: an exemption is a state's."""
        of_newsroom = self.standing().filter(newsroom_id=newsroom_id)
        return of_newsroom.filter(entry__city_slug__startswith=f"{state}/").select_related("entry")


class OfferedDecision(models.Model):
    """`text` is the paragraph as an editor approved it. Its document may go along as an exhibit."""

    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, related_name="offered")
    exemption = models.CharField(max_length=80)
    citation = models.CharField("the decision, as it is cited", max_length=300)
    text = models.TextField()
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, related_name="+"
    )
    log_document = models.ForeignKey(
        LogDocument, on_delete=models.PROTECT, null=True, related_name="+"
    )
    offered_at = models.DateTimeField(default=timezone.now)
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager["OfferedDecision"]] = models.Manager.from_queryset(
        OfferedDecisionQuerySet
    )()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "exemption"],
                condition=models.Q(taken_back_at=None),
                name="a_decision_is_offered_once_on_an_exemption",
            ),
            models.CheckConstraint(
                condition=models.Q(attachment=None) | models.Q(log_document=None),
                name="an_offered_decision_has_one_document",
            ),
        ]

    def __str__(self) -> str:
        return self.citation

    @property
    def document(self) -> Attachment | LogDocument | None:
        return self.attachment or self.log_document
