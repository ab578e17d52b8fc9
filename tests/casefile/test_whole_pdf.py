"""The whole PDF, made once: order, stamps, bookmarks, links, exhibits, structure."""

import hashlib
import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest

from bootstrap.machine import tools
from requests_app.actions.requests import appeals
from requests_app.casefile.content.dossier import Dossier
from requests_app.models import Letter
from tests.casefile.papers import EML, SECRET, book_of, denied, jpeg, make, pdf
from tests.casefile.rich import CSV, HEBREW_LETTER
from tests.factories import acting


class Made:
    """A case file, and what is read of it."""

    def __init__(self, dossier: Dossier, path: Path, letter: bytes) -> None:
        self.dossier, self.path, self.letter = dossier, path, letter
        self.pdf = pikepdf.open(path)
        shown = pypdfium2.PdfDocument(path)
        self.texts = [page.get_textpage().get_text_range() for page in shown]
        shown.close()

    def page_with(self, words: str) -> int:
        return next(n for n, text in enumerate(self.texts) if words in text)


@pytest.fixture(scope="module")
def made(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Made]:
    """One for all the tests here: they only read it."""
    from django.db import transaction
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("casefile")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder / "files"),
        transaction.atomic(),
    ):
        request = denied(
            records_pdf=pdf("records one", "records two"),
            photo_jpg=jpeg(),
            answer_eml=EML,
            log_txt=b"a line of the log\n" * 200,
            book_xlsx=b"PK\x03\x04" + b"\x00" * 99,
            broken_pdf=b"%PDF-1.7 broken",
        )
        dossier = book_of(request, embeds_files=True)
        letter = bytes(Letter.objects.get(records_request=request).pdf)
        found = Made(dossier, make(dossier, folder), letter)
        transaction.set_rollback(True)
    yield found
    found.pdf.close()


def test_pdf_is_sound(made: Made):
    assert made.pdf.check_pdf_syntax() == []


def test_every_page_is_numbered_through_the_whole(made: Made):
    total = len(made.texts)
    for number, text in enumerate(made.texts, start=1):
        assert f"page{number}of{total}" in re.sub(r"\s", "", text)
        assert made.dossier.reference in text


def test_exhibits_pages_bear_its_number_and_their_own(made: Made):
    shown = made.texts[made.page_with("records two")]

    assert f"Exhibit 1 · page 2 of 2 · {made.dossier.reference}" in " ".join(shown.split())


def test_title_page_of_an_exhibit_states_its_hash(made: Made):
    for exhibit in made.dossier.exhibits:
        shown = made.texts[made.page_with(exhibit.sha256[:30])]
        assert exhibit.title in shown
        assert exhibit.sha256 in re.sub(r"\s", "", shown)


def test_letter_stands_there_as_it_was_issued(made: Made):
    """The drawing of each page is the letter's own, byte for byte, between ours."""
    with pikepdf.open(BytesIO(made.letter)) as letter:
        own = letter.pages[0].obj.Contents
        own_bytes = (
            b"".join(s.read_bytes() for s in own)
            if isinstance(own, pikepdf.Array)
            else own.read_bytes()
        )
        first = made.page_with("Dear City Clerk")
        streams = list(made.pdf.pages[first].obj.Contents)
    assert own_bytes in [stream.read_bytes() for stream in streams]
    assert streams[0].read_bytes() == b"q\n"


def test_notes_are_nowhere(made: Made):
    assert SECRET not in " ".join(made.texts)


def test_parts_stand_in_their_order(made: Made):
    places = [
        made.page_with(words)
        for words in (
            "The city denied the request.",
            "1. Request submitted",
            "Dear City Clerk",
            "Your request is denied",
            made.dossier.exhibit(1).sha256[:30],
            "records one",
        )
    ]

    assert places[0] == 0
    assert places == sorted(places)


def test_contents_name_the_page_each_thing_is_on(made: Made):
    contents = made.texts[made.page_with("Contents\r")].splitlines()
    rows = {line.rsplit(" ", 1)[0]: line.rsplit(" ", 1)[1] for line in contents if " " in line}

    assert int(rows["1 records.pdf"]) == made.page_with(made.dossier.exhibit(1).sha256[:30]) + 1
    assert int(rows["6 broken.pdf"]) == made.page_with(made.dossier.exhibit(6).sha256[:30]) + 1


def test_every_link_leads_to_the_page_it_names(made: Made):
    pages = {page.obj.objgen: number for number, page in enumerate(made.pdf.pages)}
    led = []
    for one in made.pdf.pages:
        for annotation in one.obj.get("/Annots", []):
            assert "casefile:" not in str(annotation.get("/A", ""))
            if "/Dest" in annotation:
                led.append(pages[annotation.Dest[0].objgen])
    assert len(led) >= 2 * (len(made.dossier.entries) + len(made.dossier.exhibits))
    assert made.page_with(made.dossier.exhibit(3).sha256[:30]) in led


def test_bookmarks_lead_to_what_they_name(made: Made):
    pages = {page.obj.objgen: number for number, page in enumerate(made.pdf.pages)}
    with made.pdf.open_outline() as outline:
        found = {
            item.title: pages[item.destination[0].objgen]  # type: ignore[index]
            for top in outline.root
            for item in (top, *top.children, *(i for c in top.children for i in c.children))
        }
        tops = [top.title for top in outline.root]
    assert tops == ["Cover", "Contents", "Timeline", "Deadlines and how they are counted",
                    "Correspondence", "Exhibits"]  # fmt: skip
    assert found["Exhibit 1: records.pdf"] == made.page_with(made.dossier.exhibit(1).sha256[:30])
    assert found["Records request, as issued"] == made.page_with("Dear City Clerk")
    assert found["1. Request submitted, November 2, 2026"] == made.page_with("1. Request submitted")


def test_page_labels_are_the_numbers_on_the_pages(made: Made):
    assert [str(made.pdf.pages[n].label) for n in (0, 4)] == ["1", "5"]


def test_what_cannot_be_printed_is_enclosed_unchanged(made: Made):
    exhibits = {e.number: e for e in made.dossier.exhibits}
    names = sorted(made.pdf.attachments)

    assert [name.split("-")[1] for name in names] == ["3", "4", "5", "6"]
    for name in names:
        content = made.pdf.attachments[name].get_file().read_bytes()
        number = int(name.split("-")[1])
        assert hashlib.sha256(content).hexdigest() == exhibits[number].sha256


def test_reason_is_said_where_a_file_was_not_printed(made: Made):
    assert "It is damaged" in made.texts[made.page_with(made.dossier.exhibit(6).sha256[:30])]
    assert "no pages to print" in made.texts[made.page_with(made.dossier.exhibit(5).sha256[:30])]


def test_message_and_text_are_printed_after_their_title_pages(made: Made):
    assert made.page_with("We have nothing to add") == made.page_with("answer.eml\r\nCame") + 1
    assert made.page_with("a line of the log") > made.page_with("log.txt\r\nCame")


def test_whole_is_tagged_in_the_order_of_its_pages(made: Made):
    root = made.pdf.Root
    pages = {page.obj.objgen: number for number, page in enumerate(made.pdf.pages)}
    order = [pages[e.Pg.objgen] for e in root.StructTreeRoot.K[0].K if "/Pg" in e]

    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == "en-US"
    assert order == sorted(order)
    figures = [str(e.Alt) for e in root.StructTreeRoot.K[0].K if pikepdf.Name.Figure == e.S]
    assert figures == ["Exhibit 2, page 1"]


def test_every_marked_page_finds_its_elements(made: Made):
    """Each page's number in the tree's index is its own, and belongs to elements on that page."""
    nums = list(made.pdf.Root.StructTreeRoot.ParentTree.Nums)
    index = {int(number): value for number, value in zip(nums[::2], nums[1::2], strict=True)}
    seen = [int(page.obj.StructParents) for page in made.pdf.pages]

    assert len(set(seen)) == len(seen)
    for one, number in zip(made.pdf.pages, seen, strict=True):
        owners = {e.Pg.objgen for e in index[number] if "/Pg" in e}
        assert owners in ({one.obj.objgen}, set())


@pytest.mark.django_db
def test_papers_without_strangers_pages_are_pdf_ua(tmp_path, settings):
    """Tables, texts from the right and files inside are no strangers' pages."""
    settings.MEDIA_ROOT = tmp_path
    denial = denied(answer_txt=HEBREW_LETTER.encode(), contracts_csv=CSV.encode())
    appeal = appeals.draft(denial, route="foic", **acting(denial))

    found = [
        page.validate_pdf_bytes(
            make(dossier, tmp_path).read_bytes(), profile=page.ValidationProfile.PDF_UA_1
        )
        for dossier in (
            book_of(appeal.records_request, "bundle", appeal=appeal),
            book_of(appeal.records_request),
            book_of(appeal.records_request, embeds_files=True),
        )
    ]

    assert all(report.rules.total > 100 for report in found)
    assert [[f"{f.rule_id}: {f.message}" for f in report.failures] for report in found] == [
        [],
        [],
        [],
    ]


def test_what_holds_strangers_pages_does_not_claim_to_be_pdf_ua(made: Made):
    report = page.validate_pdf_bytes(
        made.path.read_bytes(), profile=page.ValidationProfile.PDF_UA_1
    )

    of_ours = [f.rule_id for f in report.failures if not f.rule_id.startswith("PDFUA1-FONT")]
    assert sorted(of_ours) == ["PDFUA1-ID-PART-001", "PDFUA1-ID-SCHEMA-001"]


@pytest.mark.tools
def test_qpdf_finds_no_fault(made: Made):
    program = tools.found("qpdf")
    assert program is not None

    subprocess.run([program, "--check", made.path], check=True, capture_output=True)


def test_timeline_has_its_words(made: Made):
    def alternatives(element) -> Iterator[str]:
        if "/Alt" in element:
            yield str(element.Alt)
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                yield from alternatives(kid)

    told = list(alternatives(made.pdf.Root.StructTreeRoot.K[0]))

    assert any(text.startswith("Timeline from") for text in told)
