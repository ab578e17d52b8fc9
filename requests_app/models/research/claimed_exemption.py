"""An exemption that the city claimed, and what became of it in one challenge."""

from django.db import models

from requests_app.models.research.log_entry import LogEntry
from requests_app.vocabulary.research.exemption_outcomes import Became


class ClaimedExemption(models.Model):
    """`exemption` is a slug of the pack, with its citation; empty where none of ours is meant."""

    entry = models.ForeignKey(LogEntry, on_delete=models.CASCADE, related_name="exemptions")
    as_claimed = models.CharField("in the city's words", max_length=300)
    exemption = models.CharField(max_length=80, blank=True)
    citation = models.CharField(max_length=200, blank=True)
    became = models.CharField(max_length=10, choices=Became.choices, blank=True)
    passage = models.TextField("what was said of it", blank=True)
    page = models.CharField("where that stands", max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["exemption", "became"], name="exemptions_by_outcome")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(became__in=["", *Became.values]), name="what_became_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.citation or self.as_claimed
