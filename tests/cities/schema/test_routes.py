"""What a pack says of a route: what its letter needs, and the papers that go with it."""

import pytest

from cities.checks.check_pack import check_statute
from cities.schema.load import PackErrors, load_city
from tests.cities.conftest import FIXTURE_PACKS, ON, Copy

ROUTES = "us-zz/routes.toml"
PARTS = 'parts = ["appeal_letter", "request", "answers", "correspondence"]'


def test_bundle_names_its_parts_in_order_and_its_source() -> None:
    bundle = load_city("us-zz/port-alder", FIXTURE_PACKS).route("mayor").bundle

    assert bundle is not None
    assert bundle.parts == ("appeal_letter", "request", "answers", "correspondence")
    assert bundle.source == "Franklin Code § 6(b)"


def test_route_of_which_no_source_says_what_goes_with_it_has_no_bundle() -> None:
    assert load_city("us-zz/port-alder", FIXTURE_PACKS).route("court").bundle is None


@pytest.mark.parametrize(
    ("new", "key", "problem"),
    [
        ('parts = ["letter"]', "routes[0].bundle.parts[0]", "Input should be"),
        ("parts = []", "routes[0].bundle.parts", "name at least one part"),
        ('parts = ["request", "request"]', "routes[0].bundle.parts", "'request' stands twice"),
        ('parts = ["request"]\norder = 1', "routes[0].bundle.order", "is not a key we know"),
    ],
)
def test_fault_of_a_bundle_is_named_with_file_and_key(
    packs: Copy, new: str, key: str, problem: str
) -> None:
    packs.replace(ROUTES, PARTS, new)

    (error,) = check_statute("us-zz", on=ON, packs=packs.folder)

    assert (error.file, error.key) == (ROUTES, key)
    assert problem in error.problem


def test_checklist_is_known_only_from_facts_that_a_letter_knows(packs: Copy) -> None:
    packs.replace(ROUTES, 'known_from = ["violation_on"]', 'known_from = ["violaton_on"]')
    key = r"routes\[0\]\.requires\[\d\]\.known_from\[0\]"

    with pytest.raises(PackErrors, match=rf"^us-zz/routes\.toml:\d+: {key}: "):
        load_city("us-zz/port-alder", packs.folder)
