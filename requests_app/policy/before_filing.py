"""What a person should look at before a request is filed. It forbids nothing."""

from dataclasses import dataclass

from cities.rights.whose_records import Hint, other_agencies
from cities.schema.city import RequestKind
from cities.schema.facts import Stated
from requests_app.models import RecordsRequest
from requests_app.office_contacts import ResolvedFact, ResolvedOffice


@dataclass(frozen=True, slots=True)
class Caution:
    """A sentence or two, the law they rest on, and whether that was read."""

    text: str
    citation: str
    is_unverified: bool = False


def cautions(
    records_request: RecordsRequest, office: ResolvedOffice, fact: ResolvedFact | None = None
) -> list[Caution]:
    """`fact`: the address it would go to, where one is chosen already."""
    if records_request.kind != RequestKind.RECORDS:
        return []
    hints = other_agencies(records_request.city, _asked_for(records_request))
    return [*map(_not_the_citys, hints), *_may_start_no_clock(records_request, office, fact)]


def _asked_for(request: RecordsRequest) -> str:
    """Its subject and the records asked for, as they stand."""
    details = request.particulars.values() if isinstance(request.particulars, dict) else ()
    return "\n".join([request.subject, *(str(value) for value in details if value)])


def _not_the_citys(hint: Hint) -> Caution:
    agency = hint.agency
    words = " and ".join(f"“{word}”" for word in hint.words)
    text = (
        f"You ask about {words}: these may be records of {agency.name}, an agency of its own. "
        f"Ask {agency.ask}, unless the city has copies of its own."
    )
    return Caution(text, agency.citation, not agency.confidence.may_enter_letter)


def _may_start_no_clock(
    request: RecordsRequest, office: ResolvedOffice, fact: ResolvedFact | None
) -> list[Caution]:
    """Where the law counts from receipt by one office, and it goes to another, or to an address
    that nobody confirmed."""
    law = request.city.statute.binding_receipt
    if not isinstance(law, Stated):
        return []
    if not office.office.is_custodian:
        right = [one.name for one in request.city.offices if one.is_custodian]
        where = f" Send it to the {' or the '.join(right)}, or send a copy there." if right else ""
        text = f"The {office.name} may not be the office whose receipt counts. {law.value}{where}"
        return [Caution(text, law.source, not law.may_enter_letter)]
    if fact is not None and not (fact.is_ours or fact.may_enter_letter):
        text = (
            f"Nobody has confirmed this address as the one of the {office.name}. {law.value} "
            "Say below where you found it."
        )
        return [Caution(text, law.source, not law.may_enter_letter)]
    return []
