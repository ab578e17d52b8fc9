"""Write docs/states.md."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from requests_app.diagram import draw


class Command(BaseCommand):
    help = "Write docs/states.md from the models' transitions."

    def handle(self, *args: Any, **options: Any) -> None:
        page = settings.ROOT / "docs" / "states.md"
        page.write_text(draw(), encoding="utf-8")
        self.stdout.write(f"wrote {page.relative_to(settings.ROOT)}")
