"""PDF, Office Open XML and OpenDocument → text. Runs in the cage, without Django.

Each page of a PDF ends with END_OF_PAGE. A reader yields pieces of text and never holds the whole
of a file's XML: what a small archive unfolds into is bounded by the limits on the process and on
what is written.
"""

import codecs
import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO
from xml.etree.ElementTree import iterparse

import pypdfium2

from requests_app.storage.cage.errors import RefusalError
from requests_app.storage.reading_files.scanned_pages import Recognizer

PDF_HEAD = b"%PDF-"
END_OF_PAGE = "\f"
# Where the words are in an archive, and the elements of which each begins a line.
OFFICE = {
    "word/": (("word/document", "word/footnotes", "word/endnotes", "word/header", "word/footer"),
              ("p",), ("t",)),
    "xl/": (("xl/sharedStrings", "xl/worksheets/"), ("si", "c"), ("t", "v")),
    "ppt/": (("ppt/slides/slide", "ppt/notesSlides/"), ("p",), ("t",)),
}  # fmt: skip
OPEN_DOCUMENT = ("p", "h")
PLAIN = {".txt", ".csv", ".tsv", ".md", ".json", ".xml", ".log"}


def write_words(source: IO[bytes], output: IO[bytes], *, name: str, most: int) -> bool:
    """Write the file's words, up to so many bytes of UTF-8; whether there would be more."""
    left = most
    for piece in pieces(source, name):
        text = piece.replace("\x00", "").encode("utf-8", "replace")
        output.write(text[:left])
        left -= len(text)
        if left < 0:
            return True
    return False


def pieces(file: IO[bytes], name: str) -> Iterator[str]:
    """The words of a file in its own order. RefusalError: a kind of file that is not read."""
    head = file.read(1024)
    is_archive = zipfile.is_zipfile(file)
    file.seek(0)
    if PDF_HEAD in head:
        yield from _pdf(file)
    elif is_archive:
        yield from _archive(file)
    elif PurePath(name).suffix.lower() in PLAIN:
        yield from _plain(file)
    else:
        raise RefusalError("a kind of file whose words the desk does not read")


def _pdf(file: IO[bytes]) -> Iterator[str]:
    document = pypdfium2.PdfDocument(file)
    recognizer = Recognizer()
    try:
        for page in document:
            text = page.get_textpage()
            words = text.get_text_bounded().replace("\r\n", "\n")
            yield words if words.strip() else recognizer.words_of(page)
            yield f"\n{END_OF_PAGE}"
            text.close()
            page.close()
    finally:
        document.close()


def _archive(file: IO[bytes]) -> Iterator[str]:
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        for folder, (parts, lines, words) in OFFICE.items():
            if any(name.startswith(folder) for name in names):
                for name in sorted(n for n in names if n.startswith(parts) and n.endswith(".xml")):
                    with archive.open(name) as part:
                        yield from _words(part, lines, words)
                return
        if "content.xml" in names and "mimetype" in names:
            with archive.open("content.xml") as part:
                yield from _words(part, OPEN_DOCUMENT, ())
            return
    raise RefusalError("an archive: what it holds is listed, not read")


def _words(part: IO[bytes], lines: tuple[str, ...], words: tuple[str, ...]) -> Iterator[str]:
    """Text of the named elements, or all of it; a new line where one of `lines` ends."""
    # No entity is fetched, and what a file unfolds into is bounded by the process's own limits.
    for _, element in iterparse(part, events=("end",)):  # noqa: S314
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if words and name in words and element.text:
            yield element.text
        if name in lines:
            yield ("" if words else "".join(element.itertext())) + "\n"
            element.clear()


def _plain(file: IO[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while data := file.read(64 * 1024):
        yield decoder.decode(data)
    yield decoder.decode(b"", final=True)
