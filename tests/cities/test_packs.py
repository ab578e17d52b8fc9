"""The five real packs: what they say, and what they must never say."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from cities.checks.check_pack import check_city, check_statute, count_facts
from cities.pack.city import City, RequestKind
from cities.pack.facts import Confidence, Stated
from cities.pack.legal_sentences import SENTENCES
from cities.pack.load import PACKS, all_cities, city_slugs, load_city, load_statute

ON = date(2026, 11, 21)
FILES = sorted(PACKS.rglob("*.toml"))
CITIES = city_slugs()
STATES = ("us-ca", "us-ct", "us-mo", "us-or")


def stated_in(value: object) -> Iterator[Stated]:
    if isinstance(value, Stated):
        yield value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from stated_in(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from stated_in(item)


def contacts(way: str, *, verified: bool) -> set[str]:
    """Every stated contact of that way, in offices and routes, fit for a letter or not."""
    places = [place for city in all_cities() for place in (*city.offices, *city.all_routes())]
    facts = [getattr(place, way) for place in places]
    return {fact.value for fact in facts if fact.is_stated and fact.may_enter_letter is verified}


@pytest.mark.parametrize("state", STATES)
def test_state_pack_is_sound(state: str) -> None:
    assert check_statute(state, on=ON) == []


@pytest.mark.parametrize("slug", CITIES)
def test_city_pack_is_sound(slug: str) -> None:
    assert check_city(slug, on=ON) == []


@pytest.mark.parametrize("slug", CITIES)
def test_city_says_what_it_knows_and_whom_to_ask_for_the_rest(slug: str) -> None:
    city = load_city(slug)
    stated, missing = count_facts(city)

    assert stated > 20
    assert missing > 20
    assert {gap.what for gap in city.not_specified} >= {
        "fees per page", "fines and escalation for misuse of data", "closures and city holidays",
        "how to appeal, and by when",
    }  # fmt: skip


# Contacts ---------------------------------------------------------------------------------------
# Equality, so that nothing is added without somebody changing this list and saying where from.


def test_emails_are_only_those_with_a_source() -> None:
    assert contacts("email", verified=True) == {
        "OPDA@stocktonca.gov", "city.clerk@stocktonca.gov", "NSS@stocktonca.gov",
        "foi@ct.gov", "DA@mcda.us",
    }  # fmt: skip
    assert contacts("email", verified=False) == set()


def test_phones_are_only_those_with_a_source() -> None:
    assert contacts("phone", verified=True) == {
        "(209) 937-8459", "(925) 671-3393", "(925) 671-3150", "860-566-5682", "573-751-3321",
        "(503) 823-5198", "(503) 823-4078", "(503) 988-3162",
    }  # fmt: skip
    assert contacts("phone", verified=False) == {"(503) 823-4047"}


def test_addresses_from_memory_are_marked_unverified() -> None:
    assert contacts("address", verified=False) == {
        "Government Center, 888 Washington Boulevard, Stamford, CT 06901",
        "City Hall, 414 E. 12th Street, Kansas City, MO 64106",
        "1221 SW 4th Avenue, Room 430, Portland, OR 97204",
        "1200 SW 1st Avenue, Suite 5200, Portland, OR 97204",
    }


def test_web_addresses_are_only_those_with_a_source() -> None:
    assert contacts("portal_url", verified=True) == {
        "https://portlandor.govqa.us/WEBAPP/_rs/supporthome.aspx",
        "https://portland.gov/attorney/request-public-record",
        "https://portland.gov/ppd/public-records",
        "https://oregon.gov/pra",
    }
    assert {city.code: city.portal.url.value for city in all_cities()} == {
        "STAM": "",
        "CONC": "",
        "STOC": "https://data.stocktonca.gov",
        "KCMO": "https://data.kcmo.org",
        "PORT": "https://gis-pdx.opendata.arcgis.com",
    }


# Seen in weak memories, in generated lists, or belonging to another place of the same name.
NEVER = (
    "cityclerk@cityofconcord.org", "clerk@cityofconcord.org", "request@stamfordct.org",
    "StamfordLandUse@", "203-977-", "816-513-", "937-8333", "671-3495", "823-5198 ext",
    "data.stamfordct.gov", "data.portlandoregon.gov", "opendata.portland.gov",
    "portaljs.com", "stocktonca.opendata.arcgis.com", "gis.cityofconcord.org", "7923.010",
)  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKS)))
def test_pack_holds_no_lead_that_was_never_verified(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert [lead for lead in NEVER if lead in text] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKS)))
def test_notes_carry_no_contact(file: Path) -> None:
    """A note may hold a lead, but never one that somebody could write to, call or open."""
    notes = re.findall(r'^note = "(.*)"|note = "([^"]*)"', file.read_text(encoding="utf-8"), re.M)

    for note in ("".join(pair) for pair in notes):
        assert not re.search(r"@|https?://|\b[2-9]\d{2}[-) ]+[2-9]\d{2}-\d{4}", note), note


# Sentences --------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_sentences_are_known_to_letters_and_cite_the_law(state: str) -> None:
    statute = load_statute(state)

    assert statute.sentences.keys() <= SENTENCES.keys()
    assert {"request_line", "deadline_line", "denial_line"} <= statute.sentences.keys()
    for text in statute.sentences.values():
        assert re.search(r"§|ORS|Section", text), text


@pytest.mark.parametrize("state", STATES)
def test_sentences_take_the_date_and_nothing_else(state: str) -> None:
    for key, text in load_statute(state).sentences.items():
        filled = text.format(due_on="Monday, November 16, 2026")

        assert ("Monday, November 16, 2026" in filled) is (key == "deadline_line")


def test_sentence_is_left_out_where_no_verified_fact_supports_it() -> None:
    assert "waiver_line" not in load_statute("us-ca").sentences  # § 7922.505 is from memory
    assert "segregation_line" not in load_statute("us-mo").sentences  # so is § 610.024
    assert "estimate_line" not in load_statute("us-ct").sentences  # the Act promises none
    assert "silence_line" not in load_statute("us-ca").sentences  # silence is no denial there


# Offices ----------------------------------------------------------------------------------------


def first_office(slug: str, kind: RequestKind) -> str:
    return load_city(slug).offices_for(kind)[0].role.value


@pytest.mark.parametrize(
    ("slug", "records", "dataset"),
    [
        ("us-ct/stamford", "city_clerk", "city_clerk"),
        ("us-ca/stockton", "city_clerk", "dataset_steward"),
        ("us-ca/concord", "city_clerk", "dataset_steward"),
        ("us-mo/kansas-city", "records_custodian", "dataset_steward"),
        ("us-or/portland", "records_custodian", "dataset_steward"),
    ],
)
def test_office_proposed_first(slug: str, records: str, dataset: str) -> None:
    assert first_office(slug, RequestKind.RECORDS) == records
    assert first_office(slug, RequestKind.DATASET) == dataset


def test_stocktons_steward_comes_first_for_corrections_too() -> None:
    offices = load_city("us-ca/stockton").offices_for(RequestKind.CORRECTION)

    assert [office.role for office in offices] == ["dataset_steward", "city_clerk", "it"]


def test_kansas_citys_only_custodian_is_the_communications_director() -> None:
    """KC Code § 2-115(d)."""
    city = load_city("us-mo/kansas-city")

    assert [office.role for office in city.offices if office.is_custodian] == ["records_custodian"]
    assert city.offices_for(RequestKind.RECORDS) == (city.office("records_custodian"),)


def test_stamfords_clerk_carries_a_caution_because_only_the_guide_says_so() -> None:
    clerk = load_city("us-ct/stamford").office("city_clerk")

    assert clerk.confidence is Confidence.SECOND_HAND
    assert "Not corroborated" in clerk.caution


def test_portlands_elected_officials_are_custodians_of_their_own_kind() -> None:
    """ORS 192.427."""
    offices = load_city("us-or/portland").offices
    elected = [office.role for office in offices if office.custodian == "elected_official"]

    assert elected == ["elected_official", "auditor"]


# Routes -----------------------------------------------------------------------------------------


def after(city: City, answer: str, custodian: str = "city", *, decided: str = "") -> list[str]:
    return [route.slug for route in city.routes_after(answer, custodian, decided=decided)]


def test_stamford_goes_to_the_commission_and_then_to_court() -> None:
    city = load_city("us-ct/stamford")

    assert after(city, "denied") == after(city, "silence") == ["foic"]
    assert after(city, "decision") == ["superior_court"]


@pytest.mark.parametrize("slug", ["us-ca/stockton", "us-ca/concord"])
def test_california_reviews_informally_and_the_court_is_open_at_once(slug: str) -> None:
    city = load_city(slug)

    assert after(city, "denied") == ["administrative_review", "superior_court"]
    assert not city.route("administrative_review").is_formal
    assert not city.route("administrative_review").deadline.is_stated
    assert city.route("superior_court").deadline.is_none_set


def test_kansas_city_escalates_complains_or_sues_in_any_order() -> None:
    city = load_city("us-mo/kansas-city")

    assert after(city, "denied") == ["city_manager", "attorney_general", "circuit_court"]
    assert after(city, "silence") == after(city, "denied")
    assert city.route("circuit_court").body == "Circuit Court of Jackson County, Missouri"


def test_kansas_city_disputes_over_data_go_to_the_departments_manager_first() -> None:
    routes = load_city("us-mo/kansas-city").routes_after("denied", "city", RequestKind.CORRECTION)

    assert [route.slug for route in routes] == ["department_manager", "city_manager"]


def test_portland_petitions_the_district_attorney_before_court() -> None:
    city = load_city("us-or/portland")

    assert after(city, "denied") == ["district_attorney", "public_records_advocate"]
    assert after(city, "decision", decided="district_attorney") == ["circuit_court"]
    assert after(city, "decision", decided="public_records_advocate") == []


def test_portlands_elected_officials_skip_the_district_attorney() -> None:
    """ORS 192.418(2), 192.427."""
    city = load_city("us-or/portland")

    assert after(city, "silence", "elected_official") == [
        "public_records_advocate", "circuit_court_elected",
    ]  # fmt: skip
    assert after(city, "decision", "elected_official") == []


@pytest.mark.parametrize("slug", CITIES)
def test_every_refusal_has_a_court_at_the_end(slug: str) -> None:
    city = load_city(slug)
    for answer in ("denied", "granted_in_part", "silence", "no_records"):
        routes = {*city.routes_after(answer, "city"), *city.routes_after("decision", "city")}

        assert any(route.is_court for route in routes), answer


# The law ----------------------------------------------------------------------------------------


def test_silence_is_a_denial_where_the_statute_says_so_and_nowhere_else() -> None:
    assert {state: load_statute(state).silence.is_denial for state in STATES} == {
        "us-ct": True,  # § 1-206(a)
        "us-or": True,  # ORS 192.407(1)(a)
        "us-ca": False,
        "us-mo": False,
    }
    assert load_statute("us-ct").silence.clocks == ("response",)
    assert load_statute("us-or").silence.clocks == ("response", "deemed_denial")


def test_acknowledgement_is_set_in_oregon_alone() -> None:
    assert {state: load_statute(state).acknowledgement.is_none_set for state in STATES} == {
        "us-ca": True,
        "us-ct": True,
        "us-mo": True,
        "us-or": False,  # ORS 192.324(2)
    }


def test_bill_that_may_change_californias_days_is_watched_and_not_law() -> None:
    (bill,) = load_statute("us-ca").watch

    assert bill.title == "AB 1821"
    assert bill.from_on == date(2027, 1, 1)
    assert "not verified" in bill.text


@pytest.mark.parametrize("state", STATES)
def test_exemptions_each_have_a_citation_of_their_own(state: str) -> None:
    citations = [exemption.citation for exemption in load_statute(state).exemptions]

    assert len(citations) >= 10
    assert len(set(citations)) == len(citations)


def test_california_exemptions_are_all_unverified() -> None:
    """Their numbers are from memory of the recodification."""
    exemptions = load_statute("us-ca").exemptions

    assert {exemption.confidence for exemption in exemptions} == {Confidence.UNVERIFIED}


@pytest.mark.parametrize("slug", CITIES)
def test_what_rests_on_memory_is_never_called_found(slug: str) -> None:
    for fact in stated_in(load_city(slug)):
        if "memory" in fact.source:
            assert fact.confidence is Confidence.UNVERIFIED, fact.value


@pytest.mark.parametrize("slug", CITIES)
def test_what_rests_on_a_guide_alone_is_second_hand(slug: str) -> None:
    for fact in stated_in(load_city(slug)):
        if fact.source.endswith("guide"):
            assert fact.confidence is Confidence.SECOND_HAND, fact.value
