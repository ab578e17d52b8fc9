"""A message as it came: its bytes kept first, then what was read of it, then where it belongs."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from requests_app.models.chain.chained_model import Chained, ChainedQuerySet
from requests_app.models.newsroom.people import Newsroom, User


class CameBy(models.TextChoices):
    WEBHOOK = "webhook", "A provider's webhook"
    IMAP = "imap", "The mailbox"
    PIPE = "pipe", "The command line"


class Stage(models.TextChoices):
    """How far the desk is with a message. What comes after reading, other fields say."""

    STORED = "stored", "Stored, not yet read"
    READ = "read", "Read"
    UNREADABLE = "unreadable", "Kept, and could not be read"


class InboundMailQuerySet(ChainedQuerySet["InboundMail"]):
    def to_read(self) -> "InboundMailQuerySet":
        """Stored and promised, whatever became of the process that stored it."""
        return self.filter(stage=Stage.STORED).order_by("pk")

    def waiting(self) -> "InboundMailQuerySet":
        """In the Inbox: read, or beyond reading, and filed nowhere yet."""
        return self.filter(is_waiting=True)

    def held(self) -> "InboundMailQuerySet":
        """Waiting, and no newsroom of this desk is known to be meant."""
        return self.waiting().filter(newsroom=None)

    def set_aside(self) -> "InboundMailQuerySet":
        return self.filter(set_aside_at__isnull=False)

    def found_by(self, words: str) -> "InboundMailQuerySet":
        return self.filter(
            models.Q(subject__icontains=words)
            | models.Q(from_name__icontains=words)
            | models.Q(from_address__icontains=words)
            | models.Q(text__icontains=words)
        )


class InboundMail(Chained):
    """One message. The row is committed only when its bytes lie on disk: from then on it is ours.

    The same bytes to the same envelope recipient are one row, however often they come. The same
    message in other bytes (another way, another relay) is a second row, `duplicate_of` the first.
    """

    raw = models.FileField(max_length=200)  # under its hash: see `inbound.store`
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    arrived_at = models.DateTimeField(default=timezone.now)
    came_by = models.CharField(max_length=10, choices=CameBy.choices)
    envelope_to = models.CharField("envelope recipient, if known", max_length=320, blank=True)
    newsroom = models.ForeignKey(
        Newsroom, on_delete=models.PROTECT, null=True, blank=True, related_name="mail"
    )
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.STORED)
    attempts = models.PositiveSmallIntegerField("times that reading was begun", default=0)

    # What was read.
    read_at = models.DateTimeField(null=True, blank=True)
    from_name = models.CharField(max_length=320, blank=True)
    from_address = models.CharField(max_length=320, blank=True)
    recipients = models.JSONField(default=list)
    subject = models.TextField(blank=True)
    message_id = models.CharField(max_length=400, blank=True)
    refers_to = models.JSONField("message ids it answers, nearest first", default=list)
    sent_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField(blank=True)
    said = models.TextField("what was written this time, without what it quotes", blank=True)
    html = models.TextField("HTML, cleaned", blank=True)
    kind = models.CharField(max_length=20, blank=True)
    kind_reason = models.TextField(blank=True)
    is_receipt = models.BooleanField('an automatic "we have your request"', default=False)
    portal = models.CharField("the records portal it came through", max_length=60, blank=True)
    report = models.JSONField("what a delivery report says", null=True, blank=True)
    # [{"method": "spf", "result": "failed", "domain": …, "by": the receiver that says so}, …]
    sender_proofs = models.JSONField("what proves who sent it", default=list, blank=True)
    faults = models.JSONField("what was wrong with it, in sentences", default=list)
    erased_at = models.DateTimeField(null=True, blank=True)
    content_key = models.CharField("what makes it this message", max_length=64, blank=True)
    addressed_to = models.CharField("requests whose address it bears", max_length=300, blank=True)
    duplicate_of: models.ForeignKey["InboundMail | None"] = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates"
    )

    # Where it belongs.
    match_reason = models.TextField(blank=True)
    candidates = models.JSONField(default=list)  # [{"request": pk, "why": [sentence, …]}, …]
    is_waiting = models.BooleanField("in the Inbox, for a person to file", default=False)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["InboundMail"]] = models.Manager.from_queryset(
        InboundMailQuerySet
    )()

    class Meta:
        verbose_name_plural = "inbound mail"
        ordering = ["-arrived_at", "-pk"]
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(stage="stored"), name="mail_stored_not_read"
            ),
            models.Index(
                fields=["newsroom", "-arrived_at"],
                condition=models.Q(is_waiting=True),
                name="mail_waiting_in_the_inbox",
            ),
            models.Index(fields=["message_id"], name="mail_by_message_id"),
            models.Index(fields=["from_address", "-id"], name="mail_by_sender"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "envelope_to"], name="one_row_for_the_same_bytes"
            ),
            models.UniqueConstraint(
                fields=["content_key", "addressed_to"],
                condition=models.Q(stage="read", duplicate_of=None),
                name="one_first_copy_of_a_message",
            ),
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values), name="mail_stage_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(came_by__in=CameBy.values), name="mail_way_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(is_waiting=False)
                | models.Q(set_aside_at=None, duplicate_of=None) & ~models.Q(stage="stored"),
                name="what_waits_is_read_and_nowhere_else",
            ),
            models.CheckConstraint(
                condition=models.Q(set_aside_at=None, set_aside_by=None)
                | models.Q(set_aside_at__isnull=False, set_aside_by__isnull=False),
                name="mail_set_aside_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_address or 'unknown sender'}: {self.subject or 'no subject'}"

    @property
    def sender(self) -> str:
        return self.from_name or self.from_address or "unknown sender"

    @property
    def sender_is_refuted(self) -> bool:
        """Something that would prove who sent it has failed."""
        return any(proof["result"] == "failed" for proof in self.sender_proofs)

    @property
    def is_filed(self) -> bool:
        """Neither in the Inbox nor set aside; a second copy lies where the first one does."""
        return not self.is_waiting and self.set_aside_at is None and self.stage != Stage.STORED

    def standing_communication(self) -> Any:
        """The one filing of it that was not taken out again, or None."""
        return self.communications.filter(taken_out_at=None).first()


class MailFile(models.Model):
    """A file that a message brought, under its hash; filed with it, unless it could run."""

    mail = models.ForeignKey(InboundMail, on_delete=models.PROTECT, related_name="files")
    file = models.FileField(max_length=200)
    name = models.CharField(max_length=255)
    declared_type = models.CharField(max_length=100, blank=True)
    content_type = models.CharField("true type, by content", max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    origin = models.CharField(max_length=20, blank=True)
    is_inline = models.BooleanField("shown within the text", default=False)
    quarantined = models.CharField("why it is kept apart", max_length=200, blank=True)
    listing = models.JSONField("what an archive says it holds", default=list)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
