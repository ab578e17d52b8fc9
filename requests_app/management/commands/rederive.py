"""Prove that states, days and deadlines are what the ledgers say, and mend those that are not."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from requests_app import ledger
from requests_app.actions.requests import corrections
from requests_app.models import RecordsRequest


class Command(BaseCommand):
    help = (
        "Replay every ledger for where its request stands, and derive its deadlines again; with "
        "--check, only say what differs (exit 1)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing")

    def _write_rows(self) -> None:
        """First and by the hundred: a new kind of row would else be mended request by request."""
        with transaction.atomic():
            ledger.write_headlines_of(RecordsRequest.objects.open())
            ledger.write_counted_of(RecordsRequest.objects.all())

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        count, wrong, mended = 0, 0, 0
        if not check:
            self._write_rows()
        for request, found in ledger.compare_many(RecordsRequest.objects.all()):
            count += 1
            wrong += bool(found)
            for line in found:
                self.stdout.write(f"{request.reference}: {line}")
            if found and not check and not any(line.startswith("cannot") for line in found):
                corrections.rewrite_from_ledger(request, at=timezone.now(), because="derived again")
                mended += 1
        done = "differ" if check else "were mended"
        self.stdout.write(f"{wrong if check else mended} of {count} requests {done}.")
        if wrong > mended:
            raise SystemExit(1)
