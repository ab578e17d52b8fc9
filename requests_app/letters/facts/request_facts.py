"""The facts of every letter about a request: its office, its law, and what it asks for."""

from cities.schema.city import City
from cities.schema.legal_sentences import SENTENCES
from requests_app.letters.facts.due_day import marked
from requests_app.letters.facts.fact import DESK, TYPED, Fact, Facts, day_of, dollars, stated
from requests_app.models import RecordsRequest
from requests_app.office_contacts import ResolvedOffice, office_asked
from requests_app.particulars import Records, read
from requests_app.vocabulary import dates_and_amounts

SENTENCE_NAMES = frozenset(SENTENCES)


def common(request: RecordsRequest) -> Facts:
    city, statute = request.city, request.city.statute
    return (
        office(request, office_asked(request))
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


def office(request: RecordsRequest, greeted: ResolvedOffice) -> Facts:
    """Whom a letter greets."""
    return stated(request.city_slug, salutation=greeted.salutation, office_name=greeted.name)


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
    said["volume"] = dates_and_amounts.sentence(said.get("volume", ""))
    if links := said.get("evidence_links"):
        said["evidence_links"] = [line.strip() for line in links.split("\n") if line.strip()]
    return stated(TYPED, **said)


def records(asked: Records) -> Facts:
    return stated(
        TYPED,
        records=[line.strip() for line in asked.what.split("\n") if line.strip()],
        from_on=day_of(asked.from_on),
        to_on=day_of(asked.to_on),
        format=asked.format,
        fee_limit=dollars(asked.fee_limit),
        wants_fee_waiver=asked.wants_fee_waiver,
        fee_waiver_ground=dates_and_amounts.sentence(asked.fee_waiver_ground)
        if asked.wants_fee_waiver
        else "",
    )
