"""Before, on, or after the city's day: the tone of a follow-up, and what a late one says."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cities.schema.city import RequestKind
from cities.schema.load import load_city
from requests_app import letters
from requests_app.actions.requests import city_progress
from requests_app.letters import Tone
from requests_app.letters.facts import due_facts
from requests_app.models import Appeal, LetterKind, RecordsRequest
from requests_app.vocabulary import dates_and_amounts
from tests import factories
from tests.factories import acting, said
from tests.letters.examples import PARTICULARS

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 6)  # four business days after November 2: Conn. Gen. Stat. § 1-206(a)


def follow_up(of: RecordsRequest, on: date) -> letters.Composition:
    return letters.compose_reply(of, LetterKind.FOLLOW_UP, on=on)


@pytest.mark.parametrize(
    ("on", "tone"),
    [
        (DUE - timedelta(days=1), Tone.BEFORE),
        (DUE, Tone.ON),
        (DUE + timedelta(days=1), Tone.AFTER),
        (DUE + timedelta(days=400), Tone.AFTER),
    ],
)
def test_tone_follows_from_the_day(on: date, tone: Tone) -> None:
    of = factories.submitted()
    assert letters.tone(of, on=on) == tone
    composed = follow_up(of, on)
    assert composed.template == f"follow_up_{tone}.md"
    assert "Friday, November 6, 2026 (Conn. Gen. Stat. § 1-206(a))" in composed.text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "That was one day ago"),
        (9, "That was nine days ago"),
        (21, "That was twenty-one days ago"),
        (120, "That was 120 days ago"),
    ],
)
def test_lateness_is_said_in_words(days: int, said: str) -> None:
    assert said in follow_up(factories.submitted(), DUE + timedelta(days=days)).text


@pytest.mark.parametrize(
    ("city", "law", "remedy"),
    [
        (
            "us-ct/stamford",
            "within that time as a denial",
            "Freedom of Information Commission (Conn. Gen.",
        ),
        (
            "us-ca/concord",
            "requires a determination",
            "Superior Court of California, County of Contra Costa (Cal.",
        ),
        ("us-mo/kansas-city", "violates that section", ""),
        ("us-or/portland", "as a denial of", "Multnomah County District Attorney (ORS 192.411"),
    ],
)
def test_late_letter_names_what_the_law_makes_of_silence_and_the_remedy(
    city: str, law: str, remedy: str
) -> None:
    role = load_city(city).offices_for(RequestKind.RECORDS)[0].role
    text = follow_up(factories.submitted(city_slug=city, office_role=role), date(2026, 12, 20)).text
    assert law in text
    assert ("as a denial" in text) is (city in {"us-ct/stamford", "us-or/portland"})
    if remedy:
        assert f"The law allows us to take this to the {remedy}" in text
    else:  # there § 610.027.1 says who may sue, and not that the Attorney General hears complaints
        assert "Section 610.027.1 allows any aggrieved person to take a violation" in text
        assert "Attorney General" not in text
    assert "sue" not in text.replace("issue", "")


def test_records_of_an_elected_official_go_to_the_court_and_not_the_district_attorney() -> None:
    of = factories.submitted(city_slug="us-or/portland", office_role="elected_official")
    text = follow_up(of, date(2026, 12, 20)).text
    assert "District Attorney" not in text
    assert "Circuit Court of the State of Oregon for Multnomah County (ORS 192.427)" in text
    assert "192.418" not in text


@pytest.mark.parametrize(
    ("on", "day"),
    [
        (date(2026, 11, 10), "was due on Monday, November 9, 2026."),
        (date(2026, 12, 20), "was due on Monday, November 9, 2026."),
    ],
)
def test_an_elected_officials_silence_is_counted_by_the_seven_days(on: date, day: str) -> None:
    """And by no provision that nobody has read."""
    of = factories.submitted(city_slug="us-or/portland", office_role="elected_official")
    appeal = challenge(of, "circuit_court_elected", "silence")
    text = letters.compose_appeal(appeal, on=on).text
    assert f"By our count, its answer {day}" in text
    assert "192.418" not in text


def test_an_acknowledgment_that_never_came_is_challenged_before_the_answer_is_due() -> None:
    """ORS 192.324(2), 192.407(1)(c): five business days; the answer has ten more."""
    role = load_city("us-or/portland").offices_for(RequestKind.RECORDS)[0].role
    of = factories.submitted(city_slug="us-or/portland", office_role=role)
    appeal = challenge(of, "district_attorney", "silence")
    early = letters.compose_appeal(appeal, on=date(2026, 11, 16)).text
    late = letters.compose_appeal(appeal, on=date(2026, 11, 30)).text
    assert "its acknowledgment was due on Monday, November 9, 2026 (ORS 192.324(2))." in early
    assert "its answer was due" not in early
    assert "its answer was due on Tuesday, November 24, 2026 (ORS 192.324(2), 192.329)." in late


def challenge(of: RecordsRequest, route: str, answers: str) -> Appeal:
    return Appeal(
        records_request=of, route=route, answers=answers, subject="x", created_by=of.created_by
    )


def test_request_without_a_clock_claims_no_day_and_no_law() -> None:
    of = factories.submitted(
        kind="dataset", subject="Permits", particulars=PARTICULARS[RequestKind.DATASET]
    )
    assert letters.tone(of, on=date(2027, 1, 1)) == Tone.NO_DAY
    composed = follow_up(of, date(2027, 1, 1))
    assert "and the date on which we can expect your answer" in composed.text
    assert composed.legal == ()


def test_law_that_sets_no_time_is_not_said_to_set_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due_facts, "_clocks", lambda request: [])
    composed = follow_up(factories.submitted(), date(2027, 1, 1))
    assert composed.template == "follow_up.md"
    assert "law" not in composed.text.lower()
    assert "By our count" not in composed.text


def test_clock_that_was_met_is_not_late() -> None:
    """In Connecticut an acknowledgement ends the four days: what follows is due promptly."""
    of = factories.in_state("acknowledged")
    composed = follow_up(of, date(2027, 1, 1))
    assert composed.template == "follow_up.md"
    assert "Section 1-210(a) entitles us to the records promptly" in composed.text


def test_clock_that_is_stopped_is_not_late() -> None:
    """ORS 192.329(3): the duty to complete is suspended until the fee is paid or waived."""
    role = load_city("us-or/portland").offices_for(RequestKind.RECORDS)[0].role
    of = factories.submitted(city_slug="us-or/portland", office_role=role)
    city_progress.estimate_fees(of, answer=said(), amount=Decimal("180.00"), **acting(of))
    assert letters.tone(of, on=date(2027, 1, 1)) == Tone.NO_DAY
    assert "By our count" not in follow_up(of, date(2027, 1, 1)).text


def test_city_that_was_given_longer_is_not_late_before_that_day() -> None:
    role = load_city("us-or/portland").offices_for(RequestKind.RECORDS)[0].role
    of = factories.submitted(city_slug="us-or/portland", office_role=role)
    until = date(2026, 12, 18)
    city_progress.extend(of, answer=said(), until=until, **acting(of))
    assert letters.tone(of, on=until - timedelta(days=1)) == Tone.BEFORE
    assert letters.tone(of, on=until + timedelta(days=1)) == Tone.AFTER


@pytest.mark.parametrize(
    ("number", "word"), [(0, "zero"), (13, "thirteen"), (20, "twenty"), (99, "ninety-nine")]
)
def test_number_in_words(number: int, word: str) -> None:
    assert dates_and_amounts.number(number) == word
