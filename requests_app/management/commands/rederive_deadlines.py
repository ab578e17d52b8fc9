"""Prove that the stored deadlines are what the ledgers say, and mend those that are not."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from cities.clocks.derive import ClockError
from requests_app import ledger
from requests_app.models import RecordsRequest

BATCH = 500


class Command(BaseCommand):
    help = "Derive every request's deadlines again; with --check, only say what differs (exit 1)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        wrong = 0
        requests = RecordsRequest.objects.filter(submitted_on__isnull=False).order_by("pk")
        for request in requests.iterator(chunk_size=BATCH):
            found = self._differences(request) if check else self._repair(request)
            wrong += bool(found)
            for line in found:
                self.stdout.write(f"{request.reference}: {line}")
        self.stdout.write(
            f"{wrong} of {requests.count()} requests {'differ' if check else 'were mended'}."
        )
        if check and wrong:
            raise SystemExit(1)

    def _differences(self, request: RecordsRequest) -> list[str]:
        try:
            return ledger.compare(request)
        except ClockError as error:  # a pack that no longer covers what its ledger says
            return [f"cannot be derived: {error}"]

    def _repair(self, request: RecordsRequest) -> list[str]:
        with transaction.atomic():
            request.refresh_from_db(from_queryset=RecordsRequest.objects.select_for_update())
            found = self._differences(request)
            if found and not found[0].startswith("cannot"):
                ledger.rederive(request, at=timezone.now(), because="derived again")
        return found
