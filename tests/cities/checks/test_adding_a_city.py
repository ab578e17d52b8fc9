"""A city that is none of ours, added as a folder: the one docs/adding-a-city.md walks through."""

from datetime import date
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from cities.calendar.year import months_of
from cities.checks.check_pack import check_city, check_statute
from cities.pack.load import city_slugs, load_city, load_statute

SIXTH = Path(__file__).with_name("sixth")
ON = date(2026, 11, 21)
PAGE = Path(__file__).parents[2] / "docs" / "adding-a-city.md"


def test_folder_is_all_it_takes() -> None:
    assert city_slugs(SIXTH) == ("us-zz/port-alder",)
    assert check_statute("us-zz", on=ON, packs=SIXTH) == []
    assert check_city("us-zz/port-alder", on=ON, packs=SIXTH) == []


def test_command_runs_its_examples() -> None:
    out = StringIO()

    call_command("check_cities", packs=SIXTH, stdout=out)

    assert "examples 5" in out.getvalue()


def test_calendar_of_its_year_can_be_shown() -> None:
    city = load_city("us-zz/port-alder", SIXTH)

    by_day = {day.on.isoformat(): day for month in months_of(city, 2026) for day in month.days}

    assert by_day["2026-09-18"].note == "Day of Mourning"
    assert by_day["2026-11-27"].kind == "unsettled"


def test_walk_through_shows_what_the_folder_holds() -> None:
    """Each block of TOML on the page stands in one of the folder's files, to the letter."""
    told = PAGE.read_text(encoding="utf-8")
    files = "\n".join(path.read_text(encoding="utf-8") for path in SIXTH.rglob("*.toml"))
    blocks = [part.split("```")[0].strip() for part in told.split("```toml\n")[1:]]

    assert len(blocks) >= 4
    assert [block for block in blocks if block not in files] == []


def test_two_versions_of_a_rule_stand_beside_each_other() -> None:
    response = [c for c in load_statute("us-zz", SIXTH).clocks if c.name == "response"]

    assert [clock.count for clock in response] == [6, 5]
