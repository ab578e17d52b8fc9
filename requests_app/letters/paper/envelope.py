"""Letters to be posted: an address page for a window envelope, and all of a queue to print.

The page is for a US #10 double-window envelope, folded in three. A sheet has play in it: 1/2 inch
up and down, 1 inch left and right. What is printed where both windows always show it is in
`envelope.css`; nothing else stands where a window might.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from requests_app.letters.enclosures import check_all_may_go, titles_of_files
from requests_app.letters.errors import LetterError
from requests_app.letters.paper.pages import Part, bind, can_be_printed
from requests_app.letters.paper.render import render_page
from requests_app.letters.paper.sheet import goes_to_the_city
from requests_app.models import Attachment, Delivery, Filing, LetterCopy, LetterKind
from requests_app.office_contacts import written_to
from requests_app.storage import content
from requests_app.vocabulary import dates_and_amounts


@dataclass(frozen=True, slots=True)
class AddressPage:
    """What the page prints."""

    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    reference: str
    subject: str
    dated: str
    pages: int
    to_enclose: tuple[str, ...]  # files that a person prints


@dataclass(frozen=True, slots=True)
class _Printed:
    """What is put into one envelope: a letter, or a copy of it for somebody else."""

    delivery: Delivery
    copy: LetterCopy | None = None


def address_pages(deliveries: Iterable[Delivery]) -> bytes:
    """One page a letter, in the order given. LetterError: there is none, or one has no address."""
    return _address_pages([(_Printed(one), _titles(one)) for one in deliveries])


def _address_pages(each: Iterable[tuple[_Printed, tuple[str, ...]]]) -> bytes:
    """Of each letter, with the titles of what is to be enclosed by hand."""
    pages = [_address_page(printed, to_enclose) for printed, to_enclose in each]
    if not pages:
        raise LetterError("There is no letter to print an address for: choose at least one.")
    return render_page("envelope.html", "envelope.css", pages=pages, reference=pages[0].reference)


def print_queue_pdf(deliveries: Iterable[Delivery], copies: Iterable[LetterCopy] = ()) -> bytes:
    """For each letter, then for each copy of one: its address page, the letter as issued, its form
    and those of its enclosures that are PDFs; to print two-sided. What is no PDF is named on the
    address page.

    Every letter begins a new sheet, and so do its parts: a blank page follows an odd number.
    LetterError as `address_pages`.
    """
    printed = [*map(_Printed, deliveries), *(_Printed(_sending_of(one), one) for one in copies)]
    queue = [(one, _packet_of(one.delivery)) for one in printed]
    addresses = _address_pages([(item, packet.to_enclose) for item, packet in queue])
    parts: list[Part] = []
    for number, (one, packet) in enumerate(queue):
        parts.append(Part(addresses, page=number))
        if not _is_within_its_filing(one.delivery):
            parts.append(Part(bytes(one.delivery.letter.pdf)))
        # Two forms of one city have fields of the same names: here they are ink.
        if form := _filled_form_of(one.delivery):
            parts.append(Part(form, is_form=True))
        parts += [Part(pdf, is_form=True) for pdf in packet.pdfs]
    return bind(parts, two_sided=True)


@dataclass(frozen=True, slots=True)
class _Packet:
    """Of a letter's enclosures: those that are printed with it, and the titles of the others."""

    pdfs: tuple[bytes, ...]
    to_enclose: tuple[str, ...]


def _packet_of(delivery: Delivery) -> _Packet:
    """LetterError: a file is kept apart, or is no longer what was attached."""
    check_all_may_go(delivery)
    rows = list(delivery.letter.enclosures.select_related("attachment"))
    pdfs = {row.pk: _whole(row.attachment) for row in rows if _says_it_is_a_pdf(row.attachment)}
    opens = dict(zip(pdfs, can_be_printed(list(pdfs.values())), strict=True))
    return _Packet(
        tuple(pdf for pk, pdf in pdfs.items() if opens[pk]),
        tuple(row.title for row in rows if not opens.get(row.pk)),
    )


def _titles(delivery: Delivery) -> tuple[str, ...]:
    """Of all that the letter encloses. KeptApartSinceError as `_packet_of`."""
    check_all_may_go(delivery)
    return titles_of_files(delivery.letter)


def _says_it_is_a_pdf(file: Attachment) -> bool:
    return file.content_type == "application/pdf" or file.name.lower().endswith(".pdf")


def _whole(file: Attachment) -> bytes:
    try:
        return content.read_whole(str(file.file), sha256=file.sha256)
    except OSError as error:
        raise LetterError(
            f"“{file.name}” is no longer what was attached, and the letter encloses it: attach it "
            "anew to a new letter. Nothing was printed."
        ) from error


def _is_within_its_filing(delivery: Delivery) -> bool:
    """Whether the letter is the first pages of a document that is printed as its enclosure."""
    filing: Filing | None = getattr(delivery.letter, "filing", None)
    return filing is not None and not filing.is_separate


def _filled_form_of(delivery: Delivery) -> bytes | None:
    """The city's form that goes with the delivery's letter."""
    form = getattr(delivery.letter, "filled_form", None)
    return bytes(form.pdf) if form else None


def _sending_of(copy: LetterCopy) -> Delivery:
    """How the letter itself went, with which its copy is printed."""
    first = copy.letter.deliveries.filter(part=1).select_related("letter", "records_request")
    return first.latest("pk")


def _address_page(printed: _Printed, to_enclose: tuple[str, ...]) -> AddressPage:
    delivery, copy = printed.delivery, printed.copy
    letter, newsroom = delivery.letter, delivery.records_request.newsroom
    filing: Filing | None = getattr(letter, "filing", None)
    return AddressPage(
        sender=_joined((newsroom.name, *dates_and_amounts.address_lines(newsroom.address)), most=3),
        addressee=_joined(_lines_of_copy(copy) if copy else _lines_of(delivery), most=5),
        reference=delivery.records_request.reference,
        subject=letter.subject,
        dated=dates_and_amounts.day(letter.dated_on),
        pages=filing.page_count if filing else letter.page_count,
        to_enclose=to_enclose,
    )


def _lines_of(delivery: Delivery) -> tuple[str, ...]:
    lines = dates_and_amounts.address_lines(_whole_address(delivery))
    names: tuple[str, ...] = (delivery.to_name,) if delivery.to_name not in lines else ()
    city = f"City of {delivery.records_request.city.name}"
    kind = LetterKind(delivery.letter.kind)
    if goes_to_the_city(delivery.appeal, kind) and city not in lines:
        names += (city,)
    return (*names, *lines)


def _lines_of_copy(copy: LetterCopy) -> tuple[str, ...]:
    """An office of the pack's rule is the city's; whom somebody added may be anybody."""
    lines = dates_and_amounts.address_lines(copy.to)
    city = f"City of {copy.letter.records_request.city.name}"
    names = (copy.name, *([city] if copy.rule and city not in lines else []))
    return (*(name for name in names if name not in lines), *lines)


def _whole_address(delivery: Delivery) -> str:
    """With its ZIP code, which somebody may have entered for the office since the letter was
    issued. LetterError where nobody has."""
    if dates_and_amounts.has_zip_code(delivery.to):
        return delivery.to
    request = delivery.records_request
    kind = LetterKind(delivery.letter.kind)
    if goes_to_the_city(delivery.appeal, kind):
        entered = written_to(request, kind).address
        if entered.is_ours and dates_and_amounts.has_zip_code(entered.value):
            return entered.value
    raise LetterError(
        f"The address of the letter “{delivery.letter.subject}” to {delivery.to_name} is not "
        f"whole: it has no ZIP code. Enter the whole postal address of that office on the page of "
        f"{request.city.name}, under Cities, and print it then."
    )


def _joined(lines: tuple[str, ...], *, most: int) -> tuple[str, ...]:
    """In as many lines as a window shows: what stands before city, state and ZIP code is joined."""
    spare = len(lines) - most
    if spare <= 0:
        return lines
    at = len(lines) - 2 - spare
    return (*lines[:at], ", ".join(lines[at:-1]), lines[-1])
