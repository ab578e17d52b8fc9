"""Scanned letters: recognized where tesseract's data is installed, left alone elsewhere."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from requests_app.storage.reading_files import scanned_pages
from requests_app.storage.reading_files.formats import END_OF_PAGE
from requests_app.storage.reading_files.read_words import read
from requests_app.storage.reading_files.scanned_pages import Recognizer
from tests.storage.reading_files import files

needs_tesseract = pytest.mark.skipif(
    not scanned_pages.data_folder(), reason="tesseract's data for English is not installed"
)


def scan(path: Path, *pages: str) -> Path:
    """A PDF of pictures."""
    pictures = []
    for text in pages:
        picture = Image.new("L", (1240, 600), 255)
        ImageDraw.Draw(picture).multiline_text(
            (100, 100), text, font=ImageFont.load_default(size=36), fill=0
        )
        pictures.append(picture)
    pictures[0].save(path, "PDF", save_all=True, append_images=pictures[1:], resolution=150)
    return path


@needs_tesseract
def test_words_of_a_scan_are_recognized_page_by_page(tmp_path: Path) -> None:
    found = read(scan(tmp_path / "x", "Your request is denied", "Harbor Towing"), name="a.pdf")

    first, second, rest = found.text.split(END_OF_PAGE)
    assert (found.problem, rest) == ("", "")
    assert "request is denied" in first
    assert "Harbor Towing" in second


def test_each_page_of_a_pdf_with_words_ends_so(tmp_path: Path) -> None:
    found = read(files.pdf(tmp_path / "x", "Towing invoices"), name="a.pdf")

    assert found.text.split(END_OF_PAGE) == ["Towing invoices\n", ""]


class Page:
    """Which must not be looked at."""


@pytest.mark.parametrize("limit", ["MOST_PAGES", "MOST_SECONDS"])
def test_no_page_is_recognized_beyond_the_limits(
    monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(scanned_pages, "data_folder", lambda: "somewhere")
    monkeypatch.setattr(scanned_pages, "_recognized", lambda *_: "words")
    assert Recognizer().words_of(Page()) == "words"

    monkeypatch.setattr(scanned_pages, limit, -1)

    assert Recognizer().words_of(Page()) == ""


def test_pages_are_counted_for_each_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned_pages, "data_folder", lambda: "somewhere")
    monkeypatch.setattr(scanned_pages, "_recognized", lambda *_: "words")
    monkeypatch.setattr(scanned_pages, "MOST_PAGES", 2)
    recognizer = Recognizer()

    assert [recognizer.words_of(Page()) for _ in range(3)] == ["words", "words", ""]


def test_without_the_data_a_scan_has_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned_pages, "DATA", ("nowhere/*/tessdata",))
    scanned_pages.data_folder.cache_clear()
    try:
        assert scanned_pages.data_folder() == ""
        assert Recognizer().words_of(Page()) == ""
    finally:
        scanned_pages.data_folder.cache_clear()
