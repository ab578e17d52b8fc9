"""The PDF: right, tagged, the same bytes each time, and nothing read from outside."""

import hashlib
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
import time_machine
from PIL import Image

from cities.schema.city import RequestKind
from cities.schema.load import load_city
from requests_app import letters
from requests_app.letters import LetterError
from requests_app.letters.paper import layout, pdf_engine, render
from requests_app.letters.paper.png_urls import png_url
from tests.letters.examples import (
    ASKED_FOR,
    CITIES,
    KINDS,
    MONDAY,
    illustrated,
    read_back,
    request,
    sheet,
)

pytestmark = [pytest.mark.django_db, pytest.mark.first_pass]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("city", CITIES)
def test_request_reads_back_from_its_pdf(city: str, kind: RequestKind) -> None:
    of = request(city, kind)
    paper = sheet(of)
    pdf = letters.render_pdf(paper)
    text = read_back(pdf)
    assert ASKED_FOR[kind] in text
    assert f"Our reference: {of.reference}" in text
    assert f"Replies to {paper.reply_address}" in text
    assert "November 9, 2026" in text
    assert "Page 1 of 1" in text
    assert letters.page_count(pdf) == 1
    if kind == RequestKind.RECORDS:
        assert load_city(city).statute.citation in text


def test_pdf_is_tagged_titled_and_in_american_english() -> None:
    with pikepdf.open(BytesIO(letters.render_pdf(sheet(request())))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-US"
        assert pdf.Root.StructTreeRoot is not None
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"].startswith("Use-of-force reports, 2024–25: Request under")
        tags = {str(tag) for tag in _tags(pdf.Root.StructTreeRoot)}
        assert {"/H1", "/P", "/L", "/LI"} <= tags


def _tags(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = [element.S] if "/S" in element else []
    kids: pikepdf.Object = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            found += _tags(kid)
    return found


def test_every_font_is_embedded() -> None:
    with pikepdf.open(BytesIO(letters.render_pdf(sheet(request())))) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and _is_font(o)]
        assert fonts
        assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)
        assert any("Charis" in str(font.FontName) for font in fonts)


def _is_font(value: pikepdf.Dictionary) -> bool:
    return value.get("/Type") == "/FontDescriptor"


def test_same_sheet_gives_the_same_bytes_a_year_later() -> None:
    paper = illustrated()
    pdf = letters.render_pdf(paper)
    with time_machine.travel("2027-12-31 23:59:59+00:00"):
        assert letters.render_pdf(paper) == pdf
    assert b"CreationDate" not in pdf
    assert b"ModDate" not in pdf


def test_another_process_gives_the_same_bytes() -> None:
    paper = illustrated()
    program = (
        "import django, hashlib, pickle, sys; django.setup(); "
        "from requests_app.letters import render_pdf; "
        "print(hashlib.sha256(render_pdf(pickle.load(sys.stdin.buffer))).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", program],
        input=pickle.dumps(paper),
        capture_output=True,
        check=True,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONHASHSEED": "7",
            "TZ": "Pacific/Auckland",
        },
    )
    ours = hashlib.sha256(letters.render_pdf(paper)).hexdigest()
    assert other.stdout.decode().split()[-1] == ours


def test_logo_and_signature_are_on_the_paper_within_their_boxes() -> None:
    html = render.to_html(illustrated())
    assert 'alt="The Ledger" style="width: 110.00pt; height: 44.00pt"' in html
    assert 'alt="Signature of D" style="width: 105.00pt; height: 42.00pt"' in html
    pdf = letters.render_pdf(illustrated())
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) == 1
        pictures = [o for o in document.objects if _is_picture(o)]
    assert len(pictures) >= 2


def _is_picture(value: pikepdf.Object) -> bool:
    return isinstance(value, pikepdf.Stream) and value.get("/Subtype") == "/Image"


def test_only_the_declared_pictures_may_be_loaded() -> None:
    logo = illustrated().logo
    assert logo is not None
    shown = f'<html lang=en><title>x</title><img alt=x src="{png_url(logo.png)}">'
    assert pdf_engine.lay_out(shown, [logo.png]).pages
    with pytest.raises(pdf_engine.NotAllowedError):
        pdf_engine.lay_out(shown)


def test_request_of_sixty_pages_is_numbered_to_the_end() -> None:
    what = "\n".join(
        f"the complete file of permit {n}, with its plans, its inspections and every message "
        f"that was sent or received about it, in whatever form it is kept"
        for n in range(1, 1250)
    )
    of = request(particulars={"what": what})
    pdf = letters.render_pdf(sheet(of))
    pages = letters.page_count(pdf)
    assert pages >= 60
    text = read_back(pdf)
    assert f"Page {pages} of {pages}" in text
    assert "1249. the complete file of permit 1249, with its plans" in text
    assert text.count(f"Ref. {of.reference}") == pages


def test_letter_a_little_too_long_is_set_closer() -> None:
    paper = sheet(request())
    lines = 0
    while len(pdf_engine.lay_out(render.to_html(paper)).pages) == 1:
        lines += 1
        paper = replace(paper, text=paper.text + "\nOne more line.\n")
    pdf = letters.render_pdf(paper)
    assert letters.page_count(pdf) == 1
    assert read_back(pdf).count("One more line.") == lines


def test_signature_stays_with_the_last_words() -> None:
    paper = replace(sheet(request()), text="\n\n".join(f"Paragraph {n}." for n in range(1, 46)))
    pdf = letters.render_pdf(paper)
    assert letters.page_count(pdf) == 2
    with pikepdf.open(BytesIO(pdf)) as document:
        last = pikepdf.new()
        last.pages.append(document.pages[1])
        out = BytesIO()
        last.save(out)
    assert "Paragraph 45. Sincerely, Dana Whitfield" in read_back(out.getvalue())


@pytest.mark.parametrize(
    "reference",
    [
        '<img src="https://example.org/x.png">',
        '<img src="file:///etc/passwd">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<style>@import "https://example.org/x.css"; p { background: url(file:///x) }</style>',
        '<img src="data:image/png;base64,AAAA">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
    ],
)
def test_engine_refuses_everything_from_outside(reference: str) -> None:
    page = f"<!doctype html><html lang=en><title>x</title><body>{reference}<p>y</p></body></html>"
    with pytest.raises(pdf_engine.NotAllowedError):
        pdf_engine.write(pdf_engine.lay_out(page))


def test_markup_of_a_person_is_printed_as_text() -> None:
    hostile = '<img src="https://example.org/x.png"> <script>alert(1)</script> & “O’Neil”'
    paper = replace(sheet(request()), text=hostile, subject=hostile, signer=hostile)
    assert read_back(letters.render_pdf(paper)).count('<img src="https://example.org/x.png">') == 3


def test_refused_file_becomes_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    page = '<html lang=en><title>x</title><img src="file:///etc/passwd">'
    monkeypatch.setattr(render, "to_html", lambda sheet, is_compact=False: page)
    with pytest.raises(LetterError, match="A letter may not load file:///etc/passwd"):
        letters.render_pdf(sheet(request()))


def test_failure_of_the_engine_becomes_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(page: str, **named: object) -> bytes:
        raise layout.LayoutError("ZeroDivisionError", "in the engine")

    monkeypatch.setattr(layout, "lay_out", fail)
    with pytest.raises(LetterError, match=r"could not be made.*\(ZeroDivisionError\)"):
        letters.render_pdf(sheet(request()))


def test_names_in_other_scripts_are_printed() -> None:
    names = "Łódź Ñandú Nguyễn, Αθήνα, Привет"
    assert names in read_back(letters.render_pdf(sheet(request(), text=names)))
    rtl = letters.render_pdf(sheet(request(), text="We write for محمد العربي and שלום."))
    assert letters.page_count(rtl) == 1


def test_character_that_no_font_has_is_named() -> None:
    with pytest.raises(LetterError, match=r"No font .* \(U\+10FFFD\)"):
        letters.render_pdf(sheet(request(), text="A private sign: \U0010fffd"))


def test_long_subject_and_unbroken_words_stay_on_the_page() -> None:
    paper = replace(
        sheet(request()), subject="Reports " * 37, text="x" * 3000, their_reference="r" * 120
    )
    assert letters.page_count(letters.render_pdf(paper)) == 2


def test_pages_are_shown_as_pictures() -> None:
    images = letters.page_images(letters.render_pdf(sheet(request())), width=600)
    assert [Image.open(BytesIO(image)).size for image in images] == [(600, 777)]


def test_text_copies_in_the_order_in_which_it_is_read() -> None:
    text = read_back(letters.render_pdf(sheet(request())))
    order = [
        "12 Summer Street, Stamford, CT 06901",
        "City of Stamford, Connecticut November 9, 2026 By e-mail to clerk@city.example",
        "Use-of-force reports, 2024–25 Request under the",
        "Dear City Clerk:",
        "1. every use-of-force report of the Police Department 2. the log of those reports The",
        "Sincerely, Dana Whitfield Reporter",
        "Ref. STAM-2026-0001",
        "Page 1 of 1",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_dated_in_words() -> None:
    assert "November 9, 2026" in render.to_html(replace(sheet(request()), on=MONDAY))


def test_letter_without_end_is_refused_with_what_to_do() -> None:
    endless = replace(sheet(request()), text="word " * (render.MOST_CHARACTERS // 5 + 1))

    with pytest.raises(LetterError, match=r"characters, and up to .* shorten it"):
        letters.render_pdf(endless)
