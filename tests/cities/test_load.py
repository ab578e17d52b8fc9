"""Reading packs: a city's files over its state's, and errors that say where."""

from datetime import date

import pytest

from cities.pack.facts import NotSpecified, Stated
from cities.pack.load import PackError, PackErrors, all_cities, city_slugs, load_city, load_statute
from tests.cities.conftest import Copy

CT = "us-ct/statute.toml"
STAMFORD = "us-ct/stamford/city.toml"


def errors_of(packs: Copy, slug: str = "us-ct/stamford") -> list[PackError]:
    with pytest.raises(PackErrors) as caught:
        load_city(slug, packs.folder)
    return caught.value.errors


def test_city_slugs_are_the_folders_with_a_city_file() -> None:
    assert city_slugs() == (
        "us-ca/concord",
        "us-ca/stockton",
        "us-ct/stamford",
        "us-mo/kansas-city",
        "us-or/portland",
    )


def test_all_cities_are_in_order_of_name() -> None:
    assert [city.name for city in all_cities()] == [
        "Concord", "Kansas City", "Portland", "Stamford", "Stockton",
    ]  # fmt: skip


def test_city_comes_with_its_states_law_and_is_read_once() -> None:
    city = load_city("us-ct/stamford")

    assert city.statute is load_statute("us-ct")
    assert city is load_city("us-ct/stamford")


@pytest.mark.parametrize("slug", ["us-ct/hartford", "us-ct", "", "../us-ct/stamford"])
def test_unknown_city_is_a_lookup_error_that_lists_the_cities(slug: str) -> None:
    with pytest.raises(LookupError, match="us-ct/stamford"):
        load_city(slug)


def test_fact_without_a_day_was_checked_when_its_folder_was() -> None:
    fee = load_statute("us-ct").fees[0].amount

    assert isinstance(fee, Stated)
    assert fee.checked_on == date(2026, 11, 21)


def test_fact_keeps_a_day_of_its_own(packs: Copy) -> None:
    packs.replace(STAMFORD, 'source = "from memory"', 'source = "x"\nchecked_on = 2026-03-01')

    address = load_city("us-ct/stamford", packs.folder).office("city_clerk").address

    assert isinstance(address, Stated)
    assert address.checked_on == date(2026, 3, 1)


def test_contact_that_is_left_out_is_not_specified_and_says_whom_to_ask() -> None:
    email = load_city("us-ct/stamford").office("city_clerk").email

    assert email == NotSpecified(ask="the City and Town Clerk's office")


def test_citys_route_is_laid_over_the_states_with_its_slug() -> None:
    concord, stockton = load_city("us-ca/concord"), load_city("us-ca/stockton")

    assert "Contra Costa" in concord.route("superior_court").body
    assert "San Joaquin" in stockton.route("superior_court").body
    assert concord.route("superior_court").deadline == stockton.route("superior_court").deadline
    assert [route.slug for route in concord.all_routes()] == [
        "administrative_review", "superior_court",
    ]  # fmt: skip


def test_key_in_two_files_of_a_folder_is_refused(packs: Copy) -> None:
    packs.append("us-ct/stamford/city.toml", "")
    (packs.folder / "us-ct/stamford/more.toml").write_text('code = "STAM"\n', encoding="utf-8")

    assert [str(error) for error in errors_of(packs)] == [
        "us-ct/stamford/more.toml: code: also in us-ct/stamford/city.toml: keep it in one of them"
    ]


def test_file_that_is_no_toml_is_named(packs: Copy) -> None:
    packs.append(STAMFORD, "\ncode = \n")

    (error,) = errors_of(packs)

    assert error.file == STAMFORD
    assert "not readable as TOML" in error.problem
    assert "line" in error.problem


def test_file_that_is_no_utf_8_is_named(packs: Copy) -> None:
    (packs.folder / STAMFORD).write_bytes(b'name = "\xff"')

    (error,) = errors_of(packs)

    assert (error.file, error.key) == (STAMFORD, "")
    assert "utf-8" in error.problem


def test_state_without_files_is_named(packs: Copy) -> None:
    (packs.folder / "us-xx/town").mkdir(parents=True)
    (packs.folder / "us-xx/town/city.toml").write_text("", encoding="utf-8")

    assert [str(error) for error in errors_of(packs, "us-xx/town")] == ["us-xx: no .toml file here"]


def test_missing_list_is_named_with_the_folder(packs: Copy) -> None:
    (packs.folder / "us-ct/exemptions.toml").unlink()

    assert [str(error) for error in errors_of(packs)] == [
        "us-ct/statute.toml:1: exemptions: is missing"
    ]


# What is wrong: the file, the text, what it becomes, the key in the error, words of the problem.
FAULTS = {
    "misspelt key": (CT, "short_name =", "shortname =", "shortname", "misspelt"),
    "missing key": (STAMFORD, 'county = "Fairfield County"', "", "county", "is missing"),
    "empty text": (STAMFORD, 'county = "Fairfield County"', 'county = " "', "county", "is empty"),
    "unknown role": (STAMFORD, '"city_clerk"', '"city_clark"', "offices[0].role", "city_clerk"),
    "role twice": (STAMFORD, '"department"', '"city_clerk"', "offices", "stands twice"),
    "unknown kind": (
        STAMFORD, '["records", "dataset", "correction"]', '["record"]',
        "offices[0].receives[0]", "records",
    ),
    "e-mail that is none": (
        "us-ct/routes.toml", "foi@ct.gov", "foi at ct.gov", "routes[0].email", "not an e-mail",
    ),
    "address of the web without https": (
        "us-mo/kansas-city/city.toml", "https://data", "http://data", "portal.url", "https://",
    ),
    "fact without a source": (
        "us-ct/routes.toml", 'source = "FOIC notice"', "", "routes[0].email.source", "is missing",
    ),
    "empty ask": (
        STAMFORD, 'ask = "the portal administrator"', 'ask = ""', "portal.platform.ask", "is empty",
    ),
    "unknown confidence": (
        CT, 'confidence = "unverified"', 'confidence = "sure"', "extension.confidence", "found",
    ),
    "unverified sentence": (
        "us-ca/statute.toml", 'source = "Cal. Gov. Code § 7922.525(b)"\nconfidence = "second_hand"',
        'source = "x"\nconfidence = "unverified"',
        "letter_sentences.segregation_line.confidence", "found",
    ),
    "unknown sentence": (
        CT, "[letter_sentences.silence_line]", "[letter_sentences.silent_line]",
        "letter_sentences", "'silent_line'",
    ),
    "unknown placeholder": (
        CT, "{due_on}", "{due}", "letter_sentences.deadline_line.text", "not a placeholder",
    ),
    "unknown answer": (
        "us-ct/routes.toml", '"silence"', '"silent"', "routes[0].follows[2]", "silence",
    ),
    "unknown kind of route": (
        "us-ct/routes.toml", '"commission"', '"committee"', "routes[0].kind", "commission",
    ),
    "slug twice": (
        "us-ct/routes.toml", '"superior_court"', '"foic"', "routes", "'foic' stands twice",
    ),
    "unknown custodian": (
        "us-or/routes.toml", '["city"]', '["mayor"]', "routes[0].for_custodians[0]", "elected",
    ),
    "time zone that is none": (
        STAMFORD, "America/New_York", "America/Stamford", "timezone", "no time zone",
    ),
    "code in small letters": (STAMFORD, '"STAM"', '"stam"', "code", "pattern"),
    "status of the portal": (
        STAMFORD, '"unverified"\nnote', '"fine"\nnote', "portal.status", "none",
    ),
    "day that is none": (CT, "2026-11-21", '"soon"', "checked_on", "date"),
    "law without a citation": (
        STAMFORD, 'citation = "Conn. Gen. Stat. §§ 1-206(a), 1-210(a)"', "", "not_specified[0]",
        "go together",
    ),
    "gap without a subject": (
        STAMFORD, 'what = "time to answer"\n', "", "not_specified[0].what", "is missing",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_named_with_file_key_and_remedy(packs: Copy, fault: str) -> None:
    file, old, new, key, words = FAULTS[fault]
    packs.replace(file, old, new)
    cities = [slug for slug in city_slugs() if slug.startswith(file.split("/", maxsplit=1)[0])]
    slug = file.removesuffix("/city.toml") if file.endswith("city.toml") else cities[0]

    errors = errors_of(packs, slug)

    assert [e for e in errors if e.key == key and words in e.problem], [str(e) for e in errors]
    assert {error.file for error in errors} <= {file, file.rsplit("/", maxsplit=1)[0]}


def test_kind_that_no_office_receives_is_named(packs: Copy) -> None:
    text = (packs.folder / STAMFORD).read_text(encoding="utf-8")
    (packs.folder / STAMFORD).write_text(text.replace(', "access"]', "]"), encoding="utf-8")

    (error,) = errors_of(packs)

    assert "no office receives access: add it to an office's `receives`" in str(error)


def test_error_gives_the_line_of_the_fault(packs: Copy) -> None:
    line = packs.replace("us-ct/routes.toml", 'value = "foi@ct.gov"', 'value = "nobody"')

    (error,) = errors_of(packs)

    # The e-mail as a whole is at fault, so the line is that of its table, one above its value.
    assert error.line == line - 1
    assert str(error) == (
        f"us-ct/routes.toml:{line - 1}: routes[0].email: 'nobody' is not an e-mail address"
    )


def test_all_faults_of_a_folder_are_told_at_once(packs: Copy) -> None:
    packs.replace(STAMFORD, "America/New_York", "Nowhere")
    packs.replace(STAMFORD, '"STAM"', '"S"')

    assert sorted(error.key for error in errors_of(packs)) == ["code", "timezone"]
