"""What may be asked for over a grievance on a route."""

import pytest

from cities.rights.reliefs import notices_for, reliefs_for
from cities.schema.load import load_city
from tests.cities.conftest import FIXTURE_PACKS

ALDER = load_city("us-zz/port-alder", FIXTURE_PACKS)


@pytest.mark.parametrize(
    ("route", "grievance", "slugs"),
    [
        ("mayor", "denied", ["release", "index"]),
        ("mayor", "no_records", ["search"]),
        ("court", "decision", ["judgment"]),
        ("court", "denied", []),
        ("governor", "denied", []),
    ],
)
def test_relief_is_that_of_the_route_and_the_grievance(
    route: str, grievance: str, slugs: list[str]
) -> None:
    assert [relief.slug for relief in reliefs_for(ALDER, route, grievance)] == slugs


def test_relief_for_records_is_not_asked_for_over_a_dataset() -> None:
    assert reliefs_for(ALDER, "mayor", "denied", kind="dataset") == ()


def test_relief_that_rests_on_memory_is_named_and_never_printed() -> None:
    reliefs = reliefs_for(ALDER, "mayor", "denied")

    assert [(r.slug, r.may_be_printed) for r in reliefs] == [("release", True), ("index", False)]


def test_notice_of_suit_warns_of_what_may_be_printed() -> None:
    assert [r.slug for r in notices_for(ALDER, "court", "decision")] == ["judgment"]
    assert notices_for(ALDER, "mayor", "denied") == ()


@pytest.mark.parametrize(
    ("city", "route", "grievance", "citations"),
    [
        ("us-ca/stockton", "superior_court", "silence",
         ["Cal. Gov. Code § 7923.115(a) (former § 6259(d))"]),
        ("us-or/portland", "circuit_court", "decision", ["ORS 192.431(3)"]),
        ("us-or/portland", "circuit_court", "disobeyed", ["ORS 192.431(3)"]),
        ("us-or/portland", "district_attorney", "silence", ["ORS 192.407(3)(b)"]),
        ("us-or/portland", "district_attorney", "denied", []),  # the $200 is for delay alone
        ("us-mo/kansas-city", "circuit_court", "denied",
         ["Mo. Rev. Stat. § 610.027.4", "Mo. Rev. Stat. § 610.027.3",
          "Mo. Rev. Stat. § 610.027; Laut v. City of Arnold, 491 S.W.3d 191 (Mo. banc 2016)"]),
        ("us-ct/stamford", "foic", "denied", ["Conn. Gen. Stat. § 1-206(b)(2)"]),
    ],
)  # fmt: skip
def test_city_is_told_what_may_be_awarded(
    city: str, route: str, grievance: str, citations: list[str]
) -> None:
    warned = notices_for(load_city(city), route, grievance)

    assert [relief.citation for relief in warned] == citations
