"""A test of the whole way of mail: one message from the desk to an address of its own."""

import secrets

from django.db import models

from requests_app.models.mail.inbound_mail import InboundMail
from requests_app.models.newsroom.people import Newsroom, User


def new_token() -> str:
    """Letters and digits that no server changes by putting them in lower case."""
    return secrets.token_hex(10)


class MailRoundTrip(models.Model):
    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=20, unique=True, default=new_token)
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField("given to the mail server", null=True)
    trouble = models.TextField("why it could not be sent", blank=True)
    arrived_at = models.DateTimeField("back on the desk", null=True)
    mail = models.OneToOneField(InboundMail, on_delete=models.PROTECT, null=True, related_name="+")
    verdicts = models.TextField("what its receiver found of SPF, DKIM and DMARC", blank=True)
    signed_by = models.CharField("domain and selector of its signature", max_length=320, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.token} of {self.begun_at:%Y-%m-%d %H:%M}"

    @property
    def seconds(self) -> int | None:
        """From the mail server's yes to its arrival."""
        if self.sent_at is None or self.arrived_at is None:
            return None
        return max(0, round((self.arrived_at - self.sent_at).total_seconds()))
