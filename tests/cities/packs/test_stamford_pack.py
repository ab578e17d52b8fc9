"""What the pack of Stamford and Connecticut says, and what it must never say.

Contacts are compared whole, so that none is added without somebody saying here where it is from.
"""

from cities.schema.city import RequestKind
from cities.schema.facts import Confidence
from cities.schema.load import load_city, load_statute
from tests.cities.packs.reading import GAPS, after, contacts, first_office, gaps_of

STAMFORD = "us-ct/stamford"


def test_contacts_are_only_those_with_a_source() -> None:
    assert contacts(STAMFORD, "email") == {"foi@ct.gov"}
    assert contacts(STAMFORD, "phone") == {"860-566-5682"}
    assert contacts(STAMFORD, "portal_url") == set()
    assert load_city(STAMFORD).portal.url.value == ""


def test_address_from_memory_is_marked_unverified() -> None:
    assert contacts(STAMFORD, "address", verified=False) == {
        "Government Center, 888 Washington Boulevard, Stamford, CT 06901"
    }


def test_gaps_are_named() -> None:
    assert gaps_of(STAMFORD) >= GAPS


def test_clerk_comes_first_and_carries_a_caution_because_only_the_guide_says_so() -> None:
    city = load_city(STAMFORD)
    clerk = city.office("city_clerk")

    assert first_office(city, RequestKind.RECORDS) == "city_clerk"
    assert first_office(city, RequestKind.DATASET) == "city_clerk"
    assert clerk.confidence is Confidence.SECOND_HAND
    assert "Not corroborated" in clerk.caution


def test_refusal_goes_to_the_commission_and_then_to_court() -> None:
    city = load_city(STAMFORD)

    assert after(city, "denied") == after(city, "silence") == ["foic"]
    assert after(city, "decision", decided="foic") == ["reconsideration", "superior_court"]
    assert after(city, "decision", decided="reconsideration") == ["superior_court"]


def test_commission_gets_the_correspondence_too() -> None:
    bundle = load_city(STAMFORD).route("foic").bundle

    assert bundle is not None
    assert bundle.parts == ("appeal_letter", "request", "answers", "correspondence")
    assert "1-21j-28" in bundle.source


def test_silence_is_a_denial_and_no_acknowledgement_is_set() -> None:
    """Conn. Gen. Stat. § 1-206(a)."""
    statute = load_statute("us-ct")

    assert statute.silence.is_denial
    assert statute.silence.clocks == ("response",)
    assert statute.acknowledgement.is_none_set


def test_sentence_is_left_out_where_no_verified_fact_supports_it() -> None:
    assert "estimate_line" not in load_statute("us-ct").sentences  # the Act promises none
