"""What goes with an appeal, as a pack says it."""

import pytest

from cities.checks.check_pack import check_statute
from cities.pack.load import all_cities, load_city
from tests.cities.conftest import Copy
from tests.cities.test_check_cities import ON

ROUTES = "us-ct/routes.toml"
PARTS = 'parts = ["appeal_letter", "request", "answers", "correspondence"]'


def test_commission_gets_the_correspondence_too():
    bundle = load_city("us-ct/stamford").route("foic").bundle

    assert bundle is not None
    assert bundle.parts == ("appeal_letter", "request", "answers", "correspondence")
    assert "1-21j-28" in bundle.source


def test_petition_in_oregon_goes_with_request_and_denial():
    bundle = load_city("us-or/portland").route("district_attorney").bundle

    assert bundle is not None
    assert bundle.parts == ("appeal_letter", "request", "denial")
    assert bundle.source == "ORS 192.422(1)"


def test_every_bundle_names_its_source():
    bundles = [r.bundle for city in all_cities() for r in city.all_routes() if r.bundle]

    assert bundles
    assert all(bundle.source for bundle in bundles)


@pytest.mark.parametrize(
    ("new", "key", "problem"),
    [
        ('parts = ["letter"]', "routes[0].bundle.parts[0]", "Input should be"),
        ("parts = []", "routes[0].bundle.parts", "name at least one part"),
        ('parts = ["request", "request"]', "routes[0].bundle.parts", "'request' stands twice"),
        ('parts = ["request"]\norder = 1', "routes[0].bundle.order", "is not a key we know"),
    ],
)
def test_fault_is_named_with_file_and_key(packs: Copy, new: str, key: str, problem: str):
    packs.replace(ROUTES, PARTS, new)

    errors = [str(error) for error in check_statute("us-ct", on=ON, packs=packs.folder)]

    assert len([e for e in errors if ROUTES in e and key in e and problem in e]) == 1, errors
