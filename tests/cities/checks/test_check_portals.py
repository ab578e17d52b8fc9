"""What `check_cities` refuses in a city's portal, by file and key."""

import pytest

from cities.checks.check_pack import check_city
from cities.schema.load import load_city
from tests.cities.conftest import ON, Copy

BEND = "us-zz/quarry-bend/city.toml"
READING = """
[portal.reading]
platform = "ckan"
base_url = "https://data.quarry-bend.example"
hosts = ["data.quarry-bend.example"]
organization = "quarry-bend"
evidence = "It answered /api/3/action/package_search with 41 datasets, each of them the city's own."
verified_on = 2026-11-21
source = "read by hand"
"""
CHANNEL = """
[[portal.channels]]
kind = "dataset"
way = "letter"
name = "The data steward"
offices = ["dataset_steward"]
source = "the clerk"
"""
WHOLE = f"{READING}{CHANNEL}"


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ("2026-11-21", "2099-01-01", "portal.reading.verified_on", "is in the future"),
        ('"ckan"', '"cakn"', "portal.reading.platform", "Input should be 'socrata'"),
        (
            'base_url = "https', 'base_url = "http',
            "portal.reading.base_url", "must begin with https://",
        ),
        ("verified_on = 2026-11-21\n", "", "portal", "the day in verified_on"),
        ('kind = "dataset"', 'kind = "records"', "portal.channels[0].kind", "asked for at an"),
        ('["dataset_steward"]', "[]", "portal.channels[0]", "a letter needs `offices`"),
        ('["dataset_steward"]', '["law"]', "portal.channels[0].offices", "no 'law' here"),
        ('way = "letter"', 'way = "email"\nemail = "at"', "portal.channels[0]", "not an e-mail"),
        (
            'way = "letter"', 'way = "form"\nurl = "http://x.example"',
            "portal.channels[0]", "must begin with https://",
        ),
    ],
)  # fmt: skip
def test_fault_of_a_portal_is_named_with_file_and_key(
    packs: Copy, old: str, new: str, key: str, problem: str
) -> None:
    assert old in WHOLE
    packs.replace(BEND, READING, WHOLE.replace(old, new))

    (error,) = check_city("us-zz/quarry-bend", on=ON, packs=packs.folder)

    assert (error.file, error.key) == (BEND, key)
    assert problem in error.problem


def test_each_city_says_how_its_portal_is_read() -> None:
    cities = ("us-mo/kansas-city", "us-or/portland", "us-ct/stamford", "us-ca/stockton")
    portals = [load_city(slug).portal for slug in (*cities, "us-ca/concord")]

    assert [(portal.status, portal.reading and portal.reading.platform) for portal in portals] == [
        ("verified", "socrata"),
        ("verified", "arcgis_hub"),
        ("unverified", "ckan"),
        ("misconfigured", "socrata"),
        ("none", None),
    ]
