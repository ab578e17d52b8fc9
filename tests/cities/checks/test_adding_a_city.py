"""docs/adding-a-city.md, followed to the letter."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pydantic.fields import FieldInfo

from cities.calendar.year import months_of
from cities.schema.city import City, Statute
from cities.schema.load import load_city, load_statute
from tests.cities.conftest import FIXTURE_PACKS, Copy

PAGE = (Path(__file__).parents[3] / "docs" / "adding-a-city.md").read_text(encoding="utf-8")
WHOLE_FILE = "# cities/packs/"
"""How a block begins that is a whole file."""


def blocks(language: str) -> list[str]:
    return [part.split("```")[0].strip() for part in PAGE.split(f"```{language}\n")[1:]]


WHOLE = [block for block in blocks("toml") if block.startswith(WHOLE_FILE)]
PARTS = [block for block in blocks("toml") if not block.startswith(WHOLE_FILE)]


def checked(packs: Path, *slugs: str) -> list[str]:
    out = StringIO()
    call_command("check_cities", *slugs, packs=packs, stdout=out)
    return out.getvalue().splitlines()


def test_page_has_blocks_of_both_kinds() -> None:
    assert (len(WHOLE), len(PARTS)) == (1, 15)


@pytest.mark.parametrize("block", PARTS, ids=lambda block: block.splitlines()[0])
def test_part_of_a_file_stands_in_a_folder_that_is_sound(block: str) -> None:
    files = [path.read_text(encoding="utf-8") for path in FIXTURE_PACKS.rglob("*.toml")]

    assert [file for file in files if block in file] != []


@pytest.mark.parametrize("block", WHOLE, ids=lambda block: block.splitlines()[0])
def test_whole_file_is_all_that_a_city_takes(packs: Copy, block: str) -> None:
    slug = block.splitlines()[0].removeprefix(WHOLE_FILE).removesuffix("/city.toml")
    folder = packs.folder / slug
    folder.mkdir()
    (folder / "city.toml").write_text(block, encoding="utf-8")

    (line,) = checked(packs.folder, slug)

    assert line.startswith(f"{slug}: offices 1, routes 2, ")
    assert load_city(slug, packs.folder).statute.state == "Franklin"


def test_check_prints_what_the_page_shows() -> None:
    command, shown = next(b for b in blocks("") if "manage check_cities" in b).splitlines()

    assert checked(FIXTURE_PACKS, command.split()[-1]) == [shown]


@pytest.mark.parametrize(
    ("model", "given"),
    [(Statute, {"slug"}), (City, {"slug", "statute"})],
    ids=["state", "city"],
)
def test_page_names_every_key_that_must_be_there(model: Any, given: set[str]) -> None:
    fields: dict[str, FieldInfo] = model.model_fields
    required = {name for name, field in fields.items() if field.is_required()} - given

    assert {key for key in required if f"`{key}`" not in PAGE} == set()


def test_calendar_of_its_year_can_be_shown() -> None:
    city = load_city("us-zz/port-alder", FIXTURE_PACKS)

    by_day = {day.on.isoformat(): day for month in months_of(city, 2026) for day in month.days}

    assert by_day["2026-09-18"].note == "Day of Mourning"
    assert by_day["2026-11-27"].kind == "unsettled"


def test_two_versions_of_a_rule_stand_beside_each_other() -> None:
    response = [c for c in load_statute("us-zz", FIXTURE_PACKS).clocks if c.name == "response"]

    assert [(clock.track, clock.count) for clock in response] == [
        ("", 6), ("", 5), ("personnel_file", 10),
    ]  # fmt: skip
