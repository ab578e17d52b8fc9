"""`manage.py check_cities`: a line for each sound city, and a line for each fault."""

from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command

from tests.cities.conftest import Copy

BEND = "us-zz/quarry-bend/city.toml"


def run(*slugs: str, packs: Path) -> tuple[str, str, str]:
    """What the command wrote, its errors, and the sentence it gave up with."""
    out, err = StringIO(), StringIO()
    try:
        call_command("check_cities", *slugs, packs=packs, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), f"{error} ({error.returncode})"
    return out.getvalue(), err.getvalue(), ""


def cities_in(out: str) -> list[str]:
    return [line.split(":")[0] for line in out.splitlines()]


def test_command_prints_a_line_for_each_city(packs: Copy) -> None:
    out, err, gave_up = run(packs=packs.folder)

    assert (err, gave_up) == ("", "")
    assert cities_in(out) == ["us-yy/elm-ford", "us-zz/port-alder", "us-zz/quarry-bend"]
    assert out.splitlines()[2] == (
        "us-zz/quarry-bend: offices 3, routes 3, clocks 7, exemptions 1, examples 5; "
        "the city's facts: 3 stated, 35 not specified; the law's: 11 stated, 17 not specified"
    )


def test_command_checks_only_the_packs_named(packs: Copy) -> None:
    packs.replace("us-yy/statute.toml", "name =", "nam =")

    assert cities_in(run("us-zz", packs=packs.folder)[0]) == [
        "us-zz/port-alder", "us-zz/quarry-bend",
    ]  # fmt: skip
    assert run("us-zz/quarry-bend", "us-zz/quarry-bend", packs=packs.folder)[0].startswith(
        "us-zz/quarry-bend: "
    )


def test_command_names_file_line_and_key_and_fails(packs: Copy) -> None:
    line = packs.replace(BEND, 'code = "QRRY"', 'code = "qrry"')

    out, err, gave_up = run(packs=packs.folder)

    assert err.startswith(f"{BEND}:{line}: code: ")
    assert cities_in(out) == ["us-yy/elm-ford", "us-zz/port-alder"]
    assert gave_up == "1 to correct in the packs and the letters; then run this again. (1)"


def test_command_names_a_states_fault_once_for_all_its_cities(packs: Copy) -> None:
    packs.replace("us-zz/statute.toml", 'short_name = "Open Files Law"', "")

    out, err, _ = run(packs=packs.folder)

    assert err.splitlines() == ["us-zz/statute.toml:1: short_name: is missing"]
    assert cities_in(out) == ["us-yy/elm-ford"]


def test_command_refuses_a_name_that_is_no_pack(packs: Copy) -> None:
    _, _, gave_up = run("us-xx/nowhere", packs=packs.folder)

    assert gave_up == (
        "There is no pack 'us-xx/nowhere'; "
        "there are us-yy/elm-ford, us-zz/port-alder, us-zz/quarry-bend. (1)"
    )


def test_command_refuses_a_folder_without_packs(tmp_path: Path) -> None:
    _, _, gave_up = run(packs=tmp_path)

    assert gave_up == (
        f"There is no city in {tmp_path.resolve()}: it needs <state>/<city>/city.toml. (1)"
    )


def test_our_own_packs_and_the_wording_of_their_letters_are_sound() -> None:
    call_command("check_cities", stdout=StringIO())
