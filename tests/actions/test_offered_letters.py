"""Letters that their description alone offers: written where it fits, and nothing else moves."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from cities.schema.city import RequestKind
from cities.schema.clock_events import EVENTS
from requests_app import letters
from requests_app.actions.errors import Refused
from requests_app.actions.requests import city_progress
from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.actions.sending import offered_letters
from requests_app.actions.sending.our_letters import OurLetter
from requests_app.models import (
    Appeal,
    Channel,
    EventKind,
    LetterKind,
    RecordsRequest,
    RequestState,
)
from requests_app.views.requests.event_lines import sentence
from tests.catalog.trees import trees
from tests.data_requests import asked_for_correction
from tests.factories import TODAY, acting, in_state, mailed, submitted
from tests.letters.examples import PARTICULARS

pytestmark = pytest.mark.django_db

OFFERS = LetterKind.offered()


def extended() -> RecordsRequest:
    request = submitted()
    until = TODAY + timedelta(days=14)
    city_progress.extend(request, answer=CityAnswer(on=TODAY), until=until, **acting(request))
    return request


def about_data() -> RecordsRequest:
    return submitted(
        kind="dataset", subject="Permits", particulars=PARTICULARS[RequestKind.DATASET]
    )


STARTS: dict[LetterKind, Callable[[], RecordsRequest]] = {
    LetterKind.EXEMPTION_REBUTTAL: lambda: in_state(RequestState.DENIED),
    LetterKind.INDEX_REQUEST: lambda: in_state(RequestState.DENIED),
    LetterKind.SEARCH_CHALLENGE: lambda: in_state(RequestState.NO_RECORDS),
    LetterKind.DEFICIENCY_LETTER: lambda: in_state(RequestState.GRANTED),
    LetterKind.EXTENSION_OBJECTION: extended,
    LetterKind.PAYMENT_LETTER: lambda: in_state(RequestState.AWAITING_FEES),
    LetterKind.MISUSE_COMPLAINT: about_data,
}


def start(kind: LetterKind) -> RecordsRequest:
    return STARTS.get(kind, submitted)()


def clocks(request: RecordsRequest) -> list[tuple[object, ...]]:
    rows = request.deadlines.values_list("clock", "due_on", "status", "met_on")
    return sorted(rows, key=str)


@pytest.mark.parametrize("kind", OFFERS)
def test_it_leaves_its_event_and_moves_no_state(kind: LetterKind) -> None:
    request = start(kind)
    before = request.state

    delivery = offered_letters.send(request, kind=kind, **mailed(request))

    request.refresh_from_db()
    assert (delivery.letter.kind, request.state) == (kind, before)
    last = request.events.in_order().last()
    assert last is not None
    assert (last.kind, last.data["letter"]) == (OFFERS[kind].event, str(kind))


@pytest.mark.parametrize("kind", [k for k, o in OFFERS.items() if o.event not in EVENTS])
def test_it_starts_no_clock_and_meets_none(kind: LetterKind) -> None:
    request = start(kind)
    before = clocks(request)

    offered_letters.send(request, kind=kind, **mailed(request))

    assert clocks(request) == before


def test_a_request_for_an_index_asks_for_the_grounds_too_and_alone_moves_a_clock() -> None:
    """In Missouri the grounds are due within three business days of it (§ 610.023.4)."""
    on_a_clock = {kind for kind, offer in OFFERS.items() if offer.event in EVENTS}

    assert on_a_clock == {LetterKind.INDEX_REQUEST}
    assert OFFERS[LetterKind.INDEX_REQUEST].event == EventKind.GROUNDS_REQUESTED


@pytest.mark.parametrize("kind", [k for k in OFFERS if k in STARTS])
def test_where_it_does_not_fit_it_is_refused_with_its_reason(kind: LetterKind) -> None:
    request = submitted()

    with pytest.raises(Refused, match="Nothing was changed") as refusal:
        offered_letters.send(request, kind=kind, **mailed(request))

    assert str(refusal.value).startswith(OFFERS[kind].refusal)
    assert not request.letters.filter(kind=kind).exists()


def test_a_draft_is_written_about_to_nobody() -> None:
    request = in_state(RequestState.DRAFT)

    with pytest.raises(Refused, match="Nothing of this request has reached the city yet"):
        offered_letters.send(request, kind=LetterKind.FREE_LETTER, **mailed(request))


def test_the_ledger_says_what_was_written() -> None:
    request = extended()
    kind = LetterKind.EXTENSION_OBJECTION
    offered_letters.send(request, kind=kind, **mailed(request))

    event = request.events.get(kind=EventKind.LETTER_WRITTEN)

    assert sentence(event, request) == "We objected to the extension by e-mail."


def test_a_letter_with_a_place_to_fill_in_does_not_go() -> None:
    request = submitted()
    kind = LetterKind.FREE_LETTER
    text = letters.compose_reply(request, kind, on=TODAY).text
    acts = mailed(request)
    letter = OurLetter(text, acts["letter"].sending)

    with pytest.raises(Refused, match=r"still has a place to fill in, \[\[what you write\]\]"):
        offered_letters.send(request, kind=kind, letter=letter, by=acts["by"])

    assert not request.letters.filter(kind=kind).exists()


def test_a_free_letter_answers_no_message_and_needs_none() -> None:
    request = submitted()

    delivery = offered_letters.send(request, kind=LetterKind.FREE_LETTER, **mailed(request))

    assert delivery.letter.answers is None
    assert delivery.channel == Channel.EMAIL


def test_misuse_is_reported_to_the_office_that_the_guide_names() -> None:
    request = about_data()

    delivery = offered_letters.send(request, kind=LetterKind.MISUSE_COMPLAINT, **mailed(request))

    assert request.office.name == "City Clerk"
    assert delivery.to_name == "Open-data portal administrator"


def test_misuse_names_the_dataset_as_the_catalog_does() -> None:
    request = asked_for_correction(trees())

    text = letters.compose_reply(request, LetterKind.MISUSE_COMPLAINT, on=TODAY).text

    assert "The dataset is published as “Street Tree Inventory” (identifier: k7rx-29qm)." in text


def test_each_exemption_claimed_is_answered_under_its_own_heading() -> None:
    request = in_state(RequestState.DENIED)
    [claimed] = request.events.get(kind=EventKind.DENIED).data["exemptions"]

    text = letters.compose_reply(request, LetterKind.EXEMPTION_REBUTTAL, on=TODAY).text

    assert f"## The claim under Conn. Gen. Stat. {claimed}" in text
    assert not Appeal.objects.exists()
