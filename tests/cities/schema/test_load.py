"""Reading packs: a city's files over its state's, and errors that say where."""

from datetime import date

import pytest

from cities.schema.facts import NotSpecified, Stated
from cities.schema.load import (
    PackError,
    PackErrors,
    all_cities,
    city_slugs,
    load_city,
    load_statute,
)
from tests.cities.conftest import FIXTURE_PACKS, Copy

STATUTE = "us-zz/statute.toml"
ROUTES = "us-zz/routes.toml"
BEND = "us-zz/quarry-bend/city.toml"


def errors_of(packs: Copy, slug: str = "us-zz/quarry-bend") -> list[PackError]:
    with pytest.raises(PackErrors) as caught:
        load_city(slug, packs.folder)
    return caught.value.errors


def test_city_slugs_are_the_folders_with_a_city_file(packs: Copy) -> None:
    (packs.folder / "us-zz" / "no-city-yet").mkdir()

    assert city_slugs(packs.folder) == (
        "us-yy/elm-ford", "us-zz/port-alder", "us-zz/quarry-bend",
    )  # fmt: skip


def test_all_cities_are_in_order_of_name(packs: Copy) -> None:
    packs.replace("us-yy/elm-ford/city.toml", '"Elm Ford"', '"The Ford"')

    assert [city.name for city in all_cities(packs.folder)] == [
        "Port Alder", "Quarry Bend", "The Ford",
    ]  # fmt: skip


def test_city_comes_with_its_states_law_and_is_read_once() -> None:
    city = load_city("us-zz/port-alder", FIXTURE_PACKS)

    assert city.statute is load_statute("us-zz", FIXTURE_PACKS)
    assert city is load_city("us-zz/port-alder", FIXTURE_PACKS)


@pytest.mark.parametrize("slug", ["us-zz/nowhere", "us-zz", "", "../us-zz/port-alder"])
def test_unknown_city_is_a_lookup_error_that_lists_the_cities(slug: str) -> None:
    with pytest.raises(LookupError) as refused:
        load_city(slug, FIXTURE_PACKS)

    assert refused.value.args == (
        f"no city pack {slug!r}; there are us-yy/elm-ford, us-zz/port-alder, us-zz/quarry-bend",
    )


def test_fact_without_a_day_was_checked_when_its_folder_was() -> None:
    fee = load_statute("us-zz", FIXTURE_PACKS).fees[0].amount

    assert isinstance(fee, Stated)
    assert fee.checked_on == date(2026, 11, 21)


def test_fact_keeps_a_day_of_its_own(packs: Copy) -> None:
    packs.replace(BEND, 'source = "from memory"', 'source = "x"\nchecked_on = 2026-03-01')

    address = load_city("us-zz/quarry-bend", packs.folder).office("city_clerk").address

    assert isinstance(address, Stated)
    assert address.checked_on == date(2026, 3, 1)


def test_contact_that_is_left_out_is_not_specified_and_says_whom_to_ask() -> None:
    email = load_city("us-zz/quarry-bend", FIXTURE_PACKS).office("city_clerk").email

    assert email == NotSpecified(ask="City Hall")


def test_citys_route_is_laid_over_the_states_with_its_slug() -> None:
    plain = load_city("us-zz/port-alder", FIXTURE_PACKS)
    special = load_city("us-zz/quarry-bend", FIXTURE_PACKS)

    assert plain.route("court").body == "District Court of Franklin"
    assert special.route("court").body == "District Court of Stone County"
    assert special.route("court").deadline == plain.route("court").deadline
    assert [route.slug for route in special.all_routes()] == ["data_board", "mayor", "court"]


def test_key_in_two_files_of_a_folder_is_refused(packs: Copy) -> None:
    more = packs.folder / "us-zz/quarry-bend/more.toml"
    more.write_text('code = "QRRY"\n', encoding="utf-8")

    assert [str(error) for error in errors_of(packs)] == [
        f"us-zz/quarry-bend/more.toml: code: also in {BEND}: keep it in one of them"
    ]


SECOND = """[[exemptions]]
slug = "tides"
citation = "Franklin Code § 9(b)"
title = "Tables of the tides"
must_show = "That the table is not published."
"""


def in_a_folder(packs: Copy, second: str = SECOND) -> None:
    """The state's exemptions in a folder of two files, where one file was."""
    folder = packs.folder / "us-zz/exemptions"
    folder.mkdir()
    (packs.folder / "us-zz/exemptions.toml").rename(folder / "1_first.toml")
    (folder / "2_second.toml").write_text(second, encoding="utf-8")


def test_long_list_may_have_a_folder_read_file_by_file(packs: Copy) -> None:
    in_a_folder(packs)

    exemptions = load_statute("us-zz", packs.folder).exemptions

    assert [exemption.slug for exemption in exemptions] == ["harbor_defenses", "tides"]


def test_fault_in_a_folders_second_file_is_named_with_its_line_there(packs: Copy) -> None:
    in_a_folder(packs, SECOND.replace("Tables of the tides", ""))

    assert [str(error) for error in errors_of(packs)] == [
        (
            "us-zz/exemptions/2_second.toml:4: exemptions[1].title: "
            "is empty: write it, or leave the key out"
        )
    ]


@pytest.mark.parametrize("second", ['name = "Franklin"\n', "exemptions = 2\n", ""])
def test_folder_of_a_list_holds_nothing_else(packs: Copy, second: str) -> None:
    in_a_folder(packs, second)

    assert [str(error) for error in errors_of(packs)] == [
        (
            "us-zz/exemptions/2_second.toml: "
            "the files of this folder hold [[exemptions]] and nothing else"
        )
    ]


def test_list_in_a_file_and_in_a_folder_is_refused(packs: Copy) -> None:
    text = (packs.folder / "us-zz/exemptions.toml").read_text(encoding="utf-8")
    in_a_folder(packs)
    (packs.folder / "us-zz/exemptions.toml").write_text(text, encoding="utf-8")

    assert [str(error) for error in errors_of(packs)] == [
        (
            "us-zz/exemptions/1_first.toml: exemptions: "
            "also in us-zz/exemptions.toml: keep it in one of them"
        )
    ]


def test_file_that_is_no_toml_is_named(packs: Copy) -> None:
    packs.append(BEND, "\ncode = \n")

    (error,) = errors_of(packs)

    assert error.file == BEND
    assert "not readable as TOML" in error.problem
    assert "line" in error.problem


def test_file_that_is_no_utf_8_is_named(packs: Copy) -> None:
    (packs.folder / BEND).write_bytes(b'name = "\xff"')

    (error,) = errors_of(packs)

    assert (error.file, error.key) == (BEND, "")
    assert "utf-8" in error.problem


def test_state_without_files_is_named(packs: Copy) -> None:
    (packs.folder / "us-xx/town").mkdir(parents=True)
    (packs.folder / "us-xx/town/city.toml").write_text("", encoding="utf-8")

    assert [str(error) for error in errors_of(packs, "us-xx/town")] == ["us-xx: no .toml file here"]


def test_missing_list_is_named_with_the_folder(packs: Copy) -> None:
    (packs.folder / "us-zz/exemptions.toml").unlink()

    assert [str(error) for error in errors_of(packs)] == [f"{STATUTE}:1: exemptions: is missing"]


# What is wrong: the file, the text, what it becomes, the key in the error, words of the problem.
FAULTS = {
    "misspelt key": (STATUTE, "short_name =", "shortname =", "shortname", "misspelt"),
    "missing key": (BEND, 'county = "Stone County"', "", "county", "is missing"),
    "empty text": (BEND, 'county = "Stone County"', 'county = " "', "county", "is empty"),
    "unknown role": (BEND, '"city_clerk"', '"city_clark"', "offices[0].role", "city_clerk"),
    "role twice": (BEND, '"dataset_steward"', '"city_clerk"', "offices", "stands twice"),
    "unknown kind": (
        BEND, '["records", "dataset"]', '["record"]', "offices[0].receives[0]", "records",
    ),
    "e-mail that is none": (
        ROUTES, "mayor@port-alder.example", "mayor at port-alder", "routes[0].email",
        "not an e-mail",
    ),
    "address of the web without https": (
        BEND, "https://data", "http://data", "portal.url", "https://",
    ),
    "fact without a source": (
        ROUTES, ', source = "the Mayor\'s page"', "", "routes[0].email.source", "is missing",
    ),
    "empty ask": (
        BEND, 'platform = { ask = "City Hall" }', 'platform = { ask = "" }',
        "portal.platform.ask", "is empty",
    ),
    "unknown confidence": (
        STATUTE, 'confidence = "unverified"', 'confidence = "sure"', "extension.confidence",
        "found",
    ),
    "unverified sentence": (
        STATUTE, 'confidence = "second_hand"', 'confidence = "unverified"',
        "letter_sentences.fee_line.confidence", "found",
    ),
    "unknown sentence": (
        STATUTE, "[letter_sentences.fee_line]", "[letter_sentences.free_line]",
        "letter_sentences", "'free_line'",
    ),
    "unknown placeholder": (
        STATUTE, "{due_on}", "{due}", "letter_sentences.deadline_line.text", "not a placeholder",
    ),
    "unknown answer": (ROUTES, '"silence"', '"silent"', "routes[0].follows[2]", "silence"),
    "unknown kind of route": (
        ROUTES, '"administrative_review"', '"committee"', "routes[0].kind", "commission",
    ),
    "slug twice": (ROUTES, 'slug = "court"', 'slug = "mayor"', "routes", "'mayor' stands twice"),
    "unknown custodian": (
        "us-yy/routes.toml", '["city"]', '["mayor"]', "routes[0].for_custodians[0]", "elected",
    ),
    "time zone that is none": (
        BEND, "America/Chicago", "America/Quarry", "timezone", "no time zone",
    ),
    "code in small letters": (BEND, '"QRRY"', '"qrry"', "code", "pattern"),
    "status of the portal": (BEND, '"verified"', '"fine"', "portal.status", "none"),
    "day that is none": (STATUTE, "2026-11-21", '"soon"', "checked_on", "date"),
    "law without a citation": (
        BEND, 'citation = "Franklin Code § 2"', "", "not_specified[0]", "go together",
    ),
    "gap without a subject": (
        BEND, 'what = "time to answer"\n', "", "not_specified[0].what", "is missing",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_named_with_file_key_and_remedy(packs: Copy, fault: str) -> None:
    file, old, new, key, words = FAULTS[fault]
    packs.replace(file, old, new)
    slug = "us-yy/elm-ford" if file.startswith("us-yy") else "us-zz/quarry-bend"

    errors = errors_of(packs, slug)

    assert [e for e in errors if e.key == key and words in e.problem], [str(e) for e in errors]
    assert {error.file for error in errors} == {file}


def test_kind_that_no_office_receives_is_named(packs: Copy) -> None:
    packs.replace(BEND, ', "access"]', "]")

    (error,) = errors_of(packs)

    assert str(error) == (f"{BEND}:1: no office receives access: add it to an office's `receives`")


def test_error_gives_the_line_of_the_fault(packs: Copy) -> None:
    line = packs.replace(ROUTES, '"mayor@port-alder.example"', '"nobody"')

    (error,) = errors_of(packs)

    assert str(error) == f"{ROUTES}:{line}: routes[0].email: 'nobody' is not an e-mail address"


def test_all_faults_of_a_folder_are_listed_at_once(packs: Copy) -> None:
    packs.replace(BEND, "America/Chicago", "Nowhere")
    packs.replace(BEND, '"QRRY"', '"Q"')

    assert sorted(error.key for error in errors_of(packs)) == ["code", "timezone"]


def test_faults_of_a_folder_are_lines_of_one_message(packs: Copy) -> None:
    packs.replace(BEND, "America/Chicago", "Nowhere")
    packs.replace(BEND, '"QRRY"', '"Q"')

    with pytest.raises(PackErrors) as refused:
        load_city("us-zz/quarry-bend", packs.folder)

    assert str(refused.value).splitlines() == [str(error) for error in refused.value.errors]
    assert len(refused.value.errors) == 2


def test_missing_key_belongs_in_the_main_file_of_several(packs: Copy) -> None:
    (packs.folder / "us-zz/quarry-bend/advice.toml").write_text("advice = []\n", encoding="utf-8")
    packs.replace(BEND, 'county = "Stone County"', "")

    assert [str(error) for error in errors_of(packs)] == [f"{BEND}:1: county: is missing"]


def test_route_that_is_no_table_is_named(packs: Copy) -> None:
    line = packs.replace(
        "us-yy/elm-ford/city.toml", "[[offices]]", 'routes = ["court"]\n\n[[offices]]'
    )

    (error,) = errors_of(packs, "us-yy/elm-ford")

    assert (error.file, error.line, error.key) == ("us-yy/elm-ford/city.toml", line, "routes[0]")
