"""Letter, contents and exhibits → one PDF of US Letter pages, each exhibit's pages stamped.

Contents, bookmarks and stamps are all written from the pages as they were counted. The contents
stand before the exhibits and are pages themselves, so they are laid out again until their own
number is the one that they were written with.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from requests_app.casefile.make_pdf import safe_name
from requests_app.casefile.pdf import pages, placing
from requests_app.casefile.pdf.assembling import (
    Bookmark,
    PageNumber,
    Paper,
    Piece,
    assemble,
    places,
)
from requests_app.casefile.pdf.stamping import Stamp
from requests_app.filings import FilingError

MOST_ROUNDS = 6
STAMP_SIZE, STAMP_ABOVE = 11.0, 22.0  # points: read at arm's length, under the frame of `placing`


@dataclass(frozen=True, slots=True)
class BoundExhibit:
    """An exhibit as it is bound in: its number and title, and where its pages are."""

    number: int
    title: str
    path: Path
    page_count: int
    beside: tuple[str, ...] = ()  # names of the files that go with it as they are

    @property
    def key(self) -> str:
        return f"exhibit-{self.number}"

    @property
    def label(self) -> str:
        return f"Exhibit {self.number}"

    @property
    def file_stem(self) -> str:
        """Its name as a file of its own: "Exhibit 3 - Denial of November 20 2026"."""
        return safe_name(f"{self.label} - {self.title.replace(',', '').replace('.', ' ')}")


@dataclass(frozen=True, slots=True)
class Binding:
    """What is bound: the letter at `letter`, and the exhibits behind it."""

    title: str
    author: str
    letter: Path
    letter_title: str
    exhibits: tuple[BoundExhibit, ...]
    note: str = ""  # under the contents
    chain_head: str = ""  # where the newsroom's ledger stands: see `ledger.chains`


@dataclass(frozen=True, slots=True)
class Bound:
    """The document, and on which of its pages, from 1, each exhibit begins."""

    path: Path
    page_count: int
    first_pages: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A line of the contents."""

    key: str
    number: int
    title: str
    page_count: int
    page: int
    beside: tuple[str, ...]


def put_together(binding: Binding, folder: Path) -> Bound:
    """Write the document in `folder`. The same papers make the same bytes."""
    with pikepdf.Pdf.open(binding.letter) as letter:
        letter_pages = len(letter.pages)
    front = Piece(binding.letter, 0, letter_pages, anchors={"letter": (0, 0.0)})
    body = [_piece(exhibit) for exhibit in binding.exhibits]
    contents = _contents(binding, letter_pages, body, folder)
    pieces = (front, contents, *body)
    target = folder / "filing.pdf"
    paper = Paper(
        title=binding.title,
        author=binding.author,
        stamp_of=_stamp,
        pieces=pieces,
        bookmarks=_bookmarks(binding),
    )
    count = assemble(paper, target, report=lambda step: None)
    where = places(pieces)
    firsts = {exhibit.number: where[exhibit.key][0] + 1 for exhibit in binding.exhibits}
    return Bound(target, count, firsts)


def separate(bound: Bound, binding: Binding, folder: Path) -> Iterator[tuple[BoundExhibit, Path]]:
    """Each exhibit as a file of its own, cut from the document: the stamps are the same."""
    with pikepdf.Pdf.open(bound.path) as whole:
        for exhibit in binding.exhibits:
            first = bound.first_pages[exhibit.number] - 1
            target = folder / f"{exhibit.key}.pdf"
            with pikepdf.Pdf.new() as part:
                part.pages.extend(whole.pages[first : first + exhibit.page_count])
                for page in part.pages:
                    if "/StructParents" in page.obj:  # of the document's tree, which stays there
                        del page.obj["/StructParents"]
                with part.open_metadata(set_pikepdf_as_editor=False) as metadata:
                    metadata["dc:title"] = f"{exhibit.label}: {exhibit.title}"
                part.save(target, **placing.SAVED)
            yield exhibit, target


def _piece(exhibit: BoundExhibit) -> Piece:
    return Piece(
        path=exhibit.path,
        first=0,
        count=exhibit.page_count,
        label=exhibit.label,
        is_placed=True,
        is_numbered=True,
        anchors={exhibit.key: (0, 0.0)},
    )


def _contents(binding: Binding, letter_pages: int, body: Sequence[Piece], folder: Path) -> Piece:
    """The contents, laid out again until what they say of the pages after them is so."""
    count = 1
    for _ in range(MOST_ROUNDS):
        where = places(body, first=letter_pages + count)
        rows = [
            ContentsRow(
                exhibit.key,
                exhibit.number,
                exhibit.title,
                exhibit.page_count,
                where[exhibit.key][0] + 1,
                exhibit.beside,
            )
            for exhibit in binding.exhibits
        ]
        printed = pages.render(
            "filing/contents.html", rows=rows, note=binding.note, chain_head=binding.chain_head
        )
        if printed.page_count == count:
            path = folder / "contents.pdf"
            path.write_bytes(printed.pdf)
            return Piece(path, 0, count, label="Exhibits", anchors={"contents": (0, 0.0)})
        count = printed.page_count
    raise FilingError("The contents do not come to rest: tell the operator of this desk.")


def _bookmarks(binding: Binding) -> tuple[Bookmark, ...]:
    return (
        Bookmark(binding.letter_title, "letter"),
        Bookmark("Exhibits", "contents"),
        *(
            Bookmark(f"{exhibit.label}: {exhibit.title}", exhibit.key)
            for exhibit in binding.exhibits
        ),
    )


def _stamp(piece: Piece, page: PageNumber) -> Stamp | None:
    """ "Exhibit 3 · page 2 of 7 · 41", the last being the page of the whole. The letter's own pages
    stay as they were issued."""
    if not piece.label:
        return None
    own = (f"page {page.own} of {piece.count}",) if piece.is_numbered else ()
    words = " · ".join((piece.label, *own, str(page.number)))
    return Stamp("", words, STAMP_ABOVE, STAMP_SIZE)
