"""docs/letters.md shows one whole filing; the command that draws it keeps no row of it."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from requests_app.models import Newsroom, RecordsRequest

DOCS = Path(settings.ROOT) / "docs"


def test_every_page_is_shown_and_every_one_shown_is_there() -> None:
    shown = re.findall(r'src="(pictures/filing/[\w-]+\.png)"', (DOCS / "letters.md").read_text())

    there = sorted(f"pictures/filing/{one.name}" for one in (DOCS / "pictures/filing").iterdir())
    assert shown == there


@pytest.mark.django_db
def test_command_draws_the_pages_that_the_docs_show(tmp_path: Path) -> None:
    told = StringIO()

    call_command("draw_filing", tmp_path / "filing", stdout=told)

    drawn = sorted(file.name for file in (tmp_path / "filing").iterdir())
    assert drawn == sorted(file.name for file in (DOCS / "pictures/filing").iterdir())
    assert told.getvalue() == f"{len(drawn)} pages in {tmp_path / 'filing'}\n"
    assert not Newsroom.objects.exists()
    assert not RecordsRequest.objects.exists()
