"""The recipe for a city's own form, followed to the letter from docs/adding-a-city.md."""

import tomllib
from pathlib import Path

from django.conf import settings

from cities.checks.check_pack import check_city
from cities.schema.forms import FormMapping
from cities.schema.load import load_city
from requests_app.letters.forms import office_form
from tests.cities.conftest import FIXTURE_PACKS, ON
from tests.letters.forms.blank_form import request_form

PAGE = Path(settings.ROOT) / "docs" / "adding-a-city.md"
CITY = "us-zz/port-alder"


def recipe() -> str:
    """The one block of the page about the office's form."""
    blocks = [part.split("```")[0] for part in PAGE.read_text().split("```toml\n")[1:]]
    (block,) = (block for block in blocks if "[offices.form" in block)
    return block


def city_that_follows_it(folder: Path) -> Path:
    """A city whose office has no form yet, and then the block of the page below that office."""
    for file in FIXTURE_PACKS.rglob("*.toml"):
        copy = folder / file.relative_to(FIXTURE_PACKS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(file.read_text())
    pack = folder / CITY / "city.toml"
    before, form, after = pack.read_text().partition("[offices.form]")
    assert form
    pack.write_text(f"{before}{recipe()}\n[portal]{after.partition('[portal]')[2]}")
    return folder


def test_block_is_a_whole_mapping_by_itself() -> None:
    mapping = FormMapping.model_validate(tomllib.loads(recipe())["offices"]["form"])

    assert mapping.title == "Request for Public Files"
    assert mapping.may_be_used


def test_city_that_follows_the_recipe_passes_the_check(tmp_path: Path) -> None:
    packs = city_that_follows_it(tmp_path)

    assert check_city(CITY, on=ON, packs=packs) == []
    assert load_city(CITY, packs).office("city_clerk").form


def test_form_is_filled_as_the_recipe_says(tmp_path: Path) -> None:
    mapping = load_city(CITY, city_that_follows_it(tmp_path)).office("city_clerk").form
    assert mapping is not None

    filled = office_form.sample(request_form().bytes(), mapping)

    mapped = {target.field for targets in mapping.fields.values() for target in targets}
    assert mapped & {one.field for one in filled.left_empty} == set()
