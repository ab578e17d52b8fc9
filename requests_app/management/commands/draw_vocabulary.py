"""Write the lists of docs/vocabulary.md from the vocabulary itself."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from requests_app.vocabulary.drawing import with_lists


class Command(BaseCommand):
    help = "Draw the lists of docs/vocabulary.md: clocks, channels and states."

    def handle(self, *args: Any, **options: Any) -> None:
        page = settings.ROOT / "docs" / "vocabulary.md"
        page.write_text(with_lists(page.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(f"written: {page}")
