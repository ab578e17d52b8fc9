"""A letter as it was issued: text, the facts in it and the PDF, frozen with its hash."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.chain.chained_model import Chained, ChainedQuerySet
from requests_app.models.newsroom.people import User
from requests_app.vocabulary.letter_kinds import LetterKind, letter_kinds

if TYPE_CHECKING:
    from requests_app.models.mail.communication import Attachment, Communication
    from requests_app.models.requests.appeal import Appeal
    from requests_app.models.requests.records_request import RecordsRequest


__all__ = ["Letter", "LetterIsFrozenError", "LetterKind"]


class LetterIsFrozenError(Exception):
    """Somebody tried to change an issued letter."""


class Letter(Chained):
    """Issued once; a correction is a new letter. The PDF stands in the database with its act."""

    records_request: models.ForeignKey["RecordsRequest"] = models.ForeignKey(
        "RecordsRequest", on_delete=models.PROTECT, related_name="letters"
    )
    appeal: models.ForeignKey["Appeal | None"] = models.ForeignKey(
        "Appeal", on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    kind = models.CharField(max_length=40, choices=letter_kinds)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    template = models.CharField(max_length=200)
    template_sha256 = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    # Legal sentences of the template that the reporter changed or left out, as they were.
    departures = models.JSONField(default=list)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    page_count = models.PositiveIntegerField()
    dated_on = models.DateField()
    # Of a reply in one's own words: the message that it answers.
    answers: models.ForeignKey["Communication | None"] = models.ForeignKey(
        "Communication", on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Letter"]] = models.Manager.from_queryset(
        ChainedQuerySet["Letter"]
    )()

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LetterIsFrozenError("An issued letter is never changed: issue a new one.")
        super().save(*args, **kwargs)

    @property
    def file_name(self) -> str:
        return f"{self.records_request.reference}-{self.kind.replace('_', '-')}.pdf"


class LetterEnclosure(Chained):
    """One file that an issued letter encloses, under the title by which the letter lists it.

    Written with the letter and never changed: what is attached to the request later is no part of
    it, and what is kept apart later is still named in it.
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="enclosures")
    attachment: models.ForeignKey["Attachment"] = models.ForeignKey(
        "Attachment", on_delete=models.PROTECT, related_name="enclosed_in"
    )
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=400)

    objects: ClassVar[models.Manager["LetterEnclosure"]] = models.Manager.from_queryset(
        ChainedQuerySet["LetterEnclosure"]
    )()

    class Meta:
        ordering = ["letter", "number"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="one_enclosure_a_number"),
            models.UniqueConstraint(
                fields=["letter", "attachment"], name="a_file_is_enclosed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
