"""What the packs of Stockton, Concord and California say, and what they must never say.

Contacts are compared whole, so that none is added without somebody saying here where it is from.
"""

from datetime import date

import pytest

from cities.schema.city import RequestKind
from cities.schema.facts import Confidence
from cities.schema.load import load_city, load_statute
from tests.cities.packs.reading import GAPS, after, contacts, first_office, gaps_of

STOCKTON, CONCORD = "us-ca/stockton", "us-ca/concord"


def test_stocktons_contacts_are_only_those_with_a_source() -> None:
    assert contacts(STOCKTON, "email") == {
        "OPDA@stocktonca.gov", "city.clerk@stocktonca.gov", "NSS@stocktonca.gov",
    }  # fmt: skip
    assert contacts(STOCKTON, "phone") == {"(209) 937-8459"}
    assert contacts(STOCKTON, "portal_url") == set()
    assert load_city(STOCKTON).portal.url.value == "https://data.stocktonca.gov"


def test_concords_contacts_are_only_those_with_a_source() -> None:
    assert contacts(CONCORD, "email") == set()
    assert contacts(CONCORD, "phone") == {"(925) 671-3393", "(925) 671-3150"}
    assert contacts(CONCORD, "portal_url") == set()
    assert load_city(CONCORD).portal.url.value == ""


@pytest.mark.parametrize("slug", [STOCKTON, CONCORD])
def test_no_contact_is_from_memory(slug: str) -> None:
    ways = ("email", "phone", "address", "portal_url")

    assert {way: contacts(slug, way, verified=False) for way in ways} == {
        way: set() for way in ways
    }


@pytest.mark.parametrize("slug", [STOCKTON, CONCORD])
def test_gaps_are_named(slug: str) -> None:
    assert gaps_of(slug) >= GAPS


@pytest.mark.parametrize("slug", [STOCKTON, CONCORD])
def test_clerk_comes_first_for_records_and_the_steward_for_data(slug: str) -> None:
    city = load_city(slug)

    assert first_office(city, RequestKind.RECORDS) == "city_clerk"
    assert first_office(city, RequestKind.DATASET) == "dataset_steward"


def test_stocktons_steward_comes_first_for_corrections_too() -> None:
    offices = load_city(STOCKTON).offices_for(RequestKind.CORRECTION)

    assert [office.role for office in offices] == ["dataset_steward", "city_clerk", "it"]


@pytest.mark.parametrize("slug", [STOCKTON, CONCORD])
def test_review_is_informal_and_the_court_is_open_at_once(slug: str) -> None:
    city = load_city(slug)

    assert after(city, "denied") == ["administrative_review", "superior_court"]
    assert not city.route("administrative_review").is_formal
    assert not city.route("administrative_review").deadline.is_stated
    assert city.route("superior_court").deadline.is_none_set


def test_each_city_has_the_court_of_its_county() -> None:
    assert "San Joaquin" in load_city(STOCKTON).route("superior_court").body
    assert "Contra Costa" in load_city(CONCORD).route("superior_court").body


def test_silence_is_no_denial_and_no_acknowledgement_is_set() -> None:
    statute = load_statute("us-ca")

    assert not statute.silence.is_denial
    assert statute.silence.clocks == ()
    assert statute.acknowledgement.is_none_set


def test_sentence_is_left_out_where_no_verified_fact_supports_it() -> None:
    assert "waiver_line" not in load_statute("us-ca").sentences  # § 7922.505 is from memory
    assert "silence_line" not in load_statute("us-ca").sentences  # silence is no denial there


def test_bill_that_may_change_the_days_is_watched_and_not_law() -> None:
    (bill,) = load_statute("us-ca").watch

    assert bill.title == "AB 1821"
    assert bill.from_on == date(2027, 1, 1)
    assert "not verified" in bill.text


def test_no_exemption_is_called_found_whose_present_number_was_not_read() -> None:
    """Most numbers are known from summaries of the recodification alone."""
    exemptions = load_statute("us-ca").exemptions

    found = {exemption.slug for exemption in exemptions if exemption.confidence is Confidence.FOUND}
    assert found == {"drafts_and_notes", "software"}
