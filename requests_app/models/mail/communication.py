"""A message either way, by any channel, and the files that came or went with it."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.chain.chained_model import Chained, ChainedQuerySet
from requests_app.models.chain.erased_content import ErasedContent
from requests_app.models.mail.inbound_mail import InboundMail
from requests_app.models.newsroom.people import User
from requests_app.vocabulary.channels import Channel

if TYPE_CHECKING:
    from requests_app.models.requests.appeal import Appeal
    from requests_app.models.requests.event import Event
    from requests_app.models.requests.records_request import RecordsRequest


class CommunicationQuerySet(ChainedQuerySet["Communication"]):
    """Which are messages, and which of them wait for somebody to say what they are."""

    def messages(self) -> "CommunicationQuerySet":
        """What stands for itself, not as the words of an act that was entered with them."""
        return self.filter(models.Q(mail__isnull=False) | models.Q(is_to_be_read=True))

    def unread(self) -> "CommunicationQuerySet":
        """What may be an answer, filed here, of which no person has said what it means."""
        return self.filter(is_to_be_read=True, taken_out_at=None, read_at=None)


class Communication(Chained):
    """What a city told us (or we told it outside a letter), as a person or the desk filed it.

    Only mail is filed by the desk itself (`filed_by` is then empty), and any filing of mail can be
    taken out again: the row stays, and says so.
    """

    class Direction(models.TextChoices):
        IN = "in", "From the city"
        OUT = "out", "To the city"

    records_request: models.ForeignKey["RecordsRequest"] = models.ForeignKey(
        "RecordsRequest", on_delete=models.PROTECT, related_name="communications"
    )
    appeal: models.ForeignKey["Appeal | None"] = models.ForeignKey(
        "Appeal", on_delete=models.PROTECT, null=True, blank=True, related_name="communications"
    )
    event: models.OneToOneField["Event"] = models.OneToOneField(
        "Event", on_delete=models.PROTECT, related_name="communication"
    )
    direction = models.CharField(max_length=3, choices=Direction.choices)
    channel = models.CharField(max_length=20, choices=Channel.choices)
    on = models.DateField()
    text = models.TextField(blank=True)
    filed_at = models.DateTimeField(default=timezone.now)
    filed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mail = models.ForeignKey(
        InboundMail, on_delete=models.PROTECT, null=True, blank=True, related_name="communications"
    )
    # What the words may mean: kind, data, words, rule, and who settled it how.
    suggestions = models.JSONField(default=list)
    # A person has to say what it is: mail that may be an answer, a call, a letter on paper. Never
    # an automatic reply, nor what was entered as an act from the first.
    is_to_be_read = models.BooleanField(default=False)
    # A person said what it is: by an act recorded from it, or that it is correspondence.
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_out_at = models.DateTimeField(null=True, blank=True)
    taken_out_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["Communication"]] = models.Manager.from_queryset(
        CommunicationQuerySet
    )()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(
                fields=["records_request"],
                condition=models.Q(is_to_be_read=True, read_at=None, taken_out_at=None),
                name="messages_to_be_read",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mail"],
                condition=models.Q(taken_out_at=None),
                name="mail_is_filed_once",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_out_at=None, taken_out_by=None)
                | models.Q(taken_out_at__isnull=False, taken_out_by__isnull=False),
                name="a_filing_taken_out_says_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(filed_by__isnull=False) | models.Q(mail__isnull=False),
                name="the_desk_itself_files_mail_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()}, {self.on}"

    @property
    def is_message(self) -> bool:
        """Whether it stands for itself: not only the words of an act that was entered with them."""
        return self.mail_id is not None or self.is_to_be_read

    @property
    def is_erased(self) -> bool:
        """Whether its words were erased by law; asked of the database."""
        return ErasedContent.objects.filter(table="communication", row=self.pk).exists()

    @property
    def waits_to_be_read(self) -> bool:
        """Whether it is one of `unread`."""
        return self.is_to_be_read and self.taken_out_at is None and self.read_at is None


class AttachmentQuerySet(ChainedQuerySet["Attachment"]):
    """Which files go out with a letter."""

    def with_the_request(self) -> "AttachmentQuerySet":
        """Of one request's files: what goes with the letter that begins it, in that order."""
        return self.filter(is_enclosure=True, quarantined="").order_by("pk")

    def kept_apart(self) -> "AttachmentQuerySet":
        """What nobody is given: a scanner warned of it, or its kind may do harm."""
        return self.exclude(quarantined="")


class Attachment(Chained):
    """A file: one that came from the city, or an enclosure that we send with a request."""

    records_request: models.ForeignKey["RecordsRequest"] = models.ForeignKey(
        "RecordsRequest", on_delete=models.PROTECT, related_name="attachments"
    )
    communication = models.ForeignKey(
        Communication, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    file = models.FileField(max_length=200)  # under its hash: see `storage.content`
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    is_enclosure = models.BooleanField("sent with our request", default=False)
    quarantined = models.CharField("why it is kept apart", max_length=200, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(  # nobody, where the desk filed the mail that brought it
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["Attachment"]] = models.Manager.from_queryset(
        AttachmentQuerySet
    )()

    def __str__(self) -> str:
        return self.name
