"""The text a reporter starts from: for every kind and city, with what may be said and no more."""

from datetime import date

import pytest

from cities.schema.city import RequestKind, Sentence
from cities.schema.load import load_city
from requests_app import letters
from requests_app.actions.requests import appeals
from requests_app.letters import LetterError
from requests_app.letters.facts.due_day import MARK
from requests_app.models import Appeal, Event, EventKind, LetterKind, RecordsRequest
from tests import factories
from tests.factories import acting
from tests.letters.examples import ASKED_FOR, CITIES, KINDS, MONDAY, request

pytestmark = pytest.mark.django_db

LATER = date(2026, 12, 20)
ROUTES = [(slug, route.slug) for slug in CITIES for route in load_city(slug).all_routes()]


def appeal_of(of: RecordsRequest, route: str, answers: str = "denied") -> Appeal:
    return Appeal(
        records_request=of, route=route, answers=answers, subject="x", created_by=of.created_by
    )


def denied(city: str = "us-ct/stamford", **said: object) -> RecordsRequest:
    """Filed on November 2, denied on November 9 with two exemptions."""
    of = request(city, **said)  # type: ignore[arg-type]
    of.submitted_on = date(2026, 11, 2)
    Event.objects.create(
        records_request=of,
        kind=EventKind.DENIED,
        on=date(2026, 11, 9),
        by=of.created_by,
        data={"exemptions": ["§ 1-210(b)(1)", "§ 1-210(b)(3)"]},
    )
    return of


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("city", CITIES)
def test_request_says_what_is_asked_to_whom(city: str, kind: RequestKind) -> None:
    of = request(city, kind)
    composed = letters.compose_request(of)
    assert composed.text.startswith(f"{of.office.salutation}:\n\n")
    assert ASKED_FOR[kind] in composed.text
    assert of.reference in composed.text
    assert "None" not in composed.text
    assert "not specified" not in composed.text


@pytest.mark.parametrize("city", CITIES)
def test_records_request_cites_the_law_of_its_state(city: str) -> None:
    statute = load_city(city).statute
    text = letters.compose_request(request(city)).text
    assert statute.sentences["request_line"] in text
    assert "January 1, 2024 through December 31, 2025" in text


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("kind", [k for k in KINDS if k != RequestKind.RECORDS])
def test_request_with_no_statutory_clock_claims_none(city: str, kind: RequestKind) -> None:
    text = letters.compose_request(request(city, kind)).text
    assert load_city(city).statute.sentences["request_line"] not in text
    assert MARK not in text


def test_sentence_that_no_fact_supports_is_left_out() -> None:
    assert "waiver_line" not in load_city("us-ca/concord").statute.sentences
    california = letters.compose_request(request("us-ca/concord")).text
    connecticut = letters.compose_request(request("us-ct/stamford")).text
    assert "We ask that you waive or reduce any fees." in california
    assert "We ask that you waive fees under § 1-212(d)" in connecticut


def test_unverified_sentence_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="found"):
        Sentence(text="x", source="y", confidence="unverified")  # type: ignore[arg-type]


def test_fee_waiver_is_asked_only_where_the_reporter_wants_it() -> None:
    particulars = {"what": "the log", "wants_fee_waiver": False, "fee_waiver_ground": "Because."}
    text = letters.compose_request(request(particulars=particulars)).text
    assert "waive" not in text
    assert "Because." not in text


def test_one_record_is_quoted_and_several_are_numbered() -> None:
    one = letters.compose_request(request(particulars={"what": "the log"})).text
    two = letters.compose_request(request(particulars={"what": "the log\n\nthe index"})).text
    assert "\n> the log\n" in one
    assert "\n1. the log\n2. the index\n" in two


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ({"from_on": "2024-01-05"}, "The request covers the period beginning January 5, 2024."),
        ({"to_on": "2025-12-31"}, "The request covers the period ending December 31, 2025."),
        ({}, "The period"),
    ],
)
def test_period_says_what_is_known_of_it(period: dict[str, str], words: str) -> None:
    text = letters.compose_request(request(particulars={"what": "the log", **period})).text
    assert (words in text) is bool(period)


def test_words_of_a_person_cannot_become_structure() -> None:
    what = "1. *all* <script>\n# heading\n{{ reference }}"
    text = letters.compose_request(request(particulars={"what": what})).text
    assert "1. 1\\. \\*all\\* <script>\n2. \\# heading\n3. {{ reference }}\n" in text


def test_composition_lists_the_facts_it_used_with_their_sources() -> None:
    composed = letters.compose_request(request())
    assert composed.template == "records_request.md"
    assert len(composed.template_sha256) == 64
    assert composed.facts["fee_limit"] == {"value": "$50.00", "source": "entered by the newsroom"}
    assert composed.facts["denial_line"]["source"] == "Conn. Gen. Stat. § 1-206(a)"
    assert "law_name" not in composed.facts


def test_data_line_of_state_and_city_stands_in_a_dataset_request() -> None:
    california = letters.compose_request(request("us-ca/stockton", RequestKind.DATASET))
    kansas_city = letters.compose_request(request("us-mo/kansas-city", RequestKind.DATASET))
    assert "§ 7922.680" in california.text
    assert california.facts["data_line"]["source"] == "Cal. Gov. Code § 7922.680"
    assert "please count this letter as such a request." in kansas_city.text
    assert kansas_city.facts["data_line"]["source"] == "KC Code § 2-2133(2), (3)"


def test_incomplete_particulars_say_what_is_missing() -> None:
    of = request()
    of.particulars = {}
    with pytest.raises(LetterError, match="the letter cannot be written without it"):
        letters.compose_request(of)


@pytest.mark.parametrize(("city", "route"), ROUTES)
def test_challenge_says_what_was_asked_and_answered(city: str, route: str) -> None:
    of = denied(city)
    text = letters.compose_appeal(appeal_of(of, route), on=LATER).text
    assert "every use-of-force report of the Police Department" in text
    assert "On November 2, 2026, we asked" in text
    assert "On November 9, 2026, the city denied the request, relying on " in text
    assert "§ 1-210(b)(1) and § 1-210(b)(3)." in text
    assert "None" not in text


def test_silence_is_called_a_denial_only_where_the_law_does() -> None:
    connecticut = letters.compose_appeal(
        appeal_of(factories.silent(), "foic", "silence"), on=LATER
    ).text
    california = letters.compose_appeal(
        appeal_of(denied("us-ca/concord"), "administrative_review", "silence"), on=LATER
    ).text
    assert "treats a failure to comply within that time as a denial" in connecticut
    assert "denial" not in california


def test_commission_gets_what_its_regulations_ask_for() -> None:
    """Regs. Conn. State Agencies § 1-21j-28: who, the date, the agency, the records."""
    of = denied()
    of.newsroom.email = "records@ledger.example"
    text = letters.compose_appeal(appeal_of(of, "foic"), on=LATER).text
    for asked in (
        "Dear Commissioners:",
        of.newsroom.name,
        "records@ledger.example",
        "November 9, 2026",
        "City of Stamford",
        of.office.name,
    ):
        assert asked in text
    assert "civil penalty" not in text  # asked for where the writer chooses it


def test_commission_cannot_be_written_to_by_a_newsroom_that_cannot_be_reached() -> None:
    of = denied()
    of.newsroom.address = of.newsroom.email = of.newsroom.phone = ""
    with pytest.raises(LetterError, match=r"must say how to reach us .*1-21j-28.* under Newsroom"):
        letters.compose_appeal(appeal_of(of, "foic"), on=LATER)


def test_commission_cannot_be_written_to_without_the_day_of_the_violation() -> None:
    with pytest.raises(LetterError, match="record the city's answer with its day"):
        letters.compose_appeal(appeal_of(request(), "foic"), on=LATER)


def test_petition_cannot_be_written_without_the_day_of_the_request() -> None:
    """ORS 192.422(1): the form in the statute, or one with the same information."""
    with pytest.raises(LetterError, match=r"must say the day the request was made .*192\.422"):
        letters.compose_appeal(appeal_of(request("us-or/portland"), "district_attorney"), on=LATER)


def test_route_has_a_letter_of_its_own_in_kansas_city() -> None:
    of = denied("us-mo/kansas-city")
    composed = letters.compose_appeal(appeal_of(of, "city_manager"), on=LATER)
    assert composed.template == "us-mo/kansas-city/appeal_city_manager.md"
    assert "whether the city has a further appeal, and to whom" in composed.text


def test_district_attorney_is_asked_for_an_order() -> None:
    text = letters.compose_appeal(
        appeal_of(denied("us-or/portland"), "district_attorney"), on=LATER
    ).text
    assert "We petition you to order the City of Portland and its employees" in text
    assert "ORS 192.411" in text


def test_notice_of_court_action_is_written_to_the_city() -> None:
    of = denied("us-ca/concord")
    text = letters.compose_appeal(appeal_of(of, "superior_court"), on=LATER).text
    assert text.startswith(f"{of.office.salutation}:")
    assert "County of Contra Costa" in text


def test_challenge_of_a_step_before_tells_it() -> None:
    of = factories.in_state("denied")
    factories.appealed(of)
    appeals.decide(of.appeals.get(), appeals.Decision(factories.TODAY, "affirmed"), **acting(of))
    text = letters.compose_appeal(appeal_of(of, "superior_court", "decision"), on=LATER).text
    assert "we took the matter to the Freedom of Information Commission." in text
    assert "On November 2, 2026, the decision there was that the city may withhold" in text


def test_fee_letters_name_the_amount_and_the_day() -> None:
    of = factories.in_state("awaiting_fees")
    accepted = letters.compose_reply(of, LetterKind.FEE_ACCEPTANCE, on=MONDAY).text
    refused = letters.compose_reply(of, LetterKind.FEE_REFUSAL, on=MONDAY).text
    assert "On November 2, 2026, you estimated a fee of $40.00" in accepted
    assert "We object to that estimate." in refused


def test_clarification_gives_the_answer_or_a_place_for_it() -> None:
    of = factories.in_state("awaiting_clarification")
    kind = LetterKind.CLARIFICATION_ANSWER
    assert "[[your answer]]" in letters.compose_reply(of, kind, on=MONDAY).text
    told = letters.compose_reply(
        of, kind, on=MONDAY, question="Which?", answer="The patrol division."
    ).text
    assert "> Which?" in told
    assert "> The patrol division." in told


def test_unknown_extra_fact_is_refused() -> None:
    with pytest.raises(LetterError, match="has no fact “answr”"):
        letters.compose_reply(request(), LetterKind.CLARIFICATION_ANSWER, on=MONDAY, answr="x")
