"""`manage.py fetch_mail`: bring what lies in the mailboxes of IMAP_URL, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.inbound import imap
from requests_app.vocabulary import dates_and_amounts


class Command(BaseCommand):
    help = "Bring the mail of IMAP_URL: stored first, then moved out of its folder."

    def handle(self, *args: Any, **options: Any) -> None:
        boxes = imap.mailboxes()
        if not boxes:
            raise CommandError("Set IMAP_URL first: imaps://user:password@host/INBOX.")
        stored, troubles = 0, []
        for box in boxes:
            try:
                stored += imap.look(box, now=timezone.now)
            except imap.BusyError as error:
                self.stdout.write(f"{error} Nothing to do here.")
            except imap.TROUBLE as error:
                troubles.append(f"{box.address} ({imap.in_words(error)})")
        self.stdout.write(f"{dates_and_amounts.count(stored, 'message')} stored")
        if troubles:
            raise CommandError(f"Not emptied: {'; '.join(troubles)}.")
