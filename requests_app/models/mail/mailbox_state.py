"""How it stands with each mailbox of IMAP_URL: who holds it, when it was emptied, what fails."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

LEASE = timedelta(seconds=90)  # whoever looks after a mailbox says so again well within it


class MailboxStateQuerySet(models.QuerySet["MailboxState"]):
    def take(self, address: str, *, by: str, at: datetime) -> "MailboxState | None":
        """Claim a mailbox, or renew one's claim. None while somebody else holds it."""
        self.get_or_create(address=address)
        free = models.Q(held_until=None) | models.Q(held_until__lte=at) | models.Q(held_by=by)
        taken = self.filter(free, address=address).update(held_by=by, held_until=at + LEASE)
        return self.get(address=address) if taken else None

    def let_go(self, address: str, *, by: str) -> None:
        self.filter(address=address, held_by=by).update(held_by="", held_until=None)


class MailboxState(models.Model):
    """One mailbox: a row made when it is first looked into. The claim keeps it to one connection.

    `uid_validity` and `last_uid` count only on a server that lets no message be moved, deleted or
    marked: what was stored there is remembered here instead.
    """

    address = models.CharField("user@host:port/folder", max_length=400, unique=True)
    held_by = models.CharField(max_length=40, blank=True)
    held_until = models.DateTimeField(null=True)
    is_idle = models.BooleanField("the server says at once when mail comes", null=True)
    looked_at = models.DateTimeField("emptied last", null=True)
    mail_at = models.DateTimeField("brought mail last", null=True)
    stored = models.PositiveBigIntegerField("messages brought in all", default=0)
    failures = models.PositiveIntegerField("tries that failed since it worked", default=0)
    trouble = models.TextField("why the last try failed", blank=True)
    failed_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField("next try", null=True)
    uid_validity = models.PositiveBigIntegerField(default=0)
    last_uid = models.PositiveBigIntegerField(default=0)

    objects: ClassVar[models.Manager["MailboxState"]] = models.Manager.from_queryset(
        MailboxStateQuerySet
    )()

    class Meta:
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address
