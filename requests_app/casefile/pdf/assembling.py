"""Pieces → one PDF: pages in order, a stamp on each, bookmarks, links, labels, enclosed files."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Object, OutlineItem, Pdf

from requests_app.casefile.pdf.stamping import Stamp, Stamper
from requests_app.casefile.pdf.tagging import Structure

LINK = "casefile:"  # what a link of our own pages begins with until its page is known
ABOVE = 22.0  # points from the lower edge of a page to its stamp
Anchor = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some pages of one PDF. Anchors are counted from the piece's first page."""

    path: Path
    first: int
    count: int
    label: str = ""
    is_placed: bool = False  # pages of a file, each drawn as one within a frame: see `placing`
    is_picture: bool = False  # nothing on its pages can be read as text
    is_numbered: bool = False  # "page 2 of 9" of its own, beside the whole's
    anchors: dict[str, Anchor] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline, and what stands under it."""

    title: str
    key: str
    under: tuple["Bookmark", ...] = ()


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes along in the PDF."""

    name: str
    path: Path
    description: str
    content_type: str


def places(pieces: Sequence[Piece], first: int = 0) -> dict[str, Anchor]:
    """Each anchor's page in the whole, from 0, and its distance from the page's top."""
    found: dict[str, Anchor] = {}
    for piece in pieces:
        for key, (page, down) in piece.anchors.items():
            found.setdefault(key, (first + page, down))
        first += piece.count
    return found


@dataclass(frozen=True, slots=True)
class PageNumber:
    """Which page of its piece it is, which of the whole, and how many that has."""

    own: int
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Paper:
    """All that makes the PDF. `stamp_of` says what a page is stamped with, if anything."""

    title: str
    author: str
    stamp_of: Callable[[Piece, PageNumber], Stamp | None]
    pieces: tuple[Piece, ...]
    bookmarks: tuple[Bookmark, ...]
    enclosed: tuple[Enclosed, ...] = ()


def assemble(paper: Paper, target: Path, *, report: Callable[[str], None]) -> int:
    """Write the PDF; how many pages it has."""
    with Pdf.new() as pdf, ExitStack() as opened:
        sources: dict[Path, Pdf] = {}
        for piece in paper.pieces:
            if piece.path not in sources:
                sources[piece.path] = opened.enter_context(Pdf.open(piece.path))
            pdf.pages.extend(sources[piece.path].pages[piece.first : piece.first + piece.count])
        _tag(pdf, paper, sources)
        report("Numbering the pages")
        where = places(paper.pieces)
        _stamp(pdf, paper)
        report("Setting bookmarks and links")
        _link(pdf, where)
        _outline(pdf, paper.bookmarks, where)
        _describe(pdf, paper)
        for enclosed in paper.enclosed:
            _enclose(pdf, enclosed)
        report("Writing the PDF")
        pdf.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            deterministic_id=True,
        )
        return len(pdf.pages)


def _tag(pdf: Pdf, paper: Paper, sources: dict[Path, Pdf]) -> None:
    structure = Structure(pdf)
    of_source: dict[Path, list[tuple[int, Object]]] = {}
    pages = [page.obj for page in pdf.pages]
    number = 0
    for piece in paper.pieces:
        for own in range(1, piece.count + 1):
            if piece.is_placed:
                alternative = f"{piece.label}, page {own}" if piece.is_picture else ""
                structure.place(number, pages[number], alternative=alternative)
            else:
                of_source.setdefault(piece.path, []).append((number, pages[number]))
            number += 1
    for path, places_in_it in of_source.items():
        structure.take(sources[path], places_in_it)
    structure.write()


def _stamp(pdf: Pdf, paper: Paper) -> None:
    stamper, total, number = Stamper(pdf), len(pdf.pages), 0
    pages = iter(pdf.pages)
    for piece in paper.pieces:
        for own in range(1, piece.count + 1):
            number += 1
            page = next(pages)
            if stamp := paper.stamp_of(piece, PageNumber(own, number, total)):
                stamper.stamp(page, stamp)


def _link(pdf: Pdf, where: dict[str, Anchor]) -> None:
    """Our links to places become links to pages; one to a place that is not here is dropped."""
    for page in pdf.pages:
        annotations = page.obj.get("/Annots")
        if annotations is None:
            continue
        kept = []
        for annotation in annotations:
            address = str(annotation.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(LINK):
                place = where.get(address.removeprefix(LINK))
                if place is None:
                    continue
                del annotation["/A"]
                annotation.Dest = _destination(pdf, place)
            kept.append(annotation)
        page.obj.Annots = Array(kept)


def _destination(pdf: Pdf, place: Anchor) -> Array:
    page = pdf.pages[place[0]]
    top = float(page.obj.MediaBox[3])
    return Array([page.obj, Name.XYZ, 0, round(top - max(place[1] - 6, 0), 1), 0])


def _outline(pdf: Pdf, bookmarks: Sequence[Bookmark], where: dict[str, Anchor]) -> None:
    with pdf.open_outline() as outline:
        outline.root.extend(
            _item(pdf, bookmark, where) for bookmark in bookmarks if bookmark.key in where
        )


def _item(pdf: Pdf, bookmark: Bookmark, where: dict[str, Anchor]) -> OutlineItem:
    item = OutlineItem(bookmark.title, _destination(pdf, where[bookmark.key]))
    item.is_closed = len(bookmark.under) > 30
    item.children.extend(_item(pdf, under, where) for under in bookmark.under if under.key in where)
    return item


def _describe(pdf: Pdf, paper: Paper) -> None:
    pdf.Root.Lang = pikepdf.String("en-US")
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = paper.title
        metadata["dc:creator"] = [paper.author]
        metadata["dc:language"] = {"en-US"}
        metadata["pdf:Producer"] = "Records Desk"
        if not any(piece.is_placed for piece in paper.pieces):
            metadata["pdfuaid:part"] = "1"  # all of it is the engine's own, tagged


def _enclose(pdf: Pdf, enclosed: Enclosed) -> None:
    pdf.attachments[enclosed.name] = AttachedFileSpec(
        pdf,
        enclosed.path.read_bytes(),
        description=enclosed.description,
        filename=enclosed.name,
        mime_type=enclosed.content_type,
        creation_date="",
        mod_date="",
    )
