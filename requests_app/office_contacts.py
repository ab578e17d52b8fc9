"""How to reach an office: the newsroom's own entry where there is one, else the pack's fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cities.schema.city import City, Office
from cities.schema.facts import Fact, NotSpecified
from requests_app.models import Appeal, Channel, LetterKind, Newsroom, OfficeEntry, RecordsRequest

FIELDS = ("email", "address", "phone", "portal_url")


@dataclass(frozen=True, slots=True)
class ResolvedFact:
    """One way to reach an office. Without a `value`, `ask` says who would know it."""

    value: str = ""
    source: str = ""
    checked_on: date | None = None
    is_ours: bool = False  # a person of this newsroom entered it
    confidence: str = ""
    ask: str = ""
    note: str = ""

    @property
    def is_stated(self) -> bool:
        return bool(self.value)

    @property
    def is_unverified(self) -> bool:
        return self.confidence == "unverified"

    @property
    def may_enter_letter(self) -> bool:
        return self.is_stated and not self.is_unverified


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter is for, and the ways to reach them."""

    name: str
    email: ResolvedFact
    address: ResolvedFact
    phone: ResolvedFact
    portal_url: ResolvedFact

    def fact_for(self, channel: str) -> ResolvedFact:
        """The fact that a channel needs: an e-mail goes to an address of that kind."""
        fact: ResolvedFact = getattr(self, Channel(channel).described.contact)
        return fact


@dataclass(frozen=True, slots=True)
class ResolvedOffice(Addressee):
    """An office of a pack with the contact details this newsroom would use."""

    office: Office
    cut_off: ResolvedFact | None = None  # "17:00"; None: nobody names an hour


def addressee_of(appeal: Appeal) -> Addressee:
    """The reviewing body. A court is not written to: its letter is a notice to the office asked."""
    request, route = appeal.records_request, appeal.pack_route
    if route.is_court:
        return resolve(request.newsroom, request.city, request.office_role)
    facts = {name: from_pack(getattr(route, name)) for name in FIELDS}
    return Addressee(name=route.body, **facts)


def recipient_of(request: RecordsRequest, kind: LetterKind, appeal: Appeal | None) -> Addressee:
    """Whom a letter is for: the body that decides a challenge, or an office of the city."""
    if appeal is None or goes_to_the_agency(kind):
        return written_to(request, kind)
    return addressee_of(appeal)


def goes_to_the_agency(kind: LetterKind) -> bool:
    """Whether a letter in a challenge is for the agency, and not for the body."""
    offer = kind.described.in_a_challenge
    return offer is not None and offer.to_the_agency


def role_written_to(request: RecordsRequest, kind: LetterKind) -> str:
    """The role of the office that such a letter about the request is for: nearly always the one
    that was asked."""
    enforcer = request.city.enforcer if kind.described.goes_to_enforcer else None
    return str(enforcer.role) if enforcer else request.office_role


def written_to(request: RecordsRequest, kind: LetterKind) -> ResolvedOffice:
    """The office that such a letter about the request is for."""
    return resolve(request.newsroom, request.city, role_written_to(request, kind))


def resolve(newsroom: Newsroom, city: City, role: str) -> ResolvedOffice:
    """One office. Raises LookupError where the city has none of that role."""
    return _merge(city.office(role), _entries(newsroom, city).get(role, {}))


def resolve_all(newsroom: Newsroom, city: City) -> list[ResolvedOffice]:
    """Every office of a city, in the pack's order, in one query."""
    entries = _entries(newsroom, city)
    return [_merge(office, entries.get(office.role, {})) for office in city.offices]


def designated_custodian(newsroom: Newsroom, city: City) -> ResolvedOffice | None:
    """The one office that the city's law means by its custodian; None where several may be."""
    custodians = [office for office in resolve_all(newsroom, city) if office.office.is_custodian]
    return custodians[0] if len(custodians) == 1 else None


def from_pack(fact: Fact) -> ResolvedFact:
    if isinstance(fact, NotSpecified):
        return ResolvedFact(ask=fact.ask, note=fact.note)
    return ResolvedFact(
        value=fact.value,
        source=fact.source,
        checked_on=fact.checked_on,
        confidence=fact.confidence,
        note=fact.note,
    )


def _entries(newsroom: Newsroom, city: City) -> dict[str, dict[str, OfficeEntry]]:
    """The newsroom's own, by office and way."""
    found: dict[str, dict[str, OfficeEntry]] = {}
    for entry in OfficeEntry.objects.filter(newsroom=newsroom, city=city.slug):
        found.setdefault(entry.office, {})[entry.way] = entry
    return found


def _merge(office: Office, own: Mapping[str, OfficeEntry]) -> ResolvedOffice:
    facts = {name: _choose(getattr(office, name), own.get(name)) for name in FIELDS}
    hour = own.get(OfficeEntry.Way.CUT_OFF)
    cut_off = _choose(office.cut_off, hour) if office.cut_off else _own(hour) if hour else None
    return ResolvedOffice(name=office.name, office=office, cut_off=cut_off, **facts)


def _choose(fact: Fact, own: OfficeEntry | None) -> ResolvedFact:
    return from_pack(fact) if own is None else _own(own)


def _own(own: OfficeEntry) -> ResolvedFact:
    return ResolvedFact(value=own.value, source=own.source, checked_on=own.checked_on, is_ours=True)
