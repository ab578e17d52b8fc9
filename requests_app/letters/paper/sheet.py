"""Everything that stands on the paper of one letter."""

from dataclasses import dataclass, field
from datetime import date

from cities.schema.city import RequestKind, RouteKind
from requests_app.letters import copies
from requests_app.letters.enclosures import printable, titles_of
from requests_app.letters.facts.due_day import fill
from requests_app.letters.planned_letter import PlannedLetter
from requests_app.letters.sending import Sending
from requests_app.matching import subject_without_prefixes
from requests_app.models import (
    Appeal,
    Channel,
    LetterKind,
    Logo,
    RecordsRequest,
    Role,
    Signature,
    User,
)
from requests_app.office_contacts import goes_to_the_agency, recipient_of
from requests_app.reply_addresses import reply_address
from requests_app.vocabulary import dates_and_amounts

TITLES = {Role.REPORTER: "Reporter", Role.EDITOR: "Editor", Role.RESEARCHER: "Researcher"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A picture on the paper, and what is read out in its place."""

    png: bytes = field(repr=False)  # `sha256` stands for it
    sha256: str
    width: int  # in pixels
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the layout prints; a line that is empty is not printed. `text` is Markdown."""

    newsroom_name: str
    newsroom_address: str
    newsroom_contact: str
    addressee: tuple[str, ...]
    on: date
    delivery_line: str
    reference: str
    their_reference: str
    subject: str
    law_line: str
    heading: str
    text: str
    signer: str
    signer_title: str
    enclosures: tuple[str, ...]
    reply_address: str
    logo: Mark | None = None
    signature: Mark | None = None
    exhibits: tuple[tuple[int, str], ...] = ()  # number and title
    copies: tuple[str, ...] = ()  # the names of who has one


def sheet_for(letter: PlannedLetter, text: str, *, form: str = "") -> Sheet:
    """The paper for a letter of ours.

    `form` is the name of the city's form that goes with it: see `office_form.prepare`.
    """
    request, newsroom = letter.records_request, letter.records_request.newsroom
    contact = " · ".join(part for part in (newsroom.email, newsroom.phone) if part)
    return Sheet(
        newsroom_name=newsroom.name,
        newsroom_address=", ".join(dates_and_amounts.address_lines(newsroom.address)),
        newsroom_contact=contact,
        addressee=_addressee(letter),
        on=letter.dated_on,
        delivery_line=_delivery_line(letter.sending),
        reference=request.reference,
        their_reference=_their_reference(letter),
        subject=_subject(letter),
        law_line=_law_line(letter),
        heading=_heading(letter),
        text=fill(
            request,
            text,
            on=letter.dated_on,
            channel=letter.sending.channel,
            at=letter.leaves_at,
        ),
        signer=letter.signer.name,
        signer_title=TITLES.get(Role(letter.signer.role), "") if letter.signer.role else "",
        enclosures=(
            *((form,) if form else ()),
            *(titles_of(letter) if not letter.filing else ()),
        ),
        exhibits=_exhibits(letter),
        reply_address=reply_address(request),
        logo=_logo(request),
        signature=_signature(letter.signer),
        copies=tuple(printable(copy.name) for copy in copies.of(letter)),
    )


def _subject(letter: PlannedLetter) -> str:
    if letter.appeal:
        return letter.appeal.subject
    if letter.answers is None:
        return letter.records_request.subject
    mail = letter.answers.mail
    asked = printable(subject_without_prefixes(mail.subject)) if mail else ""
    return f"Re: {asked or letter.records_request.subject}"


def _exhibits(letter: PlannedLetter) -> tuple[tuple[int, str], ...]:
    """What stands behind a challenge's letter; of one that is not saved, nothing yet."""
    appeal = letter.appeal
    if appeal is None or appeal._state.adding or letter.kind != LetterKind.APPEAL:
        return tuple((number, printable(title)) for number, title in letter.further_exhibits)
    rows = enumerate(appeal.exhibits.in_order(), start=1)
    return tuple((number, printable(exhibit.title)) for number, exhibit in rows)


def _logo(request: RecordsRequest) -> Mark | None:
    logo = Logo.objects.filter(newsroom=request.newsroom_id).first()
    return _mark(logo, alt=request.newsroom.name) if logo else None


def _signature(signer: User) -> Mark | None:
    signature = Signature.objects.filter(user=signer).first()
    return _mark(signature, alt=f"Signature of {signer.name}") if signature else None


def _mark(picture: Logo | Signature, *, alt: str) -> Mark:
    return Mark(bytes(picture.png), picture.sha256, picture.width, picture.height, alt)


def _delivery_line(sending: Sending) -> str:
    line, to = sending.channel.described.delivery_line, sending.to
    return f"{line} to {to}" if sending.channel is Channel.EMAIL and to else line


def _their_reference(letter: PlannedLetter) -> str:
    appeal = letter.appeal
    is_to_the_body = appeal and not goes_to_the_agency(letter.kind)
    if appeal and is_to_the_body and not appeal.pack_route.is_court:
        return appeal.body_reference
    return letter.records_request.city_reference


def _addressee(letter: PlannedLetter) -> tuple[str, ...]:
    """Name, city and postal address; an address that is not specified has no line."""
    request, appeal = letter.records_request, letter.appeal
    addressee = recipient_of(request, letter.kind, appeal)
    names: tuple[str, ...] = (dates_and_amounts.typographic(addressee.name),)
    if goes_to_the_city(appeal, letter.kind):
        names += (f"City of {request.city.name}, {request.city.state}",)
    address = addressee.address
    if letter.sending.channel in {Channel.POST, Channel.IN_PERSON} and letter.sending.to:
        lines = dates_and_amounts.address_lines(letter.sending.to)
    else:
        lines = dates_and_amounts.address_lines(address.value) if address.may_enter_letter else ()
    return (*names, *(line for line in lines if line not in names))


def goes_to_the_city(appeal: Appeal | None, kind: LetterKind) -> bool:
    """Whether a letter is for an office of the city's own, and not for a body that decides over it.

    Of a court action, the city is told.
    """
    if appeal is None or goes_to_the_agency(kind):
        return True
    route = appeal.pack_route
    return route.is_court or route.kind == RouteKind.ADMINISTRATIVE_REVIEW


def _heading(letter: PlannedLetter) -> str:
    if letter.appeal and letter.kind == LetterKind.APPEAL:
        route = letter.appeal.pack_route
        return (
            "Notice of court action"
            if route.is_court
            else dates_and_amounts.typographic(route.name)
        )
    if letter.kind == LetterKind.RECORDS_REQUEST:
        return f"Request under the {letter.records_request.city.statute.name}"
    return letter.kind.described.heading


def _law_line(letter: PlannedLetter) -> str:
    """The law's citation, on letters that rest on it."""
    if letter.appeal and not goes_to_the_agency(letter.kind):
        route = letter.appeal.pack_route
        return route.citation if route.is_formal and route.confidence.may_enter_letter else ""
    request = letter.records_request
    rests_on_it = request.kind == RequestKind.RECORDS and letter.kind.described.rests_on_law
    return request.city.statute.citation if rests_on_it else ""
