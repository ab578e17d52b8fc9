"""docs/letters.md shows one letter of each kind; the command that draws them leaves no trace."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from requests_app.letters.facts.declared_facts import FACTS
from requests_app.management.commands import draw_letters
from requests_app.management.commands.draw_letters import SHOWN
from requests_app.models import Newsroom, RecordsRequest, User

DOCS = Path(settings.ROOT) / "docs"
DRAWN = sorted(name for names in SHOWN.values() for name in names)


def test_every_picture_is_shown_and_every_one_shown_is_there() -> None:
    page = (DOCS / "letters.md").read_text()
    shown = re.findall(r'src="pictures/letters/([\w-]+)\.png" width="300" alt="[^"]+"', page)
    assert sorted(shown) == DRAWN
    assert {f"{name}.png" for name in DRAWN} == {
        file.name for file in (DOCS / "pictures/letters").iterdir()
    }


def test_one_letter_of_each_kind_is_shown() -> None:
    kinds = {stem for stem in FACTS if not stem.startswith(("appeal_", "follow_up"))}
    assert kinds <= set(DRAWN)
    assert sum(name.startswith("follow_up") for name in DRAWN) == 4
    assert sum(name.startswith("appeal_") for name in DRAWN) == 8


def test_pictures_are_light() -> None:
    assert sum(file.stat().st_size for file in (DOCS / "pictures/letters").iterdir()) < 3_000_000


@pytest.mark.django_db
def test_command_draws_and_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw_letters, "SHOWN", {"us-ct/stamford": ("thanks",)})
    told = StringIO()
    call_command("draw_letters", tmp_path / "letters", stdout=told)
    assert [file.name for file in (tmp_path / "letters").iterdir()] == ["thanks.png"]
    assert told.getvalue().startswith("1 letter, ")
    for model in (Newsroom, RecordsRequest, User):
        assert not model.objects.exists()
