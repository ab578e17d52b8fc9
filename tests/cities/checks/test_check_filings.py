"""What `check_cities` refuses in arguments, relief and checklists, by file and key."""

import pytest

from cities.checks.check_filings import LAW_ASKS
from cities.checks.check_pack import check_city, check_statute
from tests.cities.conftest import ON, Copy

EXEMPTIONS, FILINGS = "us-zz/exemptions.toml", "us-zz/filings.toml"
ROUTES, STATUTE = "us-zz/routes.toml", "us-zz/statute.toml"
BEND = "us-zz/quarry-bend/city.toml"
NO_MAYOR = "no route 'governor'; there are court, data_board, mayor"


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "problem"),
    [
        # Texts
        (EXEMPTIONS, "[[the day it was replaced]]", "[[the day it was replaced]",
         "exemptions[0].arguments[0].text", "a place to fill in is not closed"),
        (EXEMPTIONS, 'facts_needed = ["On what day was the plan replaced?"]\n', "",
         "exemptions[0].arguments[0].text", "say in `facts_needed` what to find out"),
        (EXEMPTIONS, "is no plan of them", "isn't a plan of them",
         "exemptions[0].arguments[1].text", "holds a straight quote"),
        (EXEMPTIONS, "Harbor Gazette v.", "Harbor's Gazette v.",
         "exemptions[0].arguments[1].authority", "holds a straight quote"),
        (EXEMPTIONS, "and is in use.", "and isn't out of use.", "exemptions[0].must_show",
         "holds a straight quote"),
        (EXEMPTIONS, "Section 9(a) covers", "Section 9(a) asks for proof, and covers",
         "exemptions[0].arguments[0].text", "says that the law “asks”: it requires"),
        (FILINGS, "must show why (", "must show why the law asks (", "general_arguments[0].text",
         "says that the law “asks”: it requires"),
        (FILINGS, "A court awards", "A court's bench awards", "reliefs[3].notice",
         "holds a straight quote"),
        (ROUTES, "The appeal encloses the request", "The Code asks for the request",
         "routes[0].requires[0].why", "says that the law “asks”: it requires"),
        (STATUTE, "§ 2 requires an answer", "§ 2 asks for an answer",
         "letter_sentences.deadline_line.text", "says that the law “asks”: it requires"),
        # Relief
        (FILINGS, 'routes = ["mayor"]', 'routes = ["mayor", "governor"]', "reliefs[0].routes",
         NO_MAYOR),
        (FILINGS, '"granted_in_part", "silence"]', '"granted_in_part", "rudeness"]',
         "reliefs[0].follows[2]", "Input should be 'denied'"),
        (FILINGS, 'follows = ["no_records"]', 'follows = ["no_records", "fee"]',
         "reliefs[1].follows", "none of its routes follows 'fee': leave it out"),
        (FILINGS, "Order the Clerk to release", "The Clerk should release", "reliefs[0].text",
         "write one sentence that begins with a verb: Advise, Ask, Award"),
        (FILINGS, "release the files.", "release the files", "reliefs[0].text",
         "write one sentence that begins with a verb"),
        (FILINGS, 'slug = "search"', 'slug = "release"', "reliefs", "slug 'release' stands twice"),
        (FILINGS, 'citation = "Franklin Code § 6(a)"\n', "", "reliefs[0].citation",
         "is missing: only on a route that no law gives may it be left out"),
        (FILINGS, 'alternative_to = "release"', 'alternative_to = "index"',
         "reliefs[2].in_the_alternative_to", "no other relief 'index' here"),
        (FILINGS, 'alternative_to = "release"', 'alternative_to = "records"',
         "reliefs[2].in_the_alternative_to", "no other relief 'records' here"),
        (FILINGS, 'alternative_to = "release"', 'alternative_to = "judgment"',
         "reliefs[2].in_the_alternative_to", "'judgment' is never asked for on the same route"),
        # Checklists
        (ROUTES, 'parts = ["request", "correspondence"]\nis_', "is_", "routes[0].requires[0].parts",
         "is missing: name the parts of the bundle of which any one satisfies it"),
        (ROUTES, 'parts = ["request", "correspondence"]\nis_', 'parts = ["fees"]\nis_',
         "routes[0].requires[0].parts", "none of them is in the route's bundle"),
        (ROUTES, 'known_from = ["violation_on"]', 'parts = ["request"]',
         "routes[0].requires[2].parts", "only an exhibit has parts, and this is 'fact'"),
        (ROUTES, 'kind = "fact"', 'kind = "form"', "routes[0].requires[2].known_from",
         "only a fact is known from others, and this is 'form'"),
        (ROUTES, 'source = "Franklin Code § 6(b)"\nconfidence = "found"',
         'source = "Franklin Code § 6(b)"', "routes[0].requires[0].is_mandatory",
         "what is not verified refuses no filing"),
        (ROUTES, 'follows = ["denied", "granted_in_part"]\nis_', 'follows = ["denied", "fee"]\nis_',
         "routes[0].requires[1].follows", "the route does not follow 'fee': leave it out"),
        (ROUTES, 'slug = "violation"', 'slug = "request"', "routes[0].requires[2].slug",
         "'request' stands twice: each may be used once"),
        (ROUTES, 'slug = "compliance"', 'slug = "hearing"', "routes[0].days[1].slug",
         "'hearing' stands twice: each may be used once"),
    ],
)  # fmt: skip
def test_fault_is_named_with_file_and_key(
    packs: Copy, file: str, old: str, new: str, key: str, problem: str
) -> None:
    packs.replace(file, old, new)

    (error,) = check_statute("us-zz", on=ON, packs=packs.folder)

    assert (error.file, error.key) == (file, key)
    assert problem in error.problem


def test_second_relief_of_an_exemption_slug_is_refused(packs: Copy) -> None:
    text = (packs.folder / EXEMPTIONS).read_text(encoding="utf-8")
    packs.append(EXEMPTIONS, "\n" + text)

    (error,) = check_statute("us-zz", on=ON, packs=packs.folder)

    assert (error.file, error.key) == (EXEMPTIONS, "exemptions")
    assert error.problem == "slug 'harbor_defenses' stands twice: each may be used once"


CITYS_OWN = """
[[reliefs]]
slug = "board_publishes"
routes = ["data_board"]
follows = ["denied"]
for_kinds = ["dataset"]
text = "Order the Clerk to publish the data."
citation = "Franklin Code § 6"
source = "the Code"
confidence = "found"
"""


def test_city_may_have_relief_for_its_own_route(packs: Copy) -> None:
    packs.append(BEND, CITYS_OWN)

    assert check_city("us-zz/quarry-bend", on=ON, packs=packs.folder) == []


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ('slug = "board_publishes"', 'slug = "release"', "slug",
         "'release' is also the state's: give it a slug of its own"),
        ('routes = ["data_board"]', 'routes = ["governor"]', "routes", NO_MAYOR),
    ],
)  # fmt: skip
def test_fault_in_a_citys_own_relief_is_named(
    packs: Copy, old: str, new: str, key: str, problem: str
) -> None:
    packs.append(BEND, CITYS_OWN.replace(old, new))

    (error,) = check_city("us-zz/quarry-bend", on=ON, packs=packs.folder)

    assert (error.file, error.key, error.problem) == (BEND, f"reliefs[0].{key}", problem)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Section 610.023.3 asks the custodian to act.", True),
        ("ORS 192.324(4)(c) asks for a written estimate.", True),
        ("§ 7922.540 asks for a denial in writing.", True),
        ("The statute asks for a signature.", True),
        ("The request asks for the table.", False),
        ("Section 1-206(a) requires a denial in writing.", False),
        ("Under the Act we ask for copies.", False),
    ],
)
def test_law_requires_and_only_people_ask(text: str, is_found: bool) -> None:
    assert bool(LAW_ASKS.search(text)) is is_found
