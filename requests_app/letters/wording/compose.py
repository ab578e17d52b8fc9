"""A request, an appeal or a reply → the text a reporter starts from."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from cities.schema.city import RequestKind
from requests_app.letters.errors import LetterError
from requests_app.letters.facts import appeal_facts, due_facts, request_facts
from requests_app.letters.facts.declared_facts import REQUEST_LETTER, appeal_letter, declared_for
from requests_app.letters.facts.due_facts import Tone
from requests_app.letters.facts.fact import TYPED, Fact, Facts, complete
from requests_app.letters.facts.reply_facts import REPLIES, typed
from requests_app.letters.facts.suit_facts import suit
from requests_app.letters.wording.body_needs import check_needs
from requests_app.letters.wording.legal_text import legal_sentences
from requests_app.letters.wording.templates import wording
from requests_app.models import Appeal, LetterKind, RecordsRequest
from requests_app.office_contacts import role_written_to
from requests_app.particulars import ParticularsError


class SourcedValue(TypedDict):
    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Composition:
    """A letter's text as its template gives it, with the facts the template used.

    `legal`: those of its sentences that rest on law, as they stand in the text.
    """

    text: str
    template: str
    template_sha256: str
    facts: dict[str, SourcedValue]
    legal: tuple[str, ...] = ()


def compose_request(records_request: RecordsRequest) -> Composition:
    """The letter of a request, with a mark where the day of the answer will stand."""
    known = request_facts.common(records_request) | request_facts.law(records_request.city)
    try:
        known |= request_facts.particulars(records_request)
    except ParticularsError as error:
        raise LetterError(str(error)) from error
    stem = REQUEST_LETTER[RequestKind(records_request.kind)]
    return _compose((stem,), records_request, known)


def compose_appeal(appeal: Appeal, *, on: date) -> Composition:
    """The letter of a challenge as of that day: its route's own, else that of the route's kind."""
    request, route = appeal.records_request, appeal.pack_route
    known = _known(request)
    try:
        known |= appeal_facts.of(appeal, on=on)
    except ParticularsError as error:
        raise LetterError(str(error)) from error
    check_needs(route, known)
    return _compose((appeal_letter(route.slug), appeal_letter(route.kind)), request, known)


def compose_reply(
    records_request: RecordsRequest, kind: LetterKind, *, on: date, **entered: Any
) -> Composition:
    """The letter of a reply written that day in the city.

    `entered`: facts that a person just typed, such as `answer`.
    """
    stem = _stem(records_request, kind, on)
    declared = declared_for(stem) or {}
    if unknown := sorted(entered.keys() - declared.keys()):
        raise LetterError(f"A {kind.label.lower()} has no fact “{unknown[0]}”.")
    # A challenge names a day only that the city let pass: see `challenge_facts`.
    is_suit = kind == LetterKind.NOTICE_OF_SUIT
    asked = due_facts.made if is_suit else due_facts.asked
    known = _known(records_request) | asked(records_request)
    known |= request_facts.office(records_request, role_written_to(records_request, kind))
    known |= due_facts.late(records_request, on=on)
    try:
        known |= REPLIES[kind](records_request) if kind in REPLIES else {}
        known |= suit(records_request, on=on) if is_suit else {}
    except ParticularsError as error:
        raise LetterError(str(error)) from error
    law = records_request.city.statute.slug
    return _compose((stem,), records_request, known | typed(entered, law=law))


def _stem(request: RecordsRequest, kind: LetterKind, on: date) -> str:
    if kind != LetterKind.FOLLOW_UP:
        return kind
    tone = due_facts.tone(request, on=on)
    return f"{kind}_{tone}" if tone != Tone.NO_DAY else kind


def _known(request: RecordsRequest) -> Facts:
    """What is known after a request was made. Its law is quoted only where it is under the law."""
    known = request_facts.common(request)
    return known | request_facts.law(request.city) if request.kind == RequestKind.RECORDS else known


def _compose(stems: tuple[str, ...], request: RecordsRequest, known: Facts) -> Composition:
    template = wording().nearest(stems, request.city_slug)
    declared = declared_for(template.stem) or {}
    text = wording().write(template, complete(known, declared))
    used = {name: fact for name, fact in sorted(known.items()) if name in template.names}
    return Composition(
        text=text,
        template=template.path,
        template_sha256=template.sha256,
        facts={name: _sourced(fact) for name, fact in used.items()},
        legal=legal_sentences(
            text,
            law=[used[name].value for name in request_facts.SENTENCE_NAMES & used.keys()],
            ours=[fact.value for fact in used.values() if fact.source == TYPED],
        ),
    )


def _sourced(fact: Fact) -> SourcedValue:
    return {"value": fact.value, "source": fact.source}
