"""`manage.py fetch_mail`: bring what lies in the mailbox of IMAP_URL, once."""

import imaplib
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.inbound import imap


class Command(BaseCommand):
    help = "Bring the mail of IMAP_URL: stored first, then moved out of its folder."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IMAP_URL:
            raise CommandError("Set IMAP_URL first: imaps://user:password@host/INBOX.")
        try:
            count = imap.fetch(settings.IMAP_URL, now=timezone.now)
        except (imap.MailboxError, imaplib.IMAP4.error, OSError) as error:
            raise CommandError(f"The mailbox could not be emptied ({error}).") from error
        self.stdout.write(f"{count} message{'' if count == 1 else 's'} stored")
