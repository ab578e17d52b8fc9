"""What stands behind a challenge: a paper that the letter relies on, with its pages as made."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.letters.letter import Letter
from requests_app.models.mail.communication import Attachment, Communication
from requests_app.models.newsroom.people import User

if TYPE_CHECKING:
    from requests_app.models.requests.appeal import Appeal


class ExhibitQuerySet(models.QuerySet["Exhibit"]):
    def in_order(self) -> "ExhibitQuerySet":
        return self.order_by("position", "pk")


class Exhibit(models.Model):
    """One paper of a drafted challenge; its number is its place among the others.

    It is a letter of ours, a message with the files it brought, or a single file. `pages` are those
    of a PDF made of it, kept under its hash; `beside` lists the files that go along as they are:
    `{"name", "content_type", "size", "sha256", "stored", "reason"}`. A reason says why the file's
    content does not stand in the pages, which a person has to settle; the original of an e-mail
    has none.
    """

    appeal: models.ForeignKey["Appeal"] = models.ForeignKey(
        "Appeal", on_delete=models.PROTECT, related_name="exhibits"
    )
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    # The part of the route's bundle that it belongs to, such as "request"; empty for any other.
    bundle_part = models.CharField(max_length=40, blank=True)
    letter = models.ForeignKey(
        Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    communication = models.ForeignKey(
        Communication, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What it was made from when it was opened: see `filings.sources.mark_of`. Empty: not yet.
    opened_mark = models.CharField(max_length=64, blank=True)
    pages = models.CharField("where its pages are kept", max_length=200, blank=True)
    pages_sha256 = models.CharField(max_length=64, blank=True)
    page_count = models.PositiveIntegerField(default=0)
    beside = models.JSONField("files that go along as they are", default=list)
    problem = models.TextField("why it cannot be filed as it is", blank=True)
    settled_at = models.DateTimeField("that files go beside was confirmed", null=True, blank=True)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Exhibit"]] = models.Manager.from_queryset(ExhibitQuerySet)()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(letter__isnull=False, communication=None, attachment=None)
                | models.Q(letter=None, communication__isnull=False, attachment=None)
                | models.Q(letter=None, communication=None, attachment__isnull=False),
                name="an_exhibit_is_of_one_paper",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at=None, settled_by=None)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
                name="a_settled_exhibit_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def not_in_pages(self) -> list[dict[str, Any]]:
        """The files whose content the pages do not show, each with its reason."""
        return [file for file in self.beside if file["reason"]]

    @property
    def needs_settling(self) -> bool:
        """Whether a person has yet to confirm that some of it goes beside the pages."""
        return bool(self.not_in_pages) and self.settled_at is None
