"""One case file with every kind of paper in it, as programs and people outside read it."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.db import transaction
from django.test import override_settings

from bootstrap.machine import tools
from tests.casefile.papers import SECRET, book_of, make
from tests.casefile.rich import HEBREW, HEBREW_LETTER, rich_request
from tests.filings.drafts import Read

pytestmark = pytest.mark.django_db
STAMP_SIZE = re.compile(rb"/CaseFileStamp (\d+\.\d+) Tf")
MATRIX = re.compile(rb"q ([-\d. ]+) cm /Page")
BIDI_MARKS = re.compile("[\u200e\u200f\u202a-\u202e]")


@pytest.fixture(scope="module")
def path(tmp_path_factory, django_db_setup, django_db_blocker) -> Path:
    """Made once, on a desk without LibreOffice: the tests only read it."""
    folder = tmp_path_factory.mktemp("rich")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder / "files", OFFICE_PROGRAM=""),
        transaction.atomic(),
    ):
        made = make(book_of(rich_request()), folder)
        transaction.set_rollback(True)
    return made


@pytest.fixture(scope="module")
def whole(path: Path) -> Read:
    return Read(path)


def page_with(whole: Read, words: str) -> int:
    return next(number for number, text in enumerate(whole.texts) if words in text)


def by_pdftotext(path: Path, *arguments: str) -> str:
    program = tools.found("pdftotext")
    assert program is not None
    done = subprocess.run(
        [program, *arguments, path, "-"], check=True, capture_output=True, text=True
    )
    return BIDI_MARKS.sub(" ", done.stdout)


def test_every_page_is_us_letter_upright(whole: Read):
    boxes = {
        (*(float(edge) for edge in page.MediaBox), int(page.get("/Rotate", 0)))
        for page in whole.pdf.pages
    }

    assert boxes == {(0.0, 0.0, 612.0, 792.0, 0)}
    assert len(whole.pdf.pages) > 40


def test_every_page_bears_a_stamp_that_is_read_at_arms_length(whole: Read):
    sizes = []
    for page in whole.pdf.pages:
        last = list(page.Contents)[-1].read_bytes()
        sizes.append([float(size) for size in STAMP_SIZE.findall(last)])

    assert all(found and min(found) >= 10 for found in sizes)


def test_pages_that_are_larger_than_letter_are_drawn_whole(whole: Read):
    """Each is one drawing, and all of its box lies within the frame."""
    for words in ("a page across", "a long page"):
        page = whole.pdf.pages[max(n for n, text in enumerate(whole.texts) if words in text)]
        drawing = page.Resources.XObject.Page
        placed = MATRIX.search(page.Contents[1].read_bytes())
        assert placed
        matrix = [float(number) for number in placed[1].split()]
        corners = [
            (a * matrix[0] + b * matrix[2] + matrix[4], a * matrix[1] + b * matrix[3] + matrix[5])
            for a in (float(drawing.BBox[0]), float(drawing.BBox[2]))
            for b in (float(drawing.BBox[1]), float(drawing.BBox[3]))
        ]
        assert all(17.9 <= x <= 594.1 and 41.9 <= y <= 780.1 for x, y in corners)


@pytest.mark.tools
def test_qpdf_finds_no_fault(path: Path):
    program = tools.found("qpdf")
    assert program is not None

    done = subprocess.run([program, "--check", path], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.tools
def test_pdftotext_reads_the_papers_in_their_order(path: Path):
    text = by_pdftotext(path)

    places = [
        text.index(words)
        for words in (
            "Case file",
            "Timeline",
            "Deadlines and how they are counted",
            "1. Request submitted",
            "Dear City Clerk:",
            "3. Request acknowledged",
            "5. Request denied",
            "6. Appeal filed",
            "Dear Commissioners:",
            "Exhibit 1 · page 1 of 2 · 4",
            "Exhibit 4 · page 1 of",
            "Exhibit 1 · page 1 of 2 · STAM-2026-0001",
            "Harbor Paving LLC",
        )
    ]
    assert places == sorted(places)


@pytest.mark.tools
def test_pdftotext_reads_hebrew_in_its_own_order(path: Path, whole: Read):
    page = str(page_with(whole, "Exhibit 7 · STAM") + 2)

    words = re.findall(r"\w+", by_pdftotext(path, "-f", page, "-l", page))

    of_the_letter = re.findall(r"\w+", HEBREW_LETTER)
    assert words[: len(of_the_letter)] == of_the_letter


def test_hebrew_message_begins_at_the_right(whole: Read):
    number = page_with(whole, HEBREW.splitlines()[1])
    shown = pypdfium2.PdfDocument(whole.data)
    page = shown[number].get_textpage()
    found = page.search("שלום")
    start, count = found.get_next()
    right = max(page.get_charbox(start + n)[2] for n in range(count))
    shown.close()

    assert 520 < right < 541  # the text's right edge is 7.5 in from the left; its rule stands there


def test_table_is_printed_as_a_table(whole: Read):
    text = whole.texts[page_with(whole, "Harbor Paving LLC")]
    rows = [element for element in elements(whole.pdf) if pikepdf.Name.TR == element.S]
    headings = [len([cell for cell in under(row) if pikepdf.Name.TH == cell.S]) for row in rows]

    assert "Vendor Contract Signed Amount" in text
    assert "Ruiz, Ortega & Co. 2026-019 2026-04-17 $7,315.50" in text
    assert headings.count(4) == 1


def test_what_is_not_printed_is_named_with_the_reason(whole: Read):
    titles = {
        name: whole.texts[page_with(whole, f"{name} Came with")]
        for name in ("memo.docx", "budget.xlsx", "film.mp4", "broken.pdf")
    }

    assert [re.search(r"beside this PDF (.*?\.)", text)[1] for text in titles.values()] == [  # type: ignore[index]
        "This desk does not print files of this kind.",
        "This desk does not print files of this kind.",
        "A file of this kind has no pages to print.",
        "It is damaged: its pages cannot be read.",
    ]


def test_pdf_is_pages_alone_unless_files_were_asked_for(whole: Read):
    assert list(whole.pdf.attachments) == []


def test_pdf_says_what_readers_need_and_claims_no_more(whole: Read):
    root = whole.pdf.Root

    assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("en-US", True)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    with whole.pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "STAM-2026-0001: Use-of-force reports"
        assert "pdfuaid:part" not in metadata  # strangers' pages are in it


def test_nothing_that_is_drawn_is_without_a_tag(whole: Read):
    """Between marked contents stand only the settings of the drawing, never a drawing itself."""
    paints = {"Tj", "TJ", "'", '"', "Do", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"}
    for number, page in enumerate(whole.pdf.pages):
        depth, bare = 0, list[str]()
        for instruction in pikepdf.parse_content_stream(page):
            name = str(instruction.operator)
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
            if depth == 0 and name in paints:
                bare.append(name)
        assert (number, bare) == (number, [])


def test_notes_are_nowhere(whole: Read):
    assert [text for text in whole.texts if SECRET in text] == []


def under(element: Any) -> list[Any]:
    kids = element.get("/K", pikepdf.Array())
    found = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in found if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    waiting = under(pdf.Root.StructTreeRoot)
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(under(element))
