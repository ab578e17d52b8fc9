"""A request, an appeal or a reply → the text a reporter starts from."""

from dataclasses import dataclass
from typing import Any, TypedDict

from cities.pack import RequestKind
from requests_app.letters import appeal_facts, facts
from requests_app.letters.declared import FACTS, REQUEST_LETTER, appeal_letter
from requests_app.letters.errors import LetterError
from requests_app.letters.facts import Fact, Facts, stated
from requests_app.letters.wording import wording
from requests_app.models import Appeal, LetterKind, RecordsRequest
from requests_app.particulars import ParticularsError

REPLIES = {
    LetterKind.CLARIFICATION_ANSWER: facts.clarification,
    LetterKind.FEE_ACCEPTANCE: facts.fees,
    LetterKind.FEE_REFUSAL: facts.fees,
    LetterKind.GROUNDS_REQUEST: facts.denial,
}


class SourcedValue(TypedDict):
    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Composition:
    """A letter's text as its template gives it, with the facts the template used."""

    text: str
    template: str
    template_sha256: str
    facts: dict[str, SourcedValue]


def compose_request(records_request: RecordsRequest) -> Composition:
    """The letter of a request, with a mark where the day of the answer will stand."""
    known = facts.common(records_request) | facts.law(records_request.city.statute)
    known |= _needed(records_request)
    stem = REQUEST_LETTER[RequestKind(records_request.kind)]
    return _compose(stem, records_request, known)


def compose_appeal(appeal: Appeal) -> Composition:
    """The letter of a challenge by its route."""
    request = appeal.records_request
    known = facts.common(request) | facts.law(request.city.statute)
    try:
        known |= appeal_facts.of(appeal)
    except ParticularsError as error:
        raise LetterError(str(error)) from error
    return _compose(appeal_letter(appeal.pack_route.kind), request, known)


def compose_reply(
    records_request: RecordsRequest, kind: LetterKind, **extra_facts: Any
) -> Composition:
    """The letter of a reply. Extra facts are those a person just entered, such as `answer`."""
    declared = FACTS[kind]
    if unknown := sorted(extra_facts.keys() - declared.keys()):
        raise LetterError(f"A {kind.label.lower()} has no fact “{unknown[0]}”.")
    known = (
        facts.common(records_request)
        | facts.law(records_request.city.statute)
        | facts.asked(records_request)
    )
    try:
        known |= REPLIES[kind](records_request) if kind in REPLIES else {}
    except ParticularsError as error:
        raise LetterError(str(error)) from error
    return _compose(kind, records_request, known | stated(facts.TYPED, **extra_facts))


def _needed(request: RecordsRequest) -> Facts:
    try:
        return facts.particulars(request)
    except ParticularsError as error:
        raise LetterError(str(error)) from error


def _compose(stem: str, request: RecordsRequest, known: Facts) -> Composition:
    template = wording().nearest(stem, request.city_slug)
    text = wording().write(template, facts.complete(known, FACTS[stem]))
    return Composition(
        text=text,
        template=template.path,
        template_sha256=template.sha256,
        facts={
            name: _sourced(fact) for name, fact in sorted(known.items()) if name in template.names
        },
    )


def _sourced(fact: Fact) -> SourcedValue:
    return {"value": fact.value, "source": fact.source}
