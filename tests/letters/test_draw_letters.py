from pathlib import Path

import pytest
from django.core.management import call_command

from requests_app.demo.sample_newsroom import NEWSROOM
from requests_app.management.commands import draw_letters
from requests_app.models import Newsroom


@pytest.mark.django_db
def test_letters_are_drawn_beside_the_demonstration_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Newsroom.objects.create(name=NEWSROOM)
    monkeypatch.setattr(draw_letters, "SHOWN", {"us-ct/stamford": ("thanks",)})

    call_command("draw_letters", str(tmp_path), verbosity=0)

    assert [file.name for file in tmp_path.iterdir()] == ["thanks.png"]
    assert [newsroom.name for newsroom in Newsroom.objects.all()] == [NEWSROOM]
