"""Grievances, routes and clocks that do not meet, by file, line and key."""

import pytest

from cities.checks.check_pack import check_city, check_statute
from tests.cities.conftest import ON, Copy

GRIEVANCES, ROUTES, CLOCKS = "us-zz/grievances.toml", "us-zz/routes.toml", "us-zz/clocks.toml"
BEND = "us-zz/quarry-bend/city.toml"
THERE_ARE = "denied, granted_in_part, no_records, silence"
NAMES = "appeal, appeal_decision, court, fee_lapse, response"


def of_state(packs: Copy) -> list[str]:
    return [str(error) for error in check_statute("us-zz", on=ON, packs=packs.folder)]


def test_route_that_follows_what_nothing_makes_is_named(packs: Copy) -> None:
    line = packs.replace(ROUTES, '"no_records"]', '"no_records", "referred"]')

    assert of_state(packs) == [
        (
            f"{ROUTES}:{line}: routes[0].follows: nothing makes the grievance 'referred', so it "
            "never opens this route: add a [[grievances]] of that kind, or follow one of "
            f"decision, {THERE_ARE}"
        )
    ]


def test_citys_route_that_follows_what_nothing_makes_is_named(packs: Copy) -> None:
    line = packs.replace(BEND, 'slug = "court"', 'slug = "court"')
    packs.replace(BEND, 'slug = "court"', 'slug = "court"\nfollows = ["fee"]')

    (error,) = [str(e) for e in check_city("us-zz/quarry-bend", on=ON, packs=packs.folder)]

    assert error.startswith(f"{BEND}:{line + 1}: routes[0].follows: nothing makes the grievance")


def test_citys_route_for_published_data_may_follow_what_anybody_may_object_to(packs: Copy) -> None:
    packs.replace(BEND, '["denied", "silence"]', '["denied", "fee"]')

    assert check_city("us-zz/quarry-bend", on=ON, packs=packs.folder) == []


def test_grievance_that_no_route_follows_is_named(packs: Copy) -> None:
    packs.append(
        GRIEVANCES,
        '\n[[grievances]]\nkind = "fee"\nstarts = ["fees_estimated"]\nexplanation = "Too much."\n',
    )
    text = (packs.folder / GRIEVANCES).read_text(encoding="utf-8")
    line = text[: text.index('kind = "fee"')].count("\n") + 1

    assert of_state(packs) == [
        (
            f"{GRIEVANCES}:{line}: grievances[5].kind: no route follows 'fee': add it to the "
            "`follows` of a route, or leave the grievance out"
        )
    ]


def test_route_of_one_city_is_enough_for_a_grievance(packs: Copy) -> None:
    packs.append(
        GRIEVANCES,
        '\n[[grievances]]\nkind = "fee"\nstarts = ["fees_estimated"]\nexplanation = "Too much."\n',
    )
    packs.replace(BEND, 'slug = "court"', 'slug = "court"\nfollows = ["decision", "fee"]')

    assert of_state(packs) == []


def test_time_of_ours_that_nothing_begins_is_named(packs: Copy) -> None:
    packs.replace(ROUTES, 'follows = ["denied", "granted_in_part", "silence", "no_records"]',
                  "follows = []")  # fmt: skip

    errors = of_state(packs)

    assert [error.partition(": ")[2] for error in errors if ": clocks" in error] == [
        (
            "clocks[4]: appeal: never begins: no grievance opens the route 'mayor'; give that "
            "route a `follows`, or this clock `starts`"
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ('{ silence_of = "response" }', '{ silence_of = "answer" }', "grievances[3].starts",
         f"no clock 'answer'; there are {NAMES}"),
        ('starts = ["no_records"]', 'starts = [{ event = "extended", past = "answer" }]',
         "grievances[2].starts", f"no clock 'answer'; there are {NAMES}"),
        ('routes = ["mayor"]', 'routes = ["mayors"]', "grievances[4].starts",
         "no route 'mayors'; there are administrative_review, court, data_board, mayor"),
        ('starts = ["denied"]', 'starts = ["denied"]\nremedied_by = [{ silence_of = "response" }]',
         "grievances[0].remedied_by",
         "only what was done remedies: name events here, no silence and no day"),
    ],
)  # fmt: skip
def test_grievance_that_names_what_there_is_not_is_named(
    packs: Copy, old: str, new: str, key: str, problem: str
) -> None:
    packs.replace(GRIEVANCES, old, new)

    (error,) = of_state(packs)

    place, _, said = error.partition(": ")
    assert (place.rpartition(":")[0], said) == (GRIEVANCES, f"{key}: {problem}")
