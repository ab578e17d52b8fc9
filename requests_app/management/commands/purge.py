"""Let go of what is kept no longer: see docs/privacy.md."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from requests_app.actions.privacy import retention


class Command(BaseCommand):
    help = (
        "Erase what was kept for its time; the desk does it each day by itself. With --dry-run, "
        "only say what would go, and why mail stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="change nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        at = timezone.now()
        for gone in retention.purge(at=at, only_look=dry_run):
            verb = "would go" if dry_run else "went"
            self.stdout.write(f"{gone.count:,} {verb}: {gone.words}")
        if dry_run:
            for one in retention.why_the_rest_stays(at=at):
                self.stdout.write(f"{one.count:,} would stay: {one.words}, as {one.why}")
