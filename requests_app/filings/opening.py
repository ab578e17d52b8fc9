"""What an exhibit is made of → its pages, and the files that go beside them.

Nothing is left out in silence: a file whose content does not become pages has a slip sheet among
them, with its name, size, hash and the reason, and goes along as it is.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from requests_app.casefile import CaseFileError
from requests_app.casefile.content.dossier import Exhibit as PrintedExhibit
from requests_app.casefile.make_pdf import checked_bytes
from requests_app.casefile.pdf import opening as printing
from requests_app.casefile.pdf import pages, picture_pages, place_in_cage, placing
from requests_app.casefile.pdf.place_in_cage import place
from requests_app.casefile.pdf.placing import NotPlacedError
from requests_app.filings import FilingError
from requests_app.filings.sources import Source, SourceFile
from requests_app.mail.mime.file_types import PREFIX, true_type
from requests_app.models import FilledForm, Letter
from requests_app.storage import content

TABLES = {"text/csv", "text/tab-separated-values"}
NO_PAGES = "A file of this kind has no pages."


@dataclass(frozen=True, slots=True)
class Opened:
    """The exhibit's pages at `path`. `beside` are files as `models.Exhibit.beside` holds them."""

    path: Path
    page_count: int
    beside: tuple[dict[str, Any], ...] = ()


@dataclass(slots=True)
class _Opening:
    """Collects pages and files of one exhibit, in order."""

    folder: Path
    zone: ZoneInfo
    papers: list[Path] = field(default_factory=list)
    beside: list[dict[str, Any]] = field(default_factory=list)

    def target(self) -> Path:
        return self.folder / f"paper-{len(self.papers)}.pdf"

    def print(self, template: str, **context: Any) -> None:
        """Pages of our own, drawn within the frame as any others are."""
        self.place_bytes(pages.render(f"filing/{template}", **context).pdf)

    def place_bytes(self, pdf: bytes) -> None:
        source, target = self.folder / "own.pdf", self.target()
        source.write_bytes(pdf)
        placing.place(source, target)
        self.papers.append(target)

    def put_beside(self, file: SourceFile, reason: str) -> None:
        self.beside.append(
            {
                "name": file.name,
                "content_type": file.content_type,
                "size": file.size,
                "sha256": file.sha256,
                "stored": file.stored,
                "reason": reason,
            }
        )


def open_source(source: Source, folder: Path) -> Opened:
    """All of it as pages. FilingError where it cannot be filed, with or without them."""
    try:
        return _opened(source, folder)
    except (CaseFileError, NotPlacedError) as error:  # of our own pages
        raise FilingError(str(error)) from error


def _opened(source: Source, folder: Path) -> Opened:
    opening = _Opening(folder, ZoneInfo(source.zone))
    if source.letter_pk:
        _letter(opening, source.letter_pk, source)
    if source.original:
        _mail(opening, source.original)
    elif source.heading:
        opening.print("message.html", heading=source.heading, head=source.head, text=source.words)
    for file in source.files:
        _file(opening, file)
    if source.letter_pk:
        opening.print("sending.html", sendings=source.proof)
    return Opened(*_joined(opening), tuple(opening.beside))


def _joined(opening: _Opening) -> tuple[Path, int]:
    target = opening.folder / "exhibit.pdf"
    return target, place_in_cage.join(opening.papers, target)


def _letter(opening: _Opening, pk: int, source: Source) -> None:
    pdf = bytes(Letter.objects.values_list("pdf", flat=True).get(pk=pk))
    opening.place_bytes(checked_bytes(pdf, source.letter_sha256, "The letter"))
    if source.form_sha256:
        form = FilledForm.objects.get(letter=pk)
        opening.place_bytes(checked_bytes(bytes(form.pdf), source.form_sha256, "Its form"))


def _mail(opening: _Opening, original: SourceFile) -> None:
    """Its head and its words as pages; the message itself goes beside, byte for byte."""
    copy = _copy(opening, original)
    sheet = printing.mail_sheet(_printed(original), copy, opening.zone)
    opening.print("message.html", heading="E-mail", head=sheet.head, text=sheet.text)
    opening.put_beside(original, sheet.reason)


def _file(opening: _Opening, file: SourceFile) -> None:
    if file.apart:
        raise FilingError(
            f"“{file.name}” is kept apart and is not handed out: {file.apart} Take it out of the "
            "exhibits."
        )
    copy = _copy(opening, file)
    with copy.open("rb") as opened:
        kind = true_type(opened.read(PREFIX), file.content_type)
    if file.name.lower().endswith((".csv", ".tsv")):
        kind = "text/csv"
    try:
        not_shown = _place(opening, file, copy, kind)
    except NotPlacedError as reason:
        _slip(opening, file, kind, str(reason))
    else:
        if not_shown:
            _slip(opening, file, kind, not_shown)


def _place(opening: _Opening, file: SourceFile, copy: Path, kind: str) -> str:
    """Its pages; what of it they do not show. NotPlacedError where it has none."""
    if kind == "message/rfc822":
        _mail(opening, file)
        return ""
    if kind == "application/pdf" or kind in picture_pages.TYPES:
        target = opening.target()
        placed = place(copy, target, kind=kind)
        opening.papers.append(target)
        return placed.not_shown
    if kind in TABLES:
        raise NotPlacedError("A table of data is read in a spreadsheet, not on pages.")
    if kind.startswith("text/") or kind in {"application/json", "application/xml"}:
        sheet = printing.text_sheet(_printed(file), copy, kind)
        opening.print("message.html", heading=file.name, head=(), text=sheet.text)
        return sheet.reason
    raise NotPlacedError(NO_PAGES)


def _slip(opening: _Opening, file: SourceFile, kind: str, reason: str) -> None:
    opening.print("slip.html", file=file, kind=printing.KINDS.get(kind, kind), reason=reason)
    opening.put_beside(file, reason)


def _copy(opening: _Opening, file: SourceFile) -> Path:
    """The file's own bytes. FilingError where they are gone, or are not what was kept."""
    copy = opening.folder / f"file-{len(opening.papers)}"
    try:
        copy.write_bytes(content.read_whole(file.stored, sha256=file.sha256))
    except content.DamagedError as error:
        raise FilingError(
            f"“{file.name}” is missing where the desk keeps its files, or is no longer what was "
            "kept. Ask whoever keeps the desk’s backups, or add the file again."
        ) from error
    return copy


def _printed(file: SourceFile) -> PrintedExhibit:
    """The file as the case file's printing takes it."""
    return PrintedExhibit(
        0, file.name, file.stored, file.content_type, file.size, file.sha256, (), False
    )
