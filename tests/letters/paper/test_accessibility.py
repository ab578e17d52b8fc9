"""PDF/UA-1 as a validator sees it, and the reading order as other programs read it."""

import subprocess
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest
from weasyprint import HTML

from bootstrap.machine import tools
from requests_app import letters
from requests_app.demo.letter_samples import samples
from requests_app.demo.sample_newsroom import reporter
from requests_app.letters.paper import render
from requests_app.letters.paper.plain import without_markup
from requests_app.models import LetterKind
from tests.casefile import papers
from tests.letters.examples import illustrated, request, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.first_pass]

LONG = "\n\n".join(f"Paragraph {number} of a letter of several pages." for number in range(60))
MARKED_UP = "## First\n\n> quoted\n\n- a\n- b\n\n1. x\n2. y\n\n*e* and **s**\n\n## Second\n\nx\\\ny"


def failures(pdf: bytes) -> list[str]:
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert report.rules.total > 100
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def run(program: str, *arguments: str | Path) -> str:
    path = tools.found(program)
    assert path is not None
    done = subprocess.run([path, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.tools
def test_every_letter_is_pdf_ua_and_copies_as_it_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kind, tone and route: what is wrong with any is named."""
    # Of the letters that are sent on the way to a sample, nobody sees the paper.
    issuing, nothing = import_module("requests_app.letters.issue"), papers.pdf("")
    monkeypatch.setattr(issuing, "render_pdf", lambda sheet: nothing)
    monkeypatch.setattr(issuing, "page_count", lambda pdf: 1)
    file = tmp_path / "letter.pdf"
    faults, kinds = [], set()
    for one in samples("us-ct/stamford", by=reporter()):
        pdf = letters.render_pdf(one.sheet)
        kinds.add(one.kind)
        faults += [f"{one.name}: {found}" for found in failures(pdf)]
        if letters.page_count(pdf) == 1:  # a page's foot stands between two halves of a sentence
            file.write_bytes(pdf)
            copied = "".join(run("pdftotext", "-raw", file, "-").replace("•", "-").split())
            if "".join(without_markup(one.sheet.text).split()) not in copied:
                faults.append(f"{one.name}: is not copied as it reads")
    assert faults == []
    assert kinds == set(LetterKind)


@pytest.mark.parametrize("text", [LONG, MARKED_UP, "שלום, محمد, नेहा, 李小龍, 😀"])
def test_letter_of_any_text_is_pdf_ua(text: str) -> None:
    assert (
        failures(letters.render_pdf(replace(illustrated(), text=text, enclosures=("a.pdf",)))) == []
    )


def test_untagged_file_fails() -> None:
    untagged = HTML(string="<html lang=en><title>x</title><p>Dear Clerk</p>").write_pdf()
    assert any(found.startswith("PDFUA1-STRUCT-TREE-ROOT") for found in failures(untagged))


def test_picture_without_words_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    wordless = render.to_html(illustrated()).replace('alt="The Ledger"', "")
    monkeypatch.setattr(render, "to_html", lambda sheet, is_compact=False: wordless)
    found = failures(letters.render_pdf(illustrated()))
    assert any("ALTERNATIVE-TEXT" in one for one in found)


def test_pictures_are_read_out_in_their_place() -> None:
    with pikepdf.open(BytesIO(letters.render_pdf(illustrated()))) as pdf:
        told = [
            str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o
        ]
    assert told == ["The Ledger", "Signature of D"]


def test_headings_go_down_one_step_at_a_time() -> None:
    html = render.to_html(replace(illustrated(), text=MARKED_UP, enclosures=("a.pdf",)))
    levels = [part[0] for part in html.split("<h")[1:] if part[0].isdigit()]
    assert levels == ["1", "2", "2", "2"]


def test_every_kind_has_a_heading() -> None:
    without = {kind for kind in LetterKind if not kind.described.heading}
    assert without == {LetterKind.RECORDS_REQUEST, LetterKind.APPEAL}  # the law's, and the route's


@pytest.mark.tools
@pytest.mark.parametrize("text", [None, LONG, MARKED_UP])
def test_qpdf_finds_nothing_wrong(text: str | None, tmp_path: Path) -> None:
    of = illustrated()
    file = tmp_path / "letter.pdf"
    file.write_bytes(letters.render_pdf(replace(of, text=text or of.text)))
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", file)
    with pikepdf.open(file) as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.tools
def test_other_programs_read_the_letter_in_its_order(tmp_path: Path) -> None:
    of = replace(illustrated(), enclosures=("row-210.png",))
    file = tmp_path / "letter.pdf"
    file.write_bytes(letters.render_pdf(of))
    text = " ".join(run("pdftotext", "-raw", file, "-").split())
    order = [
        of.newsroom_name,
        of.newsroom_address,
        *of.addressee,
        "November 9, 2026",
        of.delivery_line,
        f"Our reference: {of.reference}",
        of.subject,
        of.heading,
        *of.text.split("\n\n")[0].split("\n"),
        "1. every use-of-force report of the Police Department",
        "Sincerely,",
        "Dana Whitfield Reporter",
        "Enclosure: 1 1. row-210.png",
        "Page 1 of 1",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.tools
def test_text_is_copied_as_its_words_are_written(tmp_path: Path) -> None:
    """No ligature, soft hyphen or break within a word changes what is copied."""
    words = "official affidavit efficient office fluffy fjord waffle first file Whitfield offing"
    file = tmp_path / "letter.pdf"
    file.write_bytes(letters.render_pdf(sheet(request(), f"{words}\n\n{words} " * 12)))
    copied = run("pdftotext", "-raw", file, "-")
    assert " ".join(copied.split()).count(words) == 24
    assert not {"\u00ad", "ﬁ", "ﬂ", "ﬀ", "ﬃ"} & set(copied)
