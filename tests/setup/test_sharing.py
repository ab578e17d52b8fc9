"""What the tests share to be cheap is what they would have made each for itself."""

import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.migrations.loader import MigrationLoader

from bootstrap.paths import ROOT
from requests_app.letters.paper import layout, pdf_engine
from tests import migrated
from tests.cached_pdfs import Memory
from tests.conftest import pytest_collection_modifyitems

PAGE = "<html lang=en><title>A letter</title><body><p>Dear clerk</body></html>"


@pytest.fixture
def memory() -> Memory:
    """The engine's own two acts, counted."""
    return Memory(Counted(pdf_engine.lay_out), Counted(pdf_engine.write), Counted(layout.lay_out))


class Counted:
    def __init__(self, act: Any) -> None:
        self.act, self.times = act, 0

    def __call__(self, *values: Any, **named: Any) -> Any:
        self.times += 1
        return self.act(*values, **named)


def test_same_page_is_drawn_once_and_is_what_the_engine_draws(memory: Memory) -> None:
    drawn = [memory.written(memory.remembered(PAGE)) for _ in range(3)]

    assert drawn == [pdf_engine.write(pdf_engine.lay_out(PAGE))] * 3
    assert (memory.lay_out.times, memory.write.times) == (1, 1)  # type: ignore[attr-defined]


def test_same_letter_is_laid_out_once_and_is_what_the_engine_draws(memory: Memory) -> None:
    drawn = [memory.laid_out_apart(PAGE) for _ in range(3)]

    assert drawn == [pdf_engine.write(pdf_engine.lay_out(PAGE))] * 3
    assert memory.apart.times == 1  # type: ignore[attr-defined]


def test_another_page_is_drawn_for_itself(memory: Memory) -> None:
    one, other = (memory.written(memory.remembered(p)) for p in (PAGE, PAGE.replace("De", "Ye")))

    assert one != other


def test_page_that_is_remembered_still_shows_its_insides(memory: Memory) -> None:
    memory.remembered(PAGE)

    page = memory.remembered(PAGE)

    assert len(page.pages) == 1
    assert page.pages[0].height == pdf_engine.lay_out(PAGE).pages[0].height
    assert page.metadata.title == "A letter"


def test_page_that_may_not_be_drawn_is_refused_each_time(memory: Memory) -> None:
    for _ in range(2):
        with pytest.raises(pdf_engine.NotAllowedError):
            page = memory.remembered('<img src="file:///etc/hostname">')
            memory.written(page)


def test_copied_database_has_every_migration_and_its_triggers(tmp_path: Path) -> None:
    migrated.copy_sqlite_to(tmp_path / "desk.sqlite3")

    database = sqlite3.connect(tmp_path / "desk.sqlite3")
    applied = set(database.execute("SELECT app, name FROM django_migrations"))
    triggers = database.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
    count = triggers.fetchone()[0]
    database.close()

    assert applied == set(MigrationLoader(None).graph.nodes)
    assert count > 0


@pytest.mark.parametrize(
    ("fixtures", "marker", "is_marked"),
    [
        (["tmp_path"], None, False),
        (["tmp_path", "db"], None, True),
        ([], "django_db", True),
        ([], "stack", True),
        ([], "tools", False),
    ],
)
def test_second_pass_is_for_what_touches_a_database(
    fixtures: list[str], marker: str | None, is_marked: bool
) -> None:
    added: list[str] = []
    item: Any = SimpleNamespace(
        fixturenames=fixtures,
        get_closest_marker=lambda name: name == marker,
        add_marker=lambda mark: added.append(mark.name),
    )

    pytest_collection_modifyitems([item])

    assert added == (["database"] if is_marked else [])


def test_folder_that_is_named_twice_keeps_the_fixtures_of_its_conftest() -> None:
    paths = ("views/newsroom/test_members.py", "test_permissions.py", "views/test_guards.py")
    planned = subprocess.run(
        [
            sys.executable, "-m", "pytest", *(f"tests/{path}" for path in paths), "-n", "0", "-q",
            "--setup-plan", "-k", "test_the_way_out", "-p", "no:cacheprovider",
        ],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert "SETUP    F _plain_http" in planned.stdout
