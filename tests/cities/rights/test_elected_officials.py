"""Over an elected official's records no petition lies: every grievance leads to the court alone."""

import pytest

from cities.rights.standing import standing
from cities.schema.city import RequestKind
from cities.schema.load import load_city
from tests.cities.worked import OR, happened, on

DAY = on("2026-11-20")
PETITION = {"district_attorney", "attorney_general"}


def ways(kind: str, custodian: str) -> dict[str, list[str]]:
    """The formal routes open on the day, each with the kinds of its grievances."""
    facts = {"amount": "90.00"} if kind == "fees_estimated" else {}
    facts |= {"until": "2027-03-01"} if kind == "extended" else {}
    events = [happened("received 2026-11-16"), happened(f"{kind} 2026-11-18", **facts)]
    stands = standing(load_city(OR), events, custodian=custodian)
    return {
        way.route.slug: [grievance.kind for grievance, _ in way.claims]
        for way in stands.ways(DAY)
        if way.route.is_formal
    }


@pytest.mark.parametrize(
    ("act", "grievance"),
    [
        ("denied", "denied"),
        ("granted_in_part", "granted_in_part"),
        ("no_records", "no_records"),
        ("referred", "referred"),
        ("fees_estimated", "fee"),
        ("fee_waiver_denied", "fee_waiver"),
        ("extended", "extension"),
    ],
)
def test_each_act_leads_to_the_court_and_by_the_city_to_the_petition(
    act: str, grievance: str
) -> None:
    assert ways(act, "elected_official") == {"circuit_court_elected": [grievance]}
    assert ways(act, "city") == {"district_attorney": [grievance]}


def test_no_sentence_about_an_elected_official_sends_to_the_district_attorney() -> None:
    rules = [rule for rule in load_city(OR).statute.grievances if "city" not in rule.for_custodians]

    assert {rule.kind for rule in rules} == {
        "denied", "granted_in_part", "no_records", "silence", "referred", "fee", "fee_waiver",
        "extension",
    }  # fmt: skip
    assert all("192.427" in rule.citation for rule in rules)
    assert not any("to the district attorney" in rule.explanation.replace(
        "not to the district attorney", "") for rule in rules)  # fmt: skip


def test_no_route_of_an_elected_official_is_a_petition() -> None:
    open_to_them = {
        route.kind.value
        for route in load_city(OR).all_routes()
        if "elected_official" in route.for_custodians and RequestKind.RECORDS in route.for_kinds
    }

    assert not open_to_them & PETITION
