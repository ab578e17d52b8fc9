"""Letters to be posted: their address pages, and the whole queue to print."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from requests_app import letters
from requests_app.actions.cities import contacts
from requests_app.actions.requests import submission
from requests_app.ledger.attribution import Attribution
from requests_app.letters import FoundAddress, LetterError, Sending
from requests_app.letters.paper.flatten import flatten
from requests_app.letters.paper.pdf_engine import lay_out, write
from requests_app.models import Channel, CityForm, Delivery, FilledForm
from tests import factories
from tests.letters.examples import read_back
from tests.letters.forms.blank_form import request_form
from tests.letters.forms.test_fill_fields import ink

pytestmark = pytest.mark.django_db

ADDRESS = "1 Main Street\nStamford, CT 06901"


def posted(subject: str = "Use-of-force reports", to: str = ADDRESS) -> Delivery:
    """A request that waits to be posted."""
    request = factories.draft(subject=subject)
    return submission.submit(
        request,
        by=Attribution(request.created_by, factories.NOW),
        sending=Sending(Channel.POST, to),
    )


def texts(pdf: bytes) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as document:
        each = []
        for page in document.pages:
            one = pikepdf.new()
            one.pages.append(page)
            out = BytesIO()
            one.save(out)
            each.append(read_back(out.getvalue()))
    return each


def blocks(pdf: bytes) -> dict[str, tuple[float, float, float, float]]:
    """Each line of the first page with its left, top, right and bottom, in inches from top left."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = document[0].get_textpage()
        found = {}
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            line = text.get_text_bounded(left, bottom, right, top).strip()
            found[line] = (left / 72, 11 - top / 72, right / 72, 11 - bottom / 72)
        return found
    finally:
        document.close()


def test_address_stands_where_the_window_always_shows_it() -> None:
    delivery = posted()
    lines = blocks(letters.address_pages([delivery]))
    for line in ("City Clerk", "1 Main Street", "Stamford, CT 06901"):
        left, top, right, bottom = lines[line]
        assert left >= 0.95
        assert top >= 2.45
        assert right <= 4.35
        assert bottom <= 3.2


def test_nothing_else_stands_where_a_window_may_be() -> None:
    delivery = posted()
    lines = blocks(letters.address_pages([delivery]))
    newsroom = delivery.records_request.newsroom.name
    ours = {"City Clerk", "1 Main Street", "Stamford, CT 06901", newsroom, "12 Summer Street"}
    ours.add("City of Stamford")
    above_the_fold = {line for line, (_, top, _, _) in lines.items() if top < 3.667}
    assert above_the_fold <= ours


def test_each_letter_has_a_page_in_the_order_given() -> None:
    first, second = posted("First subject"), posted("Second subject")
    pages = texts(letters.address_pages([second, first]))
    assert len(pages) == 2
    assert "Second subject" in pages[0]
    assert "First subject" in pages[1]
    assert f"Our reference: {first.records_request.reference}" in pages[1]


def test_address_of_many_lines_is_joined_and_never_cut() -> None:
    to = "\n".join(
        ["Records Bureau", "Attention: A. Clerk", "Floor 9", "Old Mill", "1 Main", "X, CT 06901"]
    )
    page = texts(letters.address_pages([posted(to=to)]))[0]
    ours = "City Clerk City of Stamford Records Bureau"
    assert f"{ours} Attention: A. Clerk, Floor 9, Old Mill, 1 Main X, CT 06901" in page


def test_address_page_is_accessible() -> None:
    with (
        pikepdf.open(BytesIO(letters.address_pages([posted()]))) as pdf,
        pdf.open_metadata() as said,
    ):
        assert said["pdfuaid:part"] == "1"
        assert said["dc:title"].startswith("Address pages, STAM-2026-")


def test_queue_has_each_letter_whole_on_sheets_of_its_own() -> None:
    first, second = posted("First subject"), posted("Second subject")
    pages = texts(letters.print_queue_pdf([first, second]))
    assert len(pages) == 8
    assert [bool(page) for page in pages] == [True, False] * 4
    assert "Letter of November 2, 2026, 1 page." in pages[0]
    assert pages[2] == read_back(bytes(first.letter.pdf))
    assert pages[6] == read_back(bytes(second.letter.pdf))


def test_queue_prints_the_citys_form_as_it_was_filled() -> None:
    deliveries = [posted(), posted()]
    for delivery in deliveries:
        form = request_form()
        form.pdf.Root.AcroForm.Fields[0].V = pikepdf.String("Dana Whitfield")
        blank = form.bytes()
        kept = CityForm.objects.create(
            newsroom=delivery.records_request.newsroom, city="us-ct/stamford", office="city_clerk",
            name="Request form.pdf", source="the counter", pdf=blank, sha256="0" * 64,
            uploaded_by=delivery.created_by,
        )  # fmt: skip
        FilledForm.objects.create(
            letter=delivery.letter, city_form=kept, pdf=_checked(blank), sha256="0" * 64
        )
    pdf = letters.print_queue_pdf(
        Delivery.objects.select_related("letter__filled_form").order_by("pk")
    )
    assert letters.page_count(pdf) == 12
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
        assert "/AcroForm" not in document.Root
        one = pikepdf.new()
        one.pages.append(document.pages[4])
        out = BytesIO()
        one.save(out)
    assert ink(out.getvalue(), [72, 440, 86, 454]) > 500


def _checked(blank: bytes) -> bytes:
    with pikepdf.open(BytesIO(blank)) as form:
        box = next(field for field in form.Root.AcroForm.Fields if str(field.T) == "Waiver")
        box.V, box.AS, box.F = pikepdf.Name.Yes, pikepdf.Name.Yes, 4
        out = BytesIO()
        form.save(out)
        return out.getvalue()


def test_same_queue_gives_the_same_bytes() -> None:
    queue = [posted()]
    assert letters.print_queue_pdf(queue) == letters.print_queue_pdf(queue)


def test_address_without_a_zip_code_is_asked_for_before_printing() -> None:
    delivery = posted(to="1950 Parkside Drive, Concord, CA")

    with pytest.raises(LetterError, match=r"no ZIP code\. Enter the whole postal address"):
        letters.address_pages([delivery])


def test_zip_code_that_was_entered_since_is_printed() -> None:
    delivery = posted(to="888 Washington Boulevard, Stamford")
    request = delivery.records_request
    contacts.enter_office(
        request.newsroom,
        city_slug=request.city_slug,
        office_role=request.office_role,
        found=FoundAddress("the city's website", factories.TODAY),
        by=Attribution(request.created_by, factories.NOW),
        address="888 Washington Boulevard\nStamford, CT 06901",
    )

    page = texts(letters.address_pages([delivery]))[0]

    assert "City Clerk City of Stamford 888 Washington Boulevard Stamford, CT 06901" in page


def test_letter_without_an_address_is_named() -> None:
    delivery = posted()
    delivery.to = ""
    with pytest.raises(LetterError, match="“Use-of-force reports” to City Clerk is not whole"):
        letters.print_queue_pdf([delivery])


def test_empty_queue_says_what_to_do() -> None:
    with pytest.raises(LetterError, match="choose at least one"):
        letters.print_queue_pdf([])


def test_flattening_leaves_links_alone() -> None:
    page = '<html lang=en><title>x</title><a href="https://example.org/">there</a>'
    with pikepdf.open(BytesIO(write(lay_out(page)))) as pdf:
        flatten(pdf)
        assert [str(one.Subtype) for one in pdf.pages[0].Annots] == ["/Link"]
