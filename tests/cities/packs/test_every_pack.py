"""What holds for every pack that there is, a new one included."""

import re
from pathlib import Path

import pytest

from cities.checks.check_pack import check_city, check_statute, stated_in
from cities.schema.facts import Confidence
from cities.schema.load import PACKS, city_slugs, load_city
from tests.cities.conftest import ON

FILES = sorted(PACKS.rglob("*.toml"))
CITIES = city_slugs()
STATES = sorted({slug.split("/")[0] for slug in CITIES})


@pytest.mark.parametrize("state", STATES)
def test_state_pack_is_sound(state: str) -> None:
    assert check_statute(state, on=ON) == []


@pytest.mark.parametrize("slug", CITIES)
def test_city_pack_is_sound(slug: str) -> None:
    assert check_city(slug, on=ON) == []


# Seen in weak memories, in generated lists, or belonging to another place of the same name.
NEVER = (
    "cityclerk@cityofconcord.org", "clerk@cityofconcord.org", "request@stamfordct.org",
    "StamfordLandUse@", "203-977-", "816-513-", "937-8333", "671-3495", "823-5198 ext",
    "data.stamfordct.gov", "data.portlandoregon.gov", "opendata.portland.gov",
    "stocktonca.opendata.arcgis.com", "gis.cityofconcord.org", "7923.010",
)  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKS)))
def test_pack_holds_no_lead_that_was_never_verified(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert [lead for lead in NEVER if lead in text] == []


@pytest.mark.parametrize("slug", CITIES)
def test_an_address_nobody_has_seen_answer_is_only_where_a_program_tries_it(slug: str) -> None:
    """What the desk reads by night may be a lead; what a person opens or writes to may not."""
    reading = load_city(slug).portal.reading
    text = (PACKS / slug / "city.toml").read_text(encoding="utf-8")

    if reading and reading.confidence is Confidence.UNVERIFIED:
        assert reading.verified_on is None
        assert text.count(reading.base_url) == 1


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKS)))
def test_notes_carry_no_contact(file: Path) -> None:
    """A note may hold a lead, but never one that somebody could write to, call or open."""
    notes = re.findall(r'^note = "(.*)"|note = "([^"]*)"', file.read_text(encoding="utf-8"), re.M)

    for note in ("".join(pair) for pair in notes):
        assert not re.search(r"@|https?://|\b[2-9]\d{2}[-) ]+[2-9]\d{2}-\d{4}", note), note


@pytest.mark.parametrize("slug", CITIES)
def test_what_rests_on_memory_is_never_called_found(slug: str) -> None:
    for fact in stated_in(load_city(slug)):
        if "memory" in fact.source:
            assert fact.confidence is Confidence.UNVERIFIED, fact.value


@pytest.mark.parametrize("slug", CITIES)
def test_what_rests_on_a_guide_alone_is_second_hand(slug: str) -> None:
    for fact in stated_in(load_city(slug)):
        if fact.source.endswith("guide"):
            assert fact.confidence is Confidence.SECOND_HAND, fact.value
