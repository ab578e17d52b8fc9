"""Rules of the house for templates and stylesheets, checked on the files themselves."""

from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.ROOT) / "templates"
STATIC = Path(settings.ROOT) / "static"
LONGEST_LINE = 120
FILES = sorted(
    [
        *TEMPLATES.rglob("*.html"),
        *TEMPLATES.rglob("*.txt"),
        *TEMPLATES.rglob("*.css"),
        *STATIC.rglob("*.css"),
        *STATIC.rglob("*.js"),
    ]
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_line_is_too_long_to_read_beside_another(file: Path) -> None:
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)

    assert [number for number, line in lines if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize("folder", ["requests", "sending", "mail", "cities", "newsroom"])
def test_pages_forms_templates_and_tests_have_rooms_of_one_name(folder: str) -> None:
    app = Path(settings.ROOT) / "requests_app"
    tests = Path(settings.ROOT) / "tests"

    rooms = [app / "views", app / "forms", TEMPLATES, tests / "views"]

    assert [room / folder for room in rooms if not (room / folder).is_dir()] == []
