"""PDF, Office Open XML and OpenDocument → text. Runs in the child process, without Django.

A reader yields pieces of text and never holds the whole of a file's XML: what a small archive
unfolds into is bounded by the limits on the process and on what is written.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import iterparse

PDF_HEAD = b"%PDF-"
# Where the words are in an archive, and the elements of which each begins a line.
OFFICE = {
    "word/": (("word/document", "word/footnotes", "word/endnotes", "word/header", "word/footer"),
              ("p",), ("t",)),
    "xl/": (("xl/sharedStrings", "xl/worksheets/"), ("si", "c"), ("t", "v")),
    "ppt/": (("ppt/slides/slide", "ppt/notesSlides/"), ("p",), ("t",)),
}  # fmt: skip
OPEN_DOCUMENT = ("p", "h")
PLAIN = {".txt", ".csv", ".tsv", ".md", ".json", ".xml", ".log"}


class NotRead(Exception):
    """A kind of file whose words the desk does not read."""


def pieces(path: Path, name: str) -> Iterator[str]:
    """The words of a file in its own order. Raises NotRead, or whatever a broken file causes."""
    with path.open("rb") as file:
        head = file.read(1024)
    if PDF_HEAD in head:
        yield from _pdf(path)
    elif zipfile.is_zipfile(path):
        yield from _archive(path)
    elif Path(name).suffix.lower() in PLAIN:
        yield from _plain(path)
    else:
        raise NotRead("a kind of file whose words the desk does not read")


def _pdf(path: Path) -> Iterator[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        for page in document:
            text = page.get_textpage()
            yield text.get_text_bounded() + "\n"
            text.close()
            page.close()
    finally:
        document.close()


def _archive(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
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
    raise NotRead("an archive: what it holds is listed, not read")


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


def _plain(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", errors="replace") as file:
        while text := file.read(64 * 1024):
            yield text
