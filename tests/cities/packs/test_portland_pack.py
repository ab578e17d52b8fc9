"""What the pack of Portland and Oregon says, and what it must never say.

Contacts are compared whole, so that none is added without somebody saying here where it is from.
"""

from cities.schema.city import RequestKind
from cities.schema.load import load_city, load_statute
from tests.cities.packs.reading import GAPS, after, contacts, first_office, gaps_of

PORTLAND = "us-or/portland"


def test_contacts_are_only_those_with_a_source() -> None:
    assert contacts(PORTLAND, "email") == {"DA@mcda.us"}
    assert contacts(PORTLAND, "phone") == {"(503) 823-5198", "(503) 823-4078", "(503) 988-3162"}
    assert contacts(PORTLAND, "portal_url") == {
        "https://portlandor.govqa.us/WEBAPP/_rs/supporthome.aspx",
        "https://portland.gov/attorney/request-public-record",
        "https://portland.gov/ppd/public-records",
        "https://oregon.gov/pra",
    }
    assert load_city(PORTLAND).portal.url.value == "https://gis-pdx.opendata.arcgis.com"


def test_contacts_from_memory_are_marked_unverified() -> None:
    assert contacts(PORTLAND, "phone", verified=False) == {"(503) 823-4047"}
    assert contacts(PORTLAND, "address", verified=False) == {
        "1221 SW 4th Avenue, Room 430, Portland, OR 97204",
        "1200 SW 1st Avenue, Suite 5200, Portland, OR 97204",
    }


def test_gaps_are_named() -> None:
    assert gaps_of(PORTLAND) >= GAPS


def test_custodian_comes_first_for_records_and_the_steward_for_data() -> None:
    city = load_city(PORTLAND)

    assert first_office(city, RequestKind.RECORDS) == "records_custodian"
    assert first_office(city, RequestKind.DATASET) == "dataset_steward"


def test_elected_officials_are_custodians_of_their_own_kind() -> None:
    """ORS 192.427."""
    offices = load_city(PORTLAND).offices
    elected = [office.role for office in offices if office.custodian == "elected_official"]

    assert elected == ["elected_official", "auditor"]


def test_requester_petitions_the_district_attorney_before_court() -> None:
    city = load_city(PORTLAND)

    assert after(city, "denied") == ["district_attorney", "public_records_advocate"]
    assert after(city, "decision", decided="district_attorney") == ["circuit_court"]
    assert after(city, "decision", decided="public_records_advocate") == []


def test_elected_officials_skip_the_district_attorney() -> None:
    """ORS 192.418(2), 192.427."""
    city = load_city(PORTLAND)

    assert after(city, "silence", "elected_official") == [
        "public_records_advocate", "circuit_court_elected",
    ]  # fmt: skip
    assert after(city, "decision", "elected_official") == []


def test_petition_goes_with_request_and_denial() -> None:
    bundle = load_city(PORTLAND).route("district_attorney").bundle

    assert bundle is not None
    assert bundle.parts == ("appeal_letter", "request", "denial")
    assert bundle.source == "ORS 192.422(1)"


def test_silence_is_a_denial_and_an_acknowledgement_is_set() -> None:
    """ORS 192.324(2), 192.407(1)(a)."""
    statute = load_statute("us-or")

    assert statute.silence.is_denial
    assert statute.silence.clocks == ("response", "deemed_denial")
    assert not statute.acknowledgement.is_none_set
