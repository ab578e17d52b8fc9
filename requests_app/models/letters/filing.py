"""A challenge as it was filed: the letter with its exhibits behind it, made once and frozen."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.chain.chained_model import Chained, ChainedQuerySet
from requests_app.models.letters.letter import Letter, LetterIsFrozenError
from requests_app.models.mail.communication import Attachment


class Filing(Chained):
    """The one document, and what it holds.

    `manifest` has a line for each exhibit: `{"number", "title", "first_page", "page_count",
    "pages_sha256", "sources", "beside", "separate"}`, each file in it with its name and hash.
    """

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="filing")
    document = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    page_count = models.PositiveIntegerField()
    # Where a body wants each exhibit as a file of its own, the letter goes alone before them.
    is_separate = models.BooleanField("its exhibits go as separate files", default=False)
    manifest = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Filing"]] = models.Manager.from_queryset(
        ChainedQuerySet["Filing"]
    )()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(page_count__gte=1), name="a_filing_has_pages")
        ]

    def __str__(self) -> str:
        return f"Filing of {self.letter}, {self.page_count} pages"

    @property
    def standing_document(self) -> Attachment | None:
        """None where it is kept apart, as what was erased by law is: the letter alone is given."""
        return None if self.document.quarantined else self.document

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LetterIsFrozenError("A filing is never changed: file anew with a new letter.")
        super().save(*args, **kwargs)
