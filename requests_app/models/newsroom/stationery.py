"""What a newsroom's letters look like and say of themselves: letterhead, signatures, paragraphs.

Pictures stand in rows of their own, so that reading a newsroom or a person never reads them.
"""

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import Newsroom, User


class Picture(models.Model):
    """A PNG as letters print it, checked and re-encoded when it came in."""

    png = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField("width, in pixels")
    height = models.PositiveIntegerField("height, in pixels")
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Logo(Picture):
    """Stands above the newsroom's name on its letters."""

    newsroom = models.OneToOneField(Newsroom, on_delete=models.PROTECT, related_name="logo")

    def __str__(self) -> str:
        return f"The logo of {self.newsroom}"


class Signature(Picture):
    """A person's signature, in place of the empty line above the typed name."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="signature")

    def __str__(self) -> str:
        return f"The signature of {self.user}"


class Paragraph(models.Model):
    """A newsroom's own words for its letters, put in where a reporter chooses to."""

    class About(models.TextChoices):
        WHO_WE_ARE = "who_we_are", "Who we are"
        FEE_WAIVER = "fee_waiver", "Why fees should be waived"
        FORMAT = "format", "The form in which we want records"
        OTHER = "other", "Something else"

    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="paragraphs")
    about = models.CharField(max_length=20, choices=About.choices)
    title = models.CharField(max_length=80)
    text = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Put away rather than deleted: letters that used it say so.
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["about", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["newsroom", "title"],
                condition=models.Q(retired_at__isnull=True),
                name="one_paragraph_of_a_title",
            )
        ]

    def __str__(self) -> str:
        return self.title
