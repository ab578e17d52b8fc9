"""What the pack of Kansas City and Missouri says, and what it must never say.

Contacts are compared whole, so that none is added without somebody saying here where it is from.
"""

from cities.schema.city import RequestKind
from cities.schema.load import load_city, load_statute
from tests.cities.packs.reading import GAPS, after, contacts, first_office, gaps_of

KANSAS_CITY = "us-mo/kansas-city"


def test_contacts_are_only_those_with_a_source() -> None:
    assert contacts(KANSAS_CITY, "email") == set()
    assert contacts(KANSAS_CITY, "phone") == {"573-751-3321"}
    assert contacts(KANSAS_CITY, "portal_url") == set()
    assert load_city(KANSAS_CITY).portal.url.value == "https://data.kcmo.org"


def test_address_from_memory_is_marked_unverified() -> None:
    assert contacts(KANSAS_CITY, "address", verified=False) == {
        "City Hall, 414 E. 12th Street, Kansas City, MO 64106"
    }


def test_gaps_are_named() -> None:
    assert gaps_of(KANSAS_CITY) >= GAPS


def test_only_custodian_is_the_communications_director() -> None:
    """KC Code § 2-115(d)."""
    city = load_city(KANSAS_CITY)

    assert [office.role for office in city.offices if office.is_custodian] == ["records_custodian"]
    assert city.offices_for(RequestKind.RECORDS) == (city.office("records_custodian"),)
    assert first_office(city, RequestKind.DATASET) == "dataset_steward"


def test_requester_escalates_complains_or_sues_in_any_order() -> None:
    city = load_city(KANSAS_CITY)

    assert after(city, "denied") == ["city_manager", "attorney_general", "circuit_court"]
    assert after(city, "silence") == after(city, "denied")
    assert city.route("circuit_court").body == "Circuit Court of Jackson County, Missouri"


def test_disputes_over_data_go_to_the_departments_manager_first() -> None:
    routes = load_city(KANSAS_CITY).routes_after("denied", "city", RequestKind.CORRECTION)

    assert [route.slug for route in routes] == ["department_manager", "city_manager"]


def test_city_quotes_its_own_code_beside_the_statute() -> None:
    city = load_city(KANSAS_CITY)

    assert city.sentences["data_line"].source == "KC Code § 2-2133(2), (3)"
    assert "data_line" not in city.statute.letter_sentences


def test_silence_is_no_denial_and_no_acknowledgement_is_set() -> None:
    statute = load_statute("us-mo")

    assert not statute.silence.is_denial
    assert statute.silence.clocks == ()
    assert statute.acknowledgement.is_none_set


def test_sentence_is_left_out_where_no_verified_fact_supports_it() -> None:
    assert "segregation_line" not in load_statute("us-mo").sentences  # § 610.024 is from memory
