"""`manage.py check_cities`, and the checks that go beyond types."""

from datetime import date
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command

from cities.checks.check_pack import check_city, check_statute
from tests.cities.conftest import Copy

ON = date(2026, 11, 21)
STAMFORD = "us-ct/stamford/city.toml"


def run(*slugs: str, packs: Path) -> tuple[str, str, str]:
    """What the command wrote, its errors, and the sentence it gave up with."""
    out, err = StringIO(), StringIO()
    try:
        call_command("check_cities", *slugs, packs=packs, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), f"{error} ({error.returncode})"
    return out.getvalue(), err.getvalue(), ""


def test_command_prints_a_line_for_each_city(packs: Copy) -> None:
    out, err, gave_up = run(packs=packs.folder)

    assert (err, gave_up) == ("", "")
    assert [line.split(":")[0] for line in out.splitlines()] == [
        "us-ca/concord", "us-ca/stockton", "us-ct/stamford", "us-mo/kansas-city", "us-or/portland",
    ]  # fmt: skip
    assert "us-ct/stamford: offices 7, routes 2, clocks " in out
    assert "not specified" in out


def test_command_checks_only_the_packs_named(packs: Copy) -> None:
    packs.replace("us-or/statute.toml", "name =", "nam =")

    out, err, gave_up = run("us-ct", "us-ca/concord", packs=packs.folder)

    assert (err, gave_up) == ("", "")
    assert [line.split(":")[0] for line in out.splitlines()] == ["us-ca/concord", "us-ct/stamford"]


def test_command_names_file_line_and_key_and_fails(packs: Copy) -> None:
    line = packs.replace(STAMFORD, 'code = "STAM"', 'code = "stam"')

    out, err, gave_up = run(packs=packs.folder)

    assert err.startswith(f"{STAMFORD}:{line}: code: ")
    assert "us-ct/stamford" not in out
    assert "us-or/portland: " in out
    assert gave_up == "1 to correct in the packs and the letters; then run this again. (1)"


def test_command_tells_a_states_fault_once_for_all_its_cities(packs: Copy) -> None:
    packs.replace("us-ca/statute.toml", 'short_name = "Public Records Act"', "")

    _, err, _ = run(packs=packs.folder)

    assert err.splitlines() == ["us-ca/statute.toml:1: short_name: is missing"]


def test_command_refuses_a_name_that_is_no_pack(packs: Copy) -> None:
    _, _, gave_up = run("us-tx/austin", packs=packs.folder)

    assert "no pack 'us-tx/austin'" in gave_up
    assert "us-ct/stamford" in gave_up


def test_command_refuses_a_folder_without_packs(tmp_path: Path) -> None:
    _, _, gave_up = run(packs=tmp_path)

    assert "There is no city in" in gave_up


def only_error(errors: list[str]) -> str:
    assert len(errors) == 1, errors
    return errors[0]


def of_state(packs: Copy, slug: str = "us-ct") -> str:
    return only_error([str(e) for e in check_statute(slug, on=ON, packs=packs.folder)])


def of_city(packs: Copy, slug: str = "us-ct/stamford") -> str:
    return only_error([str(e) for e in check_city(slug, on=ON, packs=packs.folder)])


def test_route_counted_by_no_clock_is_named(packs: Copy) -> None:
    line = packs.replace("us-ct/routes.toml", 'clock = "appeal"', 'clock = "apeal"')

    error = of_state(packs)

    assert error.startswith(
        f"us-ct/routes.toml:{line}: routes[0].clock: no clock 'apeal'; there are"
    )


def test_citys_route_counted_by_no_clock_is_named(packs: Copy) -> None:
    file = "us-mo/kansas-city/city.toml"
    line = packs.replace(file, 'slug = "city_manager"', 'clock = "review"\nslug = "city_manager"')

    error = of_city(packs, "us-mo/kansas-city")

    assert error.startswith(f"{file}:{line}: routes[1].clock: no clock 'review'")


def test_silence_of_no_clock_is_named(packs: Copy) -> None:
    line = packs.replace("us-ct/statute.toml", 'clocks = ["response"]', 'clocks = ["answer"]')

    error = of_state(packs)

    assert error.startswith(f"us-ct/statute.toml:{line}: silence.clocks: no clock 'answer'")


def test_silence_that_is_a_denial_needs_a_clock(packs: Copy) -> None:
    packs.replace("us-ct/statute.toml", 'clocks = ["response"]', "")

    assert "silence: is a denial: name in `clocks`" in of_state(packs)


def test_silence_that_is_no_denial_has_no_clock(packs: Copy) -> None:
    packs.replace(
        "us-ca/statute.toml", "is_denial = false", 'is_denial = false\nclocks = ["response"]'
    )

    assert "silence.clocks: silence is no denial here" in of_state(packs, "us-ca")


def test_day_in_the_future_is_named(packs: Copy) -> None:
    line = packs.replace(
        STAMFORD, 'source = "from memory"', 'checked_on = 2026-11-22\nsource = "from memory"'
    )

    assert of_city(packs) == (
        f"{STAMFORD}:{line}: offices[0].address.checked_on: "
        "2026-11-22 is in the future: write the day it was checked"
    )


def test_folder_checked_in_the_future_is_named_once(packs: Copy) -> None:
    packs.replace("us-ct/statute.toml", "checked_on = 2026-11-21", "checked_on = 2027-01-01")

    assert ": checked_on: 2027-01-01 is in the future" in of_state(packs)


def test_code_of_another_city_is_named(packs: Copy) -> None:
    packs.replace(STAMFORD, '"STAM"', '"CONC"')

    assert "code: 'CONC' is also us-ca/concord's" in of_city(packs)


def test_records_that_reach_no_custodian_are_named(packs: Copy) -> None:
    packs.replace("us-mo/kansas-city/city.toml", "is_custodian = true", "")

    assert "offices: no office that receives records is a custodian" in of_city(
        packs, "us-mo/kansas-city"
    )


def test_letters_without_an_opening_are_named(packs: Copy) -> None:
    packs.replace("us-ct/statute.toml", "[letter_sentences.request_line]", "[x.request_line]")
    packs.replace("us-ct/statute.toml", "[x.request_line]", "[letter_sentences.redirect_line]")

    assert "letter_sentences.request_line: is missing" in of_state(packs)


def test_clock_of_a_route_that_there_is_not_is_named(packs: Copy) -> None:
    packs.replace("us-ct/clocks.toml", 'route = "foic"', 'route = "foi_commission"')

    error = of_state(packs)

    assert error.startswith("us-ct/clocks.toml:")
    assert ".route: no route 'foi_commission'; there are " in error


def test_clock_met_by_a_route_that_there_is_not_is_named(packs: Copy) -> None:
    packs.replace("us-ct/clocks.toml", '["superior_court", "court"]', '["supreme_court", "court"]')

    assert ".met_by: no route 'supreme_court'" in of_state(packs)


def test_clock_of_a_track_that_there_is_not_is_named(packs: Copy) -> None:
    packs.replace("us-ct/clocks.toml", 'track = "personnel_file"', 'track = "personnel"')

    assert ".track: no track 'personnel'; there are personnel_file" in of_state(packs)


def test_clock_of_a_custodian_that_there_is_not_is_named(packs: Copy) -> None:
    packs.replace("us-or/clocks.toml", '"elected_official"', '"mayor"')

    assert ".custodian: no custodian 'mayor'; there are city, elected" in of_state(packs, "us-or")


def test_clock_that_nothing_starts_is_named(packs: Copy) -> None:
    packs.replace("us-ct/clocks.toml", 'silence_of = "response"', 'silence_of = "answer"')

    error = of_state(packs)

    assert error.startswith("us-ct/clocks.toml:")
    assert "appeal: nothing starts it: answer is no clock" in error


def test_route_after_one_that_there_is_not_is_named(packs: Copy) -> None:
    line = packs.replace("us-ct/routes.toml", 'after = ["foic"]', 'after = ["commission"]')

    error = of_state(packs)

    assert error.startswith(f"us-ct/routes.toml:{line}: routes[1].after: no route 'commission'")
