"""The replies: what each must say, with what is known and without it."""

from datetime import date

import pytest

from cities.schema.city import RequestKind, Sentence
from requests_app import letters
from requests_app.actions.requests import appeals
from requests_app.letters import LetterError
from requests_app.letters.facts import request_facts
from requests_app.models import LetterKind, RecordsRequest
from requests_app.office_contacts import role_written_to
from tests import factories
from tests.factories import TODAY, acting
from tests.letters.examples import CITIES, MONDAY, PARTICULARS, request

pytestmark = pytest.mark.django_db

OF_CHALLENGES = {LetterKind.APPEAL, *LetterKind.in_a_challenge()}
REPLIES = sorted(set(LetterKind) - LetterKind.requests() - OF_CHALLENGES)


def text_of(of: RecordsRequest, kind: LetterKind, **entered: object) -> str:
    return letters.compose_reply(of, kind, on=MONDAY, **entered).text


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("kind", REPLIES)
def test_reply_can_be_written_in_every_city_with_the_fewest_facts(
    city: str, kind: LetterKind
) -> None:
    of = request(city)
    text = text_of(of, kind)
    office = of.city.office(role_written_to(of, kind))
    assert f"{text}\n".startswith(f"{office.salutation}:\n\n")  # a plain reply is no more
    assert "None" not in text


def test_fee_waiver_gives_the_ground_of_the_law_and_ours() -> None:
    of = factories.in_state("awaiting_fees")
    text = text_of(of, LetterKind.FEE_WAIVER_REQUEST, fee_waiver_ground="our readers ask")
    assert "On November 2, 2026, you estimated a fee of $40.00" in text
    assert "waive fees under § 1-212(d)" in text
    assert "Our readers ask." in text


def test_fee_waiver_where_the_law_has_none_is_a_plain_request() -> None:
    of = request("us-ca/stockton", particulars={"what": "the log"})
    composed = letters.compose_reply(of, LetterKind.FEE_WAIVER_REQUEST, on=MONDAY)
    ours = f"{of.newsroom.name} requests these records to report to the public."
    gap = "[[why the fees should be waived]]"
    assert f"We ask that you waive the fees. {ours} {gap}" in composed.text
    assert composed.legal == ()


def test_narrowing_keeps_the_request_and_its_date() -> None:
    text = text_of(factories.submitted(), LetterKind.NARROWING, narrowed=["the log", " the index "])
    assert "\n1. the log\n2. the index\n" in text
    assert "This is not a new request: it remains the one we made" in text
    assert "the one we made on November 2, 2026, and every time limit runs from that date" in text
    assert "[[what you ask for now]]" in text_of(factories.submitted(), LetterKind.NARROWING)


def test_narrowing_speaks_of_a_question_only_while_it_is_open() -> None:
    asked = "you asked us to clarify"
    assert asked in text_of(factories.in_state("awaiting_clarification"), LetterKind.NARROWING)
    assert asked not in text_of(factories.clarified(), LetterKind.NARROWING)


def test_thanks_for_a_part_gives_up_nothing() -> None:
    part = text_of(factories.in_state("granted_in_part"), LetterKind.THANKS)
    whole = text_of(factories.in_state("granted"), LetterKind.THANKS)
    assert "for the rest, the request stands as we made it" in part
    assert "released to us on November 2, 2026" in whole


def test_withdrawal_gives_a_reason_only_where_there_is_one() -> None:
    of = factories.submitted()
    plain = text_of(of, LetterKind.WITHDRAWAL)
    told = text_of(of, LetterKind.WITHDRAWAL, reason="the city published the reports")
    assert "We withdraw the request named above, which we made on November 2, 2026.\n" in plain
    assert "November 2, 2026. The city published the reports.\n" in told


def test_grounds_are_asked_for_under_the_law_of_the_state() -> None:
    assert "§ 610.023.4" in text_of(request("us-mo/kansas-city"), LetterKind.GROUNDS_REQUEST)
    of = request("us-mo/kansas-city", RequestKind.DATASET)
    assert "§" not in text_of(of, LetterKind.GROUNDS_REQUEST)


def test_notice_of_suit_names_the_court_of_the_city() -> None:
    text = text_of(request("us-ca/concord"), LetterKind.NOTICE_OF_SUIT)
    assert "Superior Court of California, County of Contra Costa (Cal. Gov. Code §§ 7923" in text
    assert "first to the" not in text


def test_notice_of_suit_names_what_the_law_has_before_a_court() -> None:
    of = factories.in_state("denied")
    text = text_of(of, LetterKind.NOTICE_OF_SUIT, answer_by_on=date(2026, 11, 20))
    assert "first to the Freedom of Information Commission (Conn. Gen. Stat. § 1-206(b)(1))" in text
    assert "From there it may go to the Superior Court of Connecticut" in text
    assert "relying on § 1-210(b)(1)" in text
    assert "By Friday, November 20, 2026, we ask that the city:" in text


def test_notice_of_suit_after_the_decision_of_the_commission_goes_straight_to_court() -> None:
    of = factories.in_state("under_appeal")
    appeals.decide(of.appeals.get(), appeals.Decision(TODAY, "affirmed"), **acting(of))
    of.refresh_from_db()
    text = text_of(of, LetterKind.NOTICE_OF_SUIT)
    assert "first to the" not in text
    assert "we took the matter to the Freedom of Information Commission" in text


def test_notice_of_suit_over_a_dataset_is_refused() -> None:
    of = request(kind=RequestKind.DATASET)
    with pytest.raises(LetterError, match="make a request for records under the Connecticut"):
        text_of(of, LetterKind.NOTICE_OF_SUIT)


def test_sentence_that_is_not_verified_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack refuses an unverified sentence; a letter does without the one it then lacks."""
    of = factories.in_state("denied")
    with_law = text_of(of, LetterKind.GROUNDS_REQUEST)
    known = request_facts.law(of.city)
    del known["grounds_line"]
    monkeypatch.setattr(request_facts, "law", lambda city: known)
    without = text_of(of, LetterKind.GROUNDS_REQUEST)
    assert "Section 1-206(a) requires a denial in writing" in with_law
    assert "Section 1-206(a)" not in without
    assert "Please send us a written statement of the grounds. For each record" in without
    with pytest.raises(ValueError, match="found"):
        Sentence(text="x", source="y", confidence="unverified")  # type: ignore[arg-type]


def test_typed_fact_that_no_such_letter_has_is_refused() -> None:
    with pytest.raises(LetterError, match="has no fact “narowed”"):
        text_of(request(), LetterKind.NARROWING, narowed=["x"])


def test_data_requests_have_their_letters_too() -> None:
    of = factories.submitted(
        kind="dataset", subject="Permits", particulars=PARTICULARS[RequestKind.DATASET]
    )
    composed = letters.compose_reply(of, LetterKind.WITHDRAWAL, on=MONDAY)
    assert composed.legal == ()
