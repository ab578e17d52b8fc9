"""What becomes of each kind of file; none of them is the end of the case file."""

import hashlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from requests_app.casefile.pdf import opening
from requests_app.casefile.pdf.opening import Sheet, open_exhibit
from requests_app.casefile.pdf.tables import Table
from tests.casefile.papers import EML, exhibit, jpeg, pdf


def opened(data: bytes, name: str, content_type: str, folder: Path) -> Sheet:
    return open_exhibit(exhibit(data, name, content_type), lambda path: BytesIO(data), folder)


def test_pdf_has_its_pages(tmp_path):
    sheet = opened(pdf("a", "b"), "a.pdf", "application/pdf", tmp_path)

    assert (sheet.kind, sheet.page_count, sheet.reason, sheet.is_enclosed) == ("PDF", 2, "", False)
    assert sheet.here == "2 pages, which follow"


def test_file_is_known_by_its_bytes_and_not_by_its_name(tmp_path):
    assert opened(jpeg(), "letter.pdf", "application/pdf", tmp_path).kind == "Picture (JPEG)"


def test_message_is_printed_as_it_reads(tmp_path):
    sheet = opened(EML, "m.eml", "message/rfc822", tmp_path)

    assert ("Subject", "Your request – answer") in sheet.head
    assert ("From", "Clerk <clerk@stamford.example>") in sheet.head
    assert "We have nothing to add." in sheet.text
    assert "alert" not in sheet.text
    assert sheet.is_enclosed


def test_web_page_is_printed_as_text(tmp_path):
    page = b"<html><body><h1>Rules</h1><script>steal()</script><p>One.</p></body></html>"

    sheet = opened(page, "p.html", "text/html", tmp_path)

    assert "Rules" in sheet.text
    assert "steal" not in sheet.text


@pytest.mark.parametrize(
    ("data", "said"),
    [("Größe".encode("utf-16"), "Größe"), ("Größe".encode("cp1252"), "Größe"), (b"plain", "plain")],
)
def test_text_is_read_in_whatever_it_was_written(data: bytes, said: str, tmp_path):
    assert opened(data, "t.txt", "text/plain", tmp_path).text == said


def test_long_text_is_printed_to_a_limit_that_is_said(tmp_path):
    sheet = opened(b"word " * 1_000_000, "long.txt", "text/plain", tmp_path)

    assert len(sheet.text) <= opening.MAX_TEXT
    assert "Only its first 200,000 characters" in sheet.reason
    assert sheet.is_enclosed


def test_text_of_many_short_lines_is_printed_to_a_limit_too(tmp_path):
    sheet = opened(b"1,2\n" * 10_000, "long.txt", "text/plain", tmp_path)

    assert len(sheet.text.splitlines()) == opening.MAX_LINES
    assert "Only its first 3,000 lines" in sheet.reason


@pytest.mark.parametrize(("name", "kind"), [("t.csv", "text/plain"), ("t", "text/csv")])
def test_table_is_printed_as_one(name: str, kind: str, tmp_path):
    sheet = opened("Straße;Größe\nA;2\n".encode("cp1252"), name, kind, tmp_path)

    assert sheet.tables == (Table("", ("Straße", "Größe"), (("A", "2"),)),)
    assert (sheet.text, sheet.reason) == ("", "")
    assert sheet.here == "a table, which follows; the file itself is embedded in this PDF"


def test_table_that_is_too_large_is_named_with_its_size(tmp_path):
    sheet = opened(b"1,2\n" * 10_000, "long.csv", "text/csv", tmp_path)

    assert "It is a table of 10,000 rows and 2 columns" in sheet.reason
    assert (sheet.tables, sheet.text, sheet.is_enclosed) == ((), "", True)


def test_table_without_columns_is_printed_as_text(tmp_path):
    assert opened(b"one\ntwo\n", "t.csv", "text/csv", tmp_path).text == "one\ntwo"


def test_empty_text_says_that_it_is(tmp_path):
    assert opened(b" \n", "e.txt", "text/plain", tmp_path).text == "(no text)"


@pytest.mark.parametrize("name", ["sheet.xlsx", "all.zip", "memo.docx", "call.mp3"])
def test_what_has_no_pages_is_enclosed_with_the_reason(name: str, tmp_path):
    sheet = opened(b"PK\x03\x04" + b"\x00" * 60, name, "application/zip", tmp_path)

    assert sheet.is_enclosed
    assert "no pages to print" in sheet.reason
    assert sheet.here == "no pages: the file itself is embedded in this PDF"


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [(b"%PDF-1.7 broken", "application/pdf", "damaged"), (jpeg()[:50], "image/jpeg", "damaged")],
)
def test_damaged_file_is_enclosed_with_the_reason(data: bytes, kind: str, reason: str, tmp_path):
    sheet = opened(data, "x", kind, tmp_path)

    assert reason in sheet.reason
    assert sheet.is_enclosed


def test_file_that_is_gone_is_said(tmp_path):
    def gone(path: str) -> BytesIO:
        raise FileNotFoundError(path)

    sheet = open_exhibit(exhibit(b"x", "x.pdf"), gone, tmp_path)

    assert "missing" in sheet.reason
    assert not sheet.is_enclosed


def test_file_that_was_changed_is_said_and_not_shown(tmp_path):
    wrong = replace(exhibit(b"x", "x.txt"), sha256=hashlib.sha256(b"y").hexdigest())

    sheet = open_exhibit(wrong, lambda path: BytesIO(b"x"), tmp_path)

    assert "no longer what was filed" in sheet.reason
    assert (sheet.text, sheet.is_enclosed) == ("", False)
