"""Where the facts of a letter come from, each with its source. What may not be said is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cities.pack.city import City
from cities.pack.legal_sentences import SENTENCES
from requests_app.letters.facts import phrases
from requests_app.letters.wording.declared import Declared
from requests_app.letters.wording.due_day import marked
from requests_app.models import RecordsRequest
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
SENTENCE_NAMES = frozenset(SENTENCES)


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


def law(city: City) -> Facts:
    """The sentences of the law and of the city's code. One that names our date has a mark for it:
    see `due_day`.
    """
    return {
        key: Fact(marked(sentence.text), sentence.source)
        for key, sentence in city.sentences.items()
    }


def particulars(request: RecordsRequest) -> Facts:
    """What this kind of request asks for. ParticularsError where the draft lacks it."""
    told = read(request.kind, request.particulars)
    if isinstance(told, Records):
        return records(told)
    said = told.model_dump()
    return stated(TYPED, **said | {"volume": phrases.sentence(said.get("volume", ""))})


def records(asked: Records) -> Facts:
    return stated(
        TYPED,
        records=[line.strip() for line in asked.what.split("\n") if line.strip()],
        from_on=day_of(asked.from_on),
        to_on=day_of(asked.to_on),
        format=asked.format,
        fee_limit=dollars(asked.fee_limit),
        wants_fee_waiver=asked.wants_fee_waiver,
        fee_waiver_ground=phrases.sentence(asked.fee_waiver_ground)
        if asked.wants_fee_waiver
        else "",
    )


def day_of(on: date | None) -> str | None:
    return phrases.day(on) if on else None


def dollars(amount: Decimal | None) -> str | None:
    return None if amount is None else phrases.dollars(amount)
