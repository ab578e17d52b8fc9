"""Fill an empty desk with a newsroom to look around in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from requests_app.demo.cast import CAST, NEWSROOM, PASSWORD, hire
from requests_app.demo.letterheads import equip
from requests_app.demo.stories import tell_all
from requests_app.models import Newsroom


class Command(BaseCommand):
    help = "Fill an empty desk with a demonstration newsroom, and print how to sign in."

    def handle(self, *args: Any, **options: Any) -> None:
        standing = Newsroom.objects.first()
        if standing is None:
            now = timezone.now()
            with transaction.atomic():
                cast = hire(at=now)
                equip(cast, at=now)
                tell_all(cast, now=now)
        elif standing.name != NEWSROOM:
            raise CommandError(
                f"This desk belongs to {standing.name}: the demonstration needs an empty one. "
                "Set VAR_DIR (or DATABASE_URL) to another place."
            )
        self.stdout.write(f"Demonstration newsroom: {NEWSROOM}. Sign in with one of these:")
        for desk, role in [("admin", "admin"), *((d, r.value) for d, (_, r) in CAST.items())]:
            self.stdout.write(f"  {desk}@ledger.example   {PASSWORD}   {role}")
