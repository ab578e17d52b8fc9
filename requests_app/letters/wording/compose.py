"""A request, an appeal or a reply → the text a reporter starts from."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from cities.schema.city import RequestKind
from requests_app.letters.errors import LetterError
from requests_app.letters.facts import due_facts, request_facts
from requests_app.letters.facts.declared_facts import REQUEST_LETTER, appeal_letter, declared_for
from requests_app.letters.facts.due_facts import Tone
from requests_app.letters.facts.fact import TYPED, Fact, Facts, complete
from requests_app.letters.facts.reply_facts import typed
from requests_app.letters.wording import known_facts
from requests_app.letters.wording.body_needs import check_needs
from requests_app.letters.wording.legal_text import legal_sentences
from requests_app.letters.wording.newsrooms_own.in_force import (
    by_the_newsroom,
    by_the_pack,
    wording_in_force,
)
from requests_app.letters.wording.templates import wording
from requests_app.models import Appeal, LetterKind, RecordsRequest


class SourcedValue(TypedDict):
    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Composition:
    """A letter's text as its template gives it, with the facts the template used.

    `legal`: those of its sentences that rest on law, as they stand in the text. `not_used`: why the
    newsroom's own wording was not taken, where it has one.
    """

    text: str
    template: str
    template_sha256: str
    facts: dict[str, SourcedValue]
    legal: tuple[str, ...] = ()
    not_used: str = ""


def compose_request(records_request: RecordsRequest) -> Composition:
    """The letter of a request, with a mark where the day of the answer will stand."""
    known = known_facts.of_request(records_request)
    stem = REQUEST_LETTER[RequestKind(records_request.kind)]
    return _compose((stem,), records_request, known)


def compose_appeal(appeal: Appeal, *, on: date) -> Composition:
    """The letter of a challenge as of that day: its route's own, else that of the route's kind."""
    request, route = appeal.records_request, appeal.pack_route
    known = known_facts.of_appeal(appeal, on=on)
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
    known = known_facts.of_reply(records_request, kind, on=on)
    law = records_request.city.statute.slug
    return _compose((stem,), records_request, known | typed(entered, law=law))


def compose_in_challenge(
    appeal: Appeal, kind: LetterKind, *, on: date, **entered: Any
) -> Composition:
    """A letter in a challenge that is filed, to the body or to the agency."""
    declared = declared_for(kind) or {}
    if unknown := sorted(entered.keys() - declared.keys()):
        raise LetterError(f"A {kind.label.lower()} has no fact “{unknown[0]}”.")
    request = appeal.records_request
    known = known_facts.of_filed(appeal, kind, on=on) | typed(
        entered, law=request.city.statute.slug
    )
    return _compose((kind,), request, known)


def _stem(request: RecordsRequest, kind: LetterKind, on: date) -> str:
    if kind != LetterKind.FOLLOW_UP:
        return kind
    tone = due_facts.tone(request, on=on)
    return f"{kind}_{tone}" if tone != Tone.NO_DAY else kind


def _compose(stems: tuple[str, ...], request: RecordsRequest, known: Facts) -> Composition:
    template = wording().nearest(stems, request.city_slug)
    facts = complete(known, declared_for(template.stem) or {})
    own = wording_in_force(request.newsroom, template.stem, request.city_slug)
    written = by_the_newsroom(own, template, facts) if own else by_the_pack(template, facts)
    used = {name: fact for name, fact in sorted(known.items()) if name in written.names}
    return Composition(
        text=written.text,
        template=written.template,
        template_sha256=written.sha256,
        facts={name: _sourced(fact) for name, fact in used.items()},
        legal=legal_sentences(
            written.text,
            law=[used[name].value for name in request_facts.SENTENCE_NAMES & used.keys()],
            ours=[fact.value for fact in used.values() if fact.source == TYPED],
        ),
        not_used=written.not_used,
    )


def _sourced(fact: Fact) -> SourcedValue:
    return {"value": fact.value, "source": fact.source}
