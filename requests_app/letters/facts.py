"""Where the facts of a letter come from, each with its source. What may not be said is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cities.pack import Statute
from requests_app.letters import words
from requests_app.letters.declared import Declared
from requests_app.letters.due_day import CLOCK, marked
from requests_app.models import EventKind, RecordsRequest
from requests_app.particulars import Records, read

TYPED = "entered by the newsroom"
LEDGER = "the request's ledger"
DESK = "Records Desk"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a letter, as it is printed, and who says so."""

    value: Any
    source: str


Facts = dict[str, Fact]


def complete(facts: Facts, declared: Mapping[str, Declared]) -> dict[str, Any]:
    """Every declared name with its value, None for what is not stated."""
    return {name: facts[name].value if name in facts else None for name in declared}


def stated(source: str, **values: Any) -> Facts:
    """Those of the values that say something, as facts of one source."""
    return {
        name: Fact(value, source)
        for name, value in values.items()
        if value not in (None, "", False, [], ())
    }


def common(request: RecordsRequest) -> Facts:
    city, statute, office = request.city, request.city.statute, request.office
    return (
        stated(city.slug, salutation=office.salutation, office_name=office.name)
        | stated(city.slug, city_name=city.name, state_name=city.state)
        | stated(
            statute.citation,
            law_name=statute.name,
            law_short_name=statute.short_name,
            law_citation=statute.citation,
        )
        | stated(TYPED, subject=request.subject, their_reference=request.city_reference)
        | stated(DESK, reference=request.reference)
        | stated(DESK, newsroom_name=request.newsroom.name)
    )


def law(statute: Statute) -> Facts:
    """The statute's sentences. One that names our date has a mark for it: see `due_day`."""
    return {
        key: Fact(marked(sentence.text), sentence.source)
        for key, sentence in statute.letter_sentences.items()
    }


def particulars(request: RecordsRequest) -> Facts:
    """What this kind of request asks for. ParticularsError where the draft lacks it."""
    told = read(request.kind, request.particulars)
    return records(told) if isinstance(told, Records) else stated(TYPED, **told.model_dump())


def records(asked: Records) -> Facts:
    return stated(
        TYPED,
        records=[line.strip() for line in asked.what.split("\n") if line.strip()],
        from_on=_day(asked.from_on),
        to_on=_day(asked.to_on),
        format=asked.format,
        fee_limit=_dollars(asked.fee_limit),
        wants_fee_waiver=asked.wants_fee_waiver,
        fee_waiver_ground=words.sentence(asked.fee_waiver_ground) if asked.wants_fee_waiver else "",
    )


def asked(request: RecordsRequest) -> Facts:
    """When the request was made, and until when the city had to answer."""
    facts = stated(
        LEDGER,
        asked_on=_day(request.submitted_on),
        acknowledged_on=_day(request.acknowledged_on),
    )
    response = request.deadlines.filter(clock=CLOCK).exclude(status__in=["met", "void"]).first()
    clock = next((c for c in request.city.statute.clocks if c.name == CLOCK), None)
    if response is None or clock is None or not clock.confidence.may_enter_letter:
        return facts
    return facts | stated(
        response.citation,
        response_due_on=words.weekday(response.due_on) if response.due_on else None,
        response_citation=response.citation,
    )


def clarification(request: RecordsRequest) -> Facts:
    return stated(LEDGER, clarification_requested_on=_day(request.clarification_requested_on))


def denial(request: RecordsRequest) -> Facts:
    """When the city last withheld something, and what it claimed for it."""
    kinds = (EventKind.DENIED, EventKind.GRANTED_IN_PART)
    event = request.events.filter(kind__in=kinds).in_order().last()
    if event is None:
        return {}
    exemptions = [str(exemption) for exemption in event.data.get("exemptions") or []]
    return stated(LEDGER, answered_on=_day(event.on), exemptions=exemptions)


def fees(request: RecordsRequest) -> Facts:
    facts = stated(
        LEDGER,
        fee_amount=_dollars(request.fee_amount),
        fees_estimated_on=_day(request.fees_estimated_on),
    )
    names = ("fee_limit", "wants_fee_waiver", "fee_waiver_ground")
    told = particulars(request)
    return facts | {name: told[name] for name in names if name in told}


def _day(on: date | None) -> str | None:
    return words.day(on) if on else None


def _dollars(amount: Decimal | None) -> str | None:
    return None if amount is None else words.dollars(amount)
