"""`manage.py draw_filing docs/pictures/filing`: each page of one whole filing, as a picture.

Addresses and message numbers differ from one run to the next; the words do not.
"""

from argparse import ArgumentParser
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from PIL import Image

from requests_app import letters
from requests_app.demo.letter_pictures import compressed
from requests_app.demo.sample_newsroom import NEWSROOM, reporter
from requests_app.demo.whole_filing import filed_whole
from requests_app.models import Newsroom

WIDTH = 720


class Command(BaseCommand):
    help = "Draw the whole filing that docs/letters.md shows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="docs/pictures/filing")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        with transaction.atomic():
            # The demonstration's newsroom has the name too: it steps aside, and that is undone.
            Newsroom.objects.filter(name=NEWSROOM).update(name=f"{NEWSROOM}, set aside")
            document = filed_whole(reporter())
            transaction.set_rollback(True)
        pages = letters.page_images(document, width=WIDTH)
        for number, page in enumerate(pages, start=1):
            picture = Image.open(BytesIO(page)).convert("L")
            (folder / f"page-{number}.png").write_bytes(compressed(picture))
        self.stdout.write(f"{len(pages)} pages in {folder}")
