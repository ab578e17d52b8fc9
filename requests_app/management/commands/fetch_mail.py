"""`manage.py fetch_mail`: bring what lies in the mailbox of IMAP_URL, once."""

import imaplib
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.inbound import imap
from requests_app.vocabulary import dates_and_amounts


class Command(BaseCommand):
    help = "Bring the mail of IMAP_URL: stored first, then moved out of its folder."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IMAP_URL:
            raise CommandError("Set IMAP_URL first: imaps://user:password@host/INBOX.")
        try:
            stored = imap.fetch(settings.IMAP_URL, now=timezone.now)
        except (imap.MailboxError, imaplib.IMAP4.error, OSError) as error:
            raise CommandError(f"The mailbox could not be emptied ({error}).") from error
        self.stdout.write(f"{dates_and_amounts.count(stored, 'message')} stored")
