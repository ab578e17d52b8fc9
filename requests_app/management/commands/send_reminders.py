"""What the worker does each minute: who is to be told what this morning, then the mails."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from requests_app.models import Notice
from requests_app.reminders.mails.mail_body import message_for
from requests_app.reminders.mails.send_notices import send_due
from requests_app.reminders.planning.morning_round import Planned, plan


class Command(BaseCommand):
    help = "Write down the reminders and digests that are due, and send them. A rerun adds none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be sent, and keep nothing"
        )

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        if dry_run:
            self._rehearse()
            return
        planned = plan(at=timezone.now())
        tried = send_due(now=timezone.now)
        self._say(planned)
        self.stdout.write(f"Mails that were due and tried: {tried}.")

    def _rehearse(self) -> None:
        """Everything a run would do up to the server, and then undone."""
        now = timezone.now()
        with transaction.atomic():
            planned = plan(at=now)
            for notice in (
                Notice.objects.due(at=now).order_by("user", "pk").iterator(chunk_size=200)
            ):
                message = message_for(notice, at=now)
                subject = message.subject if message else "(nothing left to say)"
                self.stdout.write(f"{notice.user.email}  {notice.kind}  {subject}")
            transaction.set_rollback(True)
        self._say(planned)
        self.stdout.write("Nothing was kept and nothing was sent.")

    def _say(self, planned: Planned) -> None:
        self.stdout.write(
            f"Readers whose morning has come: {planned.readers}. New mails: {planned.notices}."
        )
        for request_id, problem in planned.problems.items():
            self.stderr.write(f"Request {request_id} could not be read: {problem}")
