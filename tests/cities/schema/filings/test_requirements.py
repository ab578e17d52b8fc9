"""What a route's body requires of a filing: its checklist, its limits, its days."""

import pytest

from cities.schema.facts import NotSpecified
from cities.schema.load import PackErrors, load_city
from cities.schema.offices import Route
from tests.cities.conftest import FIXTURE_PACKS, Copy

ROUTES = "us-zz/routes.toml"


def mayor(packs: Copy | None = None) -> Route:
    folder = packs.folder if packs else FIXTURE_PACKS
    return load_city("us-zz/port-alder", folder).route("mayor")


@pytest.mark.parametrize(
    ("grievance", "required"),
    [
        ("denied", ["request", "denial", "violation"]),
        ("silence", ["request", "violation"]),  # there is no denial to enclose
    ],
)
def test_checklist_is_that_of_the_grievance(grievance: str, required: list[str]) -> None:
    assert [item.slug for item in mayor().requires_for(grievance)] == required


def test_limit_is_a_number_where_a_source_says_and_none_where_none_does() -> None:
    limits = mayor().limits

    assert (limits.pages, limits.bytes, limits.wants_separate_files) == (20, None, True)


def test_limit_that_nobody_states_says_whom_to_ask() -> None:
    limits = load_city("us-zz/port-alder", FIXTURE_PACKS).route("court").limits

    assert (limits.pages, limits.wants_separate_files) == (None, None)
    assert limits.max_pages == NotSpecified(ask="the clerk of the court")


def test_limit_that_a_source_sets_to_none_is_no_number(packs: Copy) -> None:
    packs.replace(
        ROUTES, 'max_pages = { value = "20"', 'max_pages = { none_set = true, value = "None."'
    )

    assert mayor(packs).limits.pages is None


def test_day_is_set_by_the_body_unless_the_law_counts_it() -> None:
    days = mayor().days

    assert [(day.slug, day.is_set_by_the_body) for day in days] == [
        ("hearing", True),
        ("compliance", False),
    ]


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ('max_pages = { value = "20"', 'max_pages = { value = "twenty"', "limits.max_pages",
         "'twenty' is no whole number"),
        ('separate_files = { value = "yes"', 'separate_files = { value = "please"',
         "limits.separate_files", "'please' is neither yes nor no"),
        ("count = 5\n", "", "days[1]",
         "compliance: `count`, `unit` and `counted_from` go together"),
        ('citation = "Franklin Code § 7"\nsource = "Franklin Code § 7"', 'source = "the Code"',
         "days[1]", "compliance: a day that the law counts needs its `citation`"),
        ('parts = ["request", "correspondence"]\nis_', 'parts = ["letter"]\nis_',
         "requires[0].parts[0]", "Input should be 'timeline'"),
        ('kind = "exhibit"', 'kind = "paper"', "requires[0].kind", "Input should be 'exhibit'"),
    ],
)  # fmt: skip
def test_fault_is_named_with_its_key(
    packs: Copy, old: str, new: str, key: str, problem: str
) -> None:
    packs.replace(ROUTES, old, new)

    with pytest.raises(PackErrors) as raised:
        mayor(packs)

    named = [e for e in raised.value.errors if e.key == f"routes[0].{key}"]
    assert len(named) == 1, raised.value.errors
    assert named[0].file == ROUTES
    assert problem in named[0].problem
