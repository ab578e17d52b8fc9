"""Letters to be posted: an address page for a window envelope, and all of a queue to print.

The page is for a US #10 double-window envelope, folded in three. A sheet has play in it: 1/2 inch
up and down, 1 inch left and right. What is printed where both windows always show it is in
`envelope.css`; nothing else stands where a window might.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from django.db.models import QuerySet

from requests_app.letters.errors import LetterError
from requests_app.letters.paper.flatten import flatten
from requests_app.letters.paper.render import render_page
from requests_app.models import Attachment, Delivery, Filing
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
    to_enclose: tuple[str, ...]  # files that the desk cannot print


def address_pages(deliveries: Iterable[Delivery]) -> bytes:
    """One page a letter, in the order given. LetterError: there is none, or one has no address."""
    pages = [_address_page(delivery) for delivery in deliveries]
    if not pages:
        raise LetterError("There is no letter to print an address for: choose at least one.")
    return render_page("envelope.html", "envelope.css", pages=pages, reference=pages[0].reference)


def print_queue_pdf(deliveries: Iterable[Delivery]) -> bytes:
    """For each letter its address page, the letter as issued and its form; to print two-sided.

    Every letter begins a new sheet, and so do its parts: a blank page follows an odd number.
    LetterError as `address_pages`.
    """
    queue = list(deliveries)
    addresses = address_pages(queue)
    with pikepdf.new() as all_of_them, pikepdf.open(BytesIO(addresses)) as fronts:
        for delivery, front in zip(queue, fronts.pages, strict=True):
            _add(all_of_them, [front])
            for pdf in _papers_of(delivery):
                with pikepdf.open(BytesIO(pdf)) as paper:
                    _add(all_of_them, paper.pages)
            if form := _filled_form_of(delivery):
                with pikepdf.open(BytesIO(form)) as filled:
                    # Two forms of one city have fields of the same names: here they are ink.
                    flatten(filled)
                    _add(all_of_them, filled.pages)
        out = BytesIO()
        all_of_them.save(out, deterministic_id=True)
        return out.getvalue()


def _papers_of(delivery: Delivery) -> Iterator[bytes]:
    """The letter as issued; a challenge as it was filed, with its exhibits behind it."""
    filing: Filing | None = getattr(delivery.letter, "filing", None)
    if filing is None or filing.is_separate:
        yield bytes(delivery.letter.pdf)
    for file in _printed_files(delivery):
        yield content.read_whole(str(file.file.name), sha256=file.sha256)


def _printed_files(delivery: Delivery) -> QuerySet[Attachment]:
    """Of a challenge's files those that the desk prints: its document, or its exhibits."""
    filing: Filing | None = getattr(delivery.letter, "filing", None)
    files = delivery.files.filter(quarantined="").order_by("pk")
    if filing is None:
        return files.none()
    made = [line["separate"]["sha256"] for line in filing.manifest if line["separate"]]
    return files.filter(sha256__in=[filing.sha256, *made])


def _filled_form_of(delivery: Delivery) -> bytes | None:
    """The city's form that goes with the delivery's letter."""
    form = getattr(delivery.letter, "filled_form", None)
    return bytes(form.pdf) if form else None


def _address_page(delivery: Delivery) -> AddressPage:
    letter, newsroom = delivery.letter, delivery.records_request.newsroom
    filing: Filing | None = getattr(letter, "filing", None)
    lines = dates_and_amounts.address_lines(delivery.to)
    if not lines:
        raise LetterError(
            f"The letter “{letter.subject}” to {delivery.to_name} has no postal address: enter one."
        )
    names = (delivery.to_name,) if delivery.to_name not in lines else ()
    return AddressPage(
        sender=_joined((newsroom.name, *dates_and_amounts.address_lines(newsroom.address)), most=3),
        addressee=_joined((*names, *lines), most=5),
        reference=delivery.records_request.reference,
        subject=letter.subject,
        dated=dates_and_amounts.day(letter.dated_on),
        pages=filing.page_count if filing else letter.page_count,
        to_enclose=tuple(_to_enclose(delivery)),
    )


def _to_enclose(delivery: Delivery) -> QuerySet[Attachment, str]:
    printed = _printed_files(delivery).values("pk")
    files = delivery.files.filter(quarantined="").exclude(pk__in=printed).order_by("pk")
    return files.values_list("name", flat=True)


def _joined(lines: tuple[str, ...], *, most: int) -> tuple[str, ...]:
    """In as many lines as a window shows: what stands before city, state and ZIP code is joined."""
    spare = len(lines) - most
    if spare <= 0:
        return lines
    at = len(lines) - 2 - spare
    return (*lines[:at], ", ".join(lines[at:-1]), lines[-1])


def _add(into: pikepdf.Pdf, pages: Iterable[pikepdf.Page]) -> None:
    """One part of the queue, and a blank page where the next would be printed on its back."""
    before = len(into.pages)
    into.pages.extend(pages)
    if (len(into.pages) - before) % 2:
        into.add_blank_page(page_size=(612, 792))
