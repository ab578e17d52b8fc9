"""The facts of the replies: what the city asked, estimated, withheld or gave, and what we say."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from requests_app.letters.facts import argument_facts, request_facts
from requests_app.letters.facts.challenge_facts import asked_for
from requests_app.letters.facts.cited_facts import cited_dataset
from requests_app.letters.facts.fact import LEDGER, TYPED, Facts, day_of, dollars, stated
from requests_app.models import Event, EventKind, LetterKind, RecordsRequest
from requests_app.vocabulary import dates_and_amounts
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import kinds_marked
from requests_app.vocabulary.letter_description import Offer, Shape

# Typed as a phrase, printed as a sentence.
_PHRASES = frozenset({"fee_waiver_ground", "reason"}) | {
    question.name
    for kind in LetterKind
    for question in kind.described.questions
    if question.shape is Shape.TEXT
}
_ASKED = (EventKind.CLARIFICATION_REQUESTED, EventKind.CLARIFIED)


def clarification(request: RecordsRequest) -> Facts:
    return stated(LEDGER, clarification_requested_on=day_of(request.clarification_requested_on))


def open_question(request: RecordsRequest) -> Facts:
    """The city's question, unless we have answered it."""
    last = request.events.effective().filter(kind__in=_ASKED).in_order().last()
    is_open = last is not None and last.kind == EventKind.CLARIFICATION_REQUESTED
    return clarification(request) if is_open else {}


def denial(request: RecordsRequest) -> Facts:
    """When the city last withheld something, and what it claimed for it."""
    event = (
        request.events.effective().filter(kind__in=kinds_marked(Mark.WITHHOLDS)).in_order().last()
    )
    if event is None:
        return {}
    exemptions = [str(exemption) for exemption in event.data.get("exemptions") or []]
    return stated(LEDGER, answered_on=day_of(event.on), exemptions=exemptions)


def fees(request: RecordsRequest) -> Facts:
    estimate = stated(
        LEDGER,
        fee_amount=dollars(request.fee_amount),
        fees_estimated_on=day_of(request.fees_estimated_on),
    )
    names = ("fee_limit", "wants_fee_waiver", "fee_waiver_ground")
    told = request_facts.particulars(request)
    return estimate | {name: told[name] for name in names if name in told}


def received(request: RecordsRequest) -> Facts:
    """What the city gave last, and when."""
    event = (
        request.events.effective()
        .filter(kind__in=kinds_marked(Mark.GIVES_RECORDS))
        .in_order()
        .last()
    )
    if event is None:
        return {}
    return stated(LEDGER, answers=str(event.kind), answered_on=day_of(event.on))


def no_records(request: RecordsRequest) -> Facts:
    """When the city last said that it has no such records."""
    event = _last(request, EventKind.NO_RECORDS)
    return stated(LEDGER, answered_on=day_of(event.on)) if event else {}


def extension(request: RecordsRequest) -> Facts:
    """The time that the city took last, until when, and the ground it gave."""
    event = _last(request, EventKind.EXTENDED)
    if event is None:
        return {}
    until = event.data.get("until")
    return stated(
        LEDGER,
        extended_on=day_of(event.on),
        extended_until=day_of(date.fromisoformat(until)) if until else None,
        extension_ground=event.data.get("ground"),
    )


def _last(request: RecordsRequest, kind: EventKind) -> Event | None:
    return request.events.effective().filter(kind=kind).in_order().last()


GROUPS: Mapping[str, Callable[[RecordsRequest], Facts]] = {
    "argument": argument_facts.of_rebuttal,
    "asked_for": asked_for,
    "dataset": cited_dataset,
    "extension": extension,
    "fees": fees,
    "no_records": no_records,
    "release": received,
    "withheld": denial,
}
"""What an offered letter may say of its request, by the names that its description gives."""


def _of_an_offer(offer: Offer) -> Callable[[RecordsRequest], Facts]:
    def facts(request: RecordsRequest) -> Facts:
        return {
            name: fact for group in offer.facts for name, fact in GROUPS[group](request).items()
        }

    return facts


CHOSEN_FROM_THE_PACK = frozenset({"argument"})
"""What the letter's page gives, and no person typed."""

REPLIES: Mapping[LetterKind, Callable[[RecordsRequest], Facts]] = {
    LetterKind.CLARIFICATION_ANSWER: clarification,
    LetterKind.FEE_ACCEPTANCE: fees,
    LetterKind.FEE_REFUSAL: fees,
    LetterKind.FEE_WAIVER_REQUEST: fees,
    LetterKind.GROUNDS_REQUEST: denial,
    LetterKind.NARROWING: open_question,
    LetterKind.THANKS: received,
    **{kind: _of_an_offer(offer) for kind, offer in LetterKind.offered().items()},
}
"""The facts that a kind of reply has beside those of every reply."""


def typed(values: Mapping[str, Any], *, law: str) -> Facts:
    """What a person just entered, as it is printed. An argument that they chose from the pack is
    that `law`'s, however they edited it: where they depart from it, it is shown."""
    words = {name: value for name, value in values.items() if name not in CHOSEN_FROM_THE_PACK}
    chosen = {name: value for name, value in values.items() if name in CHOSEN_FROM_THE_PACK}
    printed = {name: _printed(name, value) for name, value in words.items()}
    return stated(TYPED, **printed) | stated(law, **chosen)


def _printed(name: str, value: Any) -> Any:
    if isinstance(value, date):
        return dates_and_amounts.weekday(value)
    if isinstance(value, Decimal):
        return dates_and_amounts.dollars(value)
    if isinstance(value, list | tuple):
        return [line.strip() for line in value if line.strip()]
    return dates_and_amounts.sentence(value) if name in _PHRASES else value
