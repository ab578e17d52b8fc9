"""How to reach an office: the newsroom's own entry where there is one, else the pack's fact."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from cities.portals.dataset_record import DatasetRecord
from cities.schema.city import City, Office
from cities.schema.facts import Fact, NotSpecified
from requests_app.escalations import step_written_to
from requests_app.models import (
    Appeal,
    Channel,
    CitedDataset,
    LetterKind,
    Newsroom,
    OfficeEntry,
    RecordsRequest,
)

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
    salutation: str = ""
    cut_off: ResolvedFact | None = None  # "17:00"; None: nobody names an hour

    @property
    def entered(self) -> dict[str, str]:
        """What the newsroom entered of it, by name; the pack's own facts are not among it."""
        facts = {name: getattr(self, name) for name in (*FIELDS, "cut_off")}
        return {name: fact.value for name, fact in facts.items() if fact and fact.is_ours}


def addressee_of(appeal: Appeal) -> Addressee:
    """The reviewing body. A court is not written to: its letter is a notice to the office asked."""
    request, route = appeal.records_request, appeal.pack_route
    if route.is_court:
        return office_asked(request)
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
    step = step_written_to(request) if kind.described.goes_up else None
    if step:
        return str(step.office)
    return str(enforcer.role) if enforcer else request.office_role


def written_to(request: RecordsRequest, kind: LetterKind) -> ResolvedOffice:
    """The office that such a letter about the request is for, with whom of it is meant."""
    step = step_written_to(request) if kind.described.goes_up else None
    if step is None:
        return _office_of(request, role_written_to(request, kind))
    office = _office_of(request, str(step.office))
    if not step.name:
        return office
    # The contact of the dataset is the steward's, and not of whoever stands above.
    above = resolve(request.newsroom, request.city, str(step.office))
    return replace(above, name=step.name, salutation=step.salutation or office.salutation)


def office_asked(request: RecordsRequest) -> ResolvedOffice:
    """The office that the request is for, as it would be reached."""
    return _office_of(request, request.office_role)


def _office_of(request: RecordsRequest, role: str) -> ResolvedOffice:
    """An office of the request's city. Where each dataset's page says who it is, and one is cited,
    it is the one named there."""
    office = resolve(request.newsroom, request.city, role)
    if not office.office.is_named_by_dataset or request._state.adding:
        return office
    cited = CitedDataset.objects.filter(records_request=request).first()
    if cited is None:
        return office
    return _named_by(cited.record, request.city.local_date(cited.cited_at), office)


def _named_by(record: DatasetRecord, seen_on: date, office: ResolvedOffice) -> ResolvedOffice:
    """What the dataset states takes the place of what is known of such offices in general."""

    def stated(value: str, otherwise: ResolvedFact) -> ResolvedFact:
        if not value:
            return otherwise
        source = "the dataset’s entry in the city’s catalog"
        return ResolvedFact(value, source, seen_on, confidence="found")

    return replace(
        office,
        name=record.steward or record.publisher or office.name,
        email=stated(record.contact_email, office.email),
        portal_url=stated(_https(record.contact_url), office.portal_url),
    )


def _https(url: str) -> str:
    return url if url.startswith("https://") else ""


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
    """The newsroom's own, by office and way; none of a newsroom that is not kept."""
    if newsroom._state.adding:
        return {}
    found: dict[str, dict[str, OfficeEntry]] = {}
    for entry in OfficeEntry.objects.filter(newsroom=newsroom, city=city.slug):
        found.setdefault(entry.office, {})[entry.way] = entry
    return found


def _merge(office: Office, own: Mapping[str, OfficeEntry]) -> ResolvedOffice:
    facts = {name: _choose(getattr(office, name), own.get(name)) for name in FIELDS}
    hour = own.get(OfficeEntry.Way.CUT_OFF)
    cut_off = _choose(office.cut_off, hour) if office.cut_off else _own(hour) if hour else None
    return ResolvedOffice(
        name=office.name, office=office, salutation=office.salutation, cut_off=cut_off, **facts
    )


def _choose(fact: Fact, own: OfficeEntry | None) -> ResolvedFact:
    return from_pack(fact) if own is None else _own(own)


def _own(own: OfficeEntry) -> ResolvedFact:
    return ResolvedFact(value=own.value, source=own.source, checked_on=own.checked_on, is_ours=True)
