"""A drafted challenge never goes stale: whatever is recorded after it, on every route."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from cities.schema.city import RequestKind
from cities.schema.load import load_city
from requests_app.actions.errors import Refused
from requests_app.actions.requests import (
    appeal_drafts,
    appeals,
    city_determinations,
    city_progress,
    corrections,
)
from requests_app.actions.requests.appeal_drafts import KEEP, TAKE, SinceDrafted
from requests_app.actions.sending import our_letters
from requests_app.demo.finished_drafts import finish
from requests_app.letters import Sending
from requests_app.letters.wording.merged_sections import without_sections
from requests_app.models import Appeal, Channel, EventKind, RecordsRequest
from requests_app.policy.rights import open_routes
from tests.factories import (
    BY_EMAIL,
    NOW,
    TODAY,
    acting,
    let_go,
    mailed,
    said,
    silent,
    submitted,
)

pytestmark = pytest.mark.django_db

CITIES = ("us-ct/stamford", "us-ca/stockton", "us-mo/kansas-city", "us-or/portland")
LATER = NOW + timedelta(days=3)
THEN = LATER.date()
DENIAL = ["§ 1-210(b)(1)"]


def denied(city: str = "us-ct/stamford", office: str = "") -> RecordsRequest:
    role = office or load_city(city).offices_for(RequestKind.RECORDS)[0].role
    request = submitted(city_slug=city, office_role=role)
    city_determinations.deny(request, answer=said(), exemptions=DENIAL, **acting(request))
    return request


def drafted(request: RecordsRequest, route: str) -> Appeal:
    appeal = appeals.draft(request, route=route, **acting(request))
    return finish(appeal, **acting(request))


def since(appeal: Appeal) -> SinceDrafted:
    appeal = Appeal.objects.get(pk=appeal.pk)
    return appeal_drafts.since_drafted(appeal, on=THEN)


def filed(appeal: Appeal, **how: Any) -> None:
    in_court = appeals.CourtFiling(THEN) if appeal.pack_route.is_court else None
    by = acting(appeal.records_request, LATER)
    appeals.file(appeal, sending=BY_EMAIL, in_court=in_court, **by, **how)


def settled(appeal: Appeal, choice: str = TAKE) -> Appeal:
    moved = since(appeal)
    choices = {sentence.key: choice for sentence in moved.sentences}
    by = acting(appeal.records_request, LATER)
    return finish(appeal_drafts.settle(appeal, choices, seen=moved.seen, **by), **by)


def _release_in_part(request: RecordsRequest) -> None:
    by = acting(request, LATER)
    city_determinations.grant_in_part(request, answer=said(THEN), exemptions=DENIAL, **by)


def _find_nothing(request: RecordsRequest) -> None:
    city_determinations.find_no_records(request, answer=said(THEN), **acting(request, LATER))


def _refer(request: RecordsRequest) -> None:
    by = acting(request, LATER)
    city_determinations.refer(request, answer=said(THEN), to="the County", **by)


def _deny(request: RecordsRequest) -> None:
    city_determinations.deny(
        request, answer=said(THEN), exemptions=DENIAL, **acting(request, LATER)
    )


def _acknowledge(request: RecordsRequest) -> None:
    city_progress.acknowledge(request, answer=said(THEN), **acting(request, LATER))


def _produce_some(request: RecordsRequest) -> None:
    city_progress.produce_in_part(request, answer=said(THEN), **acting(request, LATER))


def _quote_a_fee(request: RecordsRequest) -> None:
    by = acting(request, LATER)
    city_progress.estimate_fees(request, answer=said(THEN), amount=Decimal("90.00"), **by)


def _ask_back(request: RecordsRequest) -> None:
    by = acting(request, LATER)
    city_progress.request_clarification(request, answer=said(THEN, text="Which?"), **by)


def _narrow(request: RecordsRequest) -> None:
    narrowed = mailed(request, narrowed=["the log of 2025"]) | acting(request, LATER)
    our_letters.narrow(request, **narrowed)


# What can be recorded after a denial was drafted against → the city's answer then.
AFTER: dict[str, tuple[Callable[[RecordsRequest], None], str]] = {
    "a part released": (_release_in_part, "granted_in_part"),
    "no records after all": (_find_nothing, "no_records"),
    "referred elsewhere": (_refer, "referred"),
}
# What can be recorded after a silence was drafted against → what is challenged then.
AFTER_SILENCE: dict[str, tuple[Callable[[RecordsRequest], None], str]] = {
    "denied": (_deny, "denied"),
    "a part released": (_release_in_part, "granted_in_part"),
    "no records": (_find_nothing, "no_records"),
    "referred": (_refer, "referred"),
    "acknowledged": (_acknowledge, "silence"),
    "some produced": (_produce_some, "silence"),
    "a fee quoted": (_quote_a_fee, "fee"),
    "a question asked": (_ask_back, "silence"),
    "narrowed by us": (_narrow, "silence"),
}
ROUTES = [
    (city, office, option)
    for city, office, options in (
        ("us-ct/stamford", "", ("foic",)),
        ("us-ca/stockton", "", ("administrative_review", "superior_court")),
        ("us-mo/kansas-city", "", ("attorney_general", "circuit_court")),
        ("us-or/portland", "", ("district_attorney", "public_records_advocate")),
        ("us-or/portland", "elected_official", ("circuit_court_elected",)),
    )
    for option in options
]


@pytest.mark.parametrize(("city", "office", "route"), ROUTES)
@pytest.mark.parametrize("what", AFTER)
def test_nothing_is_filed_before_what_came_after_is_settled(
    what: str, city: str, office: str, route: str
):
    record, answers = AFTER[what]
    appeal = drafted(denied(city, office), route)
    record(appeal.records_request)

    with pytest.raises(Refused, match="Bring the draft up to date first"):
        filed(appeal)

    appeal.refresh_from_db()
    assert appeal.state == "draft"
    if answers not in appeal.pack_route.follows:
        return
    settled(appeal)
    appeal.refresh_from_db()
    assert appeal.answers == answers
    assert appeal.letter_text == since(appeal).composed.text
    assert not since(appeal).is_to_be_settled
    filed(appeal)
    assert appeal.state == "filed"


@pytest.mark.parametrize("what", AFTER_SILENCE)
def test_a_challenge_of_silence_follows_what_broke_it(what: str):
    record, answers = AFTER_SILENCE[what]
    request = silent()
    appeal = drafted(request, "foic")
    assert appeal.answers == "silence"
    record(request)

    with pytest.raises(Refused, match="Bring the draft up to date first"):
        filed(appeal)

    settled(appeal)
    assert (appeal.answers, since(appeal).is_to_be_settled) == (answers, False)
    assert appeal.letter_text == since(appeal).composed.text


def test_routes_of_the_test_are_those_a_denial_opens():
    for city in CITIES:
        request = denied(city)
        offered = {option.route.slug for option in open_routes(request, on=TODAY)}
        assert {route for c, office, route in ROUTES if c == city and not office} <= offered


def test_the_draft_of_a_denial_that_became_a_release_in_part_says_both():
    appeal = drafted(denied(), "foic")
    _release_in_part(appeal.records_request)

    settled(appeal)

    assert (
        "The dates of the violation are November 2, 2026 and November 5, 2026. "
        "On November 2, 2026, the city first denied the request. On November 5, 2026, "
        "the city released a part of what "
        "we asked for and withheld the rest, relying on § 1-210(b)(1)."
    ) in appeal.letter_text
    assert "2. order the city to provide a copy of every record" in appeal.letter_text.lower()


def test_what_moved_is_told():
    appeal = drafted(denied(), "foic")
    _release_in_part(appeal.records_request)

    moved = since(appeal)

    assert [(entry.on, entry.heading) for entry in moved.entries] == [(THEN, "Granted in part")]
    assert appeal_drafts.in_words(moved) == (
        "Since this letter was written, “Granted in part” of Nov 5, 2026 was recorded."
    )
    assert "On November 2, 2026, the city denied the request" in " ".join(
        sentence.was for sentence in moved.sentences
    )


def test_the_writers_own_words_stay_where_they_were():
    appeal = drafted(denied(), "foic")
    own = "The log is kept in the Chief’s office."
    text = appeal.letter_text.replace("## What we ask", f"{own}\n\n## What we ask")
    appeals.edit_letter(appeal, by=appeal.created_by, text=text)
    _release_in_part(appeal.records_request)

    settled(appeal)

    assert appeal.letter_text == since(appeal).composed.text.replace(
        "## What we ask", f"{own}\n\n## What we ask"
    )


def test_what_a_person_keeps_is_kept_and_stays_on_record():
    appeal = drafted(denied(), "foic")
    before = appeal.letter_text
    _release_in_part(appeal.records_request)
    moved = since(appeal)

    settled(appeal, KEEP)

    assert without_sections(appeal.letter_text) == without_sections(before)
    entry = appeal.events.get(kind=EventKind.APPEAL_BROUGHT_UP_TO_DATE)
    assert entry.data["kept"] == [sentence.now or sentence.was for sentence in moved.sentences]
    filed(appeal)


def test_every_changed_sentence_is_decided():
    appeal = drafted(denied(), "foic")
    _release_in_part(appeal.records_request)
    seen = since(appeal).seen

    with pytest.raises(Refused, match="Say of each changed sentence"):
        appeal_drafts.settle(appeal, {}, seen=seen, **acting(appeal.records_request, LATER))

    assert since(appeal).is_to_be_settled


def test_more_than_the_page_showed_settles_nothing():
    appeal = drafted(denied(), "foic")
    _find_nothing(appeal.records_request)
    moved = since(appeal)
    _release_in_part(appeal.records_request)
    choices = {sentence.key: TAKE for sentence in moved.sentences}

    with pytest.raises(Refused, match="more than this page showed"):
        appeal_drafts.settle(
            appeal, choices, seen=moved.seen, **acting(appeal.records_request, LATER)
        )


def test_an_act_that_changes_no_sentence_is_seen_all_the_same():
    appeal = drafted(silent(), "foic")
    _produce_some(appeal.records_request)
    moved = since(appeal)
    assert (moved.sentences, len(moved.recorded)) == ((), 1)

    with pytest.raises(Refused, match="Some of the records produced"):
        filed(appeal)

    settled(appeal)
    filed(appeal)


def test_a_struck_denial_closes_the_way():
    request = denied()
    appeal = drafted(request, "foic")
    entry = request.events.get(kind=EventKind.DENIED)
    corrections.strike(entry, why="another request’s", **acting(request, LATER))

    assert [(one.heading, one.is_struck) for one in since(appeal).entries] == [
        ("Request denied", True)
    ]
    with pytest.raises(Refused, match="Nothing that stands today"):
        filed(appeal)


def test_what_was_given_in_full_closes_the_way_to_the_attorney_general():
    request = denied("us-mo/kansas-city")
    appeal = drafted(request, "attorney_general")
    city_determinations.grant(request, answer=said(THEN), **acting(request, LATER))

    with pytest.raises(Refused, match="Nothing was filed"):
        filed(appeal)


def test_a_fee_that_was_raised_stands_in_the_petition():
    role = load_city("us-or/portland").offices_for(RequestKind.RECORDS)[0].role
    request = submitted(city_slug="us-or/portland", office_role=role)
    fee = {"answer": said(), **acting(request)}
    city_progress.estimate_fees(request, amount=Decimal("40.00"), **fee)
    appeal = drafted(request, "district_attorney")
    later = {"answer": said(THEN), **acting(request, LATER)}
    city_progress.estimate_fees(request, amount=Decimal("90.00"), **later)

    settled(appeal)

    assert "asked for a fee of $90.00" in appeal.letter_text
    assert "$40.00" not in appeal.letter_text


def test_a_narrowed_request_is_told_as_it_stands():
    request = silent()
    appeal = drafted(request, "foic")
    _narrow(request)

    settled(appeal)

    assert (
        "On November 5, 2026, we narrowed the request to this:\n\n1. the log of 2025\n"
        in appeal.letter_text
    )


def test_a_letter_that_was_changed_behind_the_page_is_not_filed():
    appeal = drafted(denied(), "foic")
    seen = appeals.mark_of(appeal.letter_text)
    text = f"{appeal.letter_text}\nOne more thing.\n"
    appeals.edit_letter(appeal, by=appeal.created_by, text=text)

    with pytest.raises(Refused, match="changed after the page was opened"):
        filed(appeal, seen=seen)

    filed(appeal, seen=appeals.mark_of(appeal.letter_text))


def test_an_up_to_date_draft_has_nothing_to_settle():
    appeal = drafted(denied(), "foic")

    assert not since(appeal).is_to_be_settled
    with pytest.raises(Refused, match="up to date already"):
        settled(appeal)


def test_a_filed_appeal_is_settled_no_more():
    appeal = drafted(denied(), "foic")
    let_go(
        appeals.file(
            appeal,
            sending=Sending(Channel.EMAIL, "body@foic.example"),
            **acting(appeal.records_request),
        )
    )
    _release_in_part(appeal.records_request)

    with pytest.raises(Refused, match="is filed"):
        settled(appeal)
