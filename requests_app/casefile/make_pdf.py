"""The steps from a Dossier to one PDF, each reported as it begins; none holds the whole."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from requests_app.casefile import CaseFileError
from requests_app.casefile.content import timeline
from requests_app.casefile.content.dossier import Dossier, LetterPages
from requests_app.casefile.pdf import cover_and_contents, entry_pages, pages
from requests_app.casefile.pdf.assembling import (
    ABOVE,
    Enclosed,
    PageNumber,
    Paper,
    Piece,
    assemble,
)
from requests_app.casefile.pdf.opening import Opener, Sheet, open_exhibit
from requests_app.casefile.pdf.place_in_cage import place
from requests_app.casefile.pdf.placing import NotPlacedError
from requests_app.casefile.pdf.stamping import Stamp

MAX_ENCLOSED = 64 * 1024 * 1024  # bytes of all the files in one PDF
SHEETS_AT_ONCE = 25
SHEET_CHARACTERS = 100_000
LAST_STEPS = 5  # cover and contents, and those of `assemble`
_UNSAFE = re.compile(r"[^\w.()+ -]+")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
LONGEST_NAME = 80


class Report(Protocol):
    """Called before each step: what is being done, how many are done and of how many."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


@dataclass(slots=True)
class Steps:
    """Counts the steps of a making."""

    report: Report
    total: int
    done: int = 0

    def next(self, step: str) -> None:
        self.report(step, self.done, self.total)
        self.done += 1


@dataclass(frozen=True, slots=True)
class Stored:
    """Where what is kept is read from: files by their names in storage, letters by their keys."""

    open_file: Opener
    letter_pdf: Callable[[int], bytes]


def make_pdf(
    dossier: Dossier, target: Path, *, folder: Path, stored: Stored, report: Report
) -> int:
    """Write the case file to `target`, working in `folder`; how many pages it has."""
    chunks = list(entry_pages.chunks(list(entry_pages.runs(dossier.entries))))
    steps = Steps(report, 1 + len(chunks) + 2 * len(dossier.exhibits) + LAST_STEPS)
    body = [*_clocks(dossier, folder, steps)]
    for number, chunk in enumerate(chunks):
        steps.next("Laying out the correspondence")
        letters = _letters(chunk, folder, stored)
        path = folder / f"entries-{number}.pdf"
        body += entry_pages.pieces(dossier, chunk, path, letters)
    opened = _open(dossier, stored.open_file, folder, steps)
    sheets = _within_bounds(opened, MAX_ENCLOSED if dossier.embeds_files else 0)
    body += _exhibits(dossier, sheets, folder, steps)
    steps.next("Writing cover and contents")
    paper = Paper(
        title=f"{dossier.reference}: {dossier.subject}",
        author=dossier.newsroom,
        stamp_of=lambda piece, page: _stamp(piece, page, dossier.reference),
        pieces=(*cover_and_contents.front(dossier, body, folder), *body),
        bookmarks=cover_and_contents.bookmarks(dossier),
        enclosed=tuple(_enclosed(sheets)),
    )
    return assemble(paper, target, report=steps.next)


def _stamp(piece: Piece, page: PageNumber, reference: str) -> Stamp:
    counted = f"page {page.own:,} of {piece.count:,}" if piece.is_numbered else ""
    left = " · ".join(part for part in (piece.label, counted, reference) if part)
    return Stamp(left, f"page {page.number:,} of {page.total:,}", ABOVE)


def _clocks(dossier: Dossier, folder: Path, steps: Steps) -> Iterator[Piece]:
    steps.next("Drawing the timeline and the deadlines")
    keys = [part for part in ("timeline", "deadlines") if part in dossier.parts]
    if not keys:
        return
    drawing = timeline.draw(dossier) if "timeline" in keys else ""
    printed = pages.render(
        "deadlines.html", dossier=dossier, timeline=drawing, timeline_key=timeline.KEY
    )
    path = folder / "clocks.pdf"
    path.write_bytes(printed.pdf)
    yield from entry_pages.split(printed, path, keys)


def _letters(
    chunk: Sequence[entry_pages.Run], folder: Path, stored: Stored
) -> dict[int, entry_pages.LetterFiles]:
    """The frozen PDFs of a chunk's letters, each checked against the hash it was issued with."""
    found: dict[int, entry_pages.LetterFiles] = {}
    for run in chunk:
        letter = run.entries[-1].letter
        if letter:
            path = folder / f"letter-{letter.pk}.pdf"
            path.write_bytes(checked(letter, stored.letter_pdf(letter.pk)))
            behind = _filing(letter, folder, stored.open_file) if letter.filing else None
            found[letter.pk] = entry_pages.LetterFiles(path, behind)
    return found


def _filing(letter: LetterPages, folder: Path, open_file: Opener) -> Path:
    """The challenge as it was filed; its pages bear stamps of their own, above which ours goes."""
    assert letter.filing is not None
    filed, placed = folder / f"filing-{letter.pk}.pdf", folder / f"filing-{letter.pk}-placed.pdf"
    what = f"The filing of “{letter.subject}”"
    try:
        with open_file(letter.filing.document.path) as file:
            pdf = file.read()
    except FileNotFoundError as error:
        raise CaseFileError(f"{what} is missing. Ask whoever keeps the desk’s backups.") from error
    filed.write_bytes(checked_bytes(pdf, letter.filing.document.sha256, what))
    try:
        place(filed, placed, kind="application/pdf")
    except NotPlacedError as error:
        raise CaseFileError(f"{what} cannot be printed. {error}") from error
    return placed


def checked(letter: LetterPages, pdf: bytes) -> bytes:
    what = f"The letter “{letter.subject}” of {letter.dated_on}"
    return checked_bytes(pdf, letter.sha256, what)


def checked_bytes(pdf: bytes, sha256: str, what: str) -> bytes:
    """The PDF of what was issued. CaseFileError where it is not that any more."""
    if hashlib.sha256(pdf).hexdigest() != sha256:
        raise CaseFileError(
            f"{what} is not what was issued: its hash differs. Ask whoever keeps the desk’s "
            "backups."
        )
    return pdf


def _open(dossier: Dossier, opener: Opener, folder: Path, steps: Steps) -> Iterator[Sheet]:
    for exhibit in dossier.exhibits:
        steps.next(f"Opening exhibit {exhibit.number} of {len(dossier.exhibits)}")
        yield open_exhibit(exhibit, opener, folder)


def _within_bounds(sheets: Iterator[Sheet], room: int) -> list[Sheet]:
    """What is enclosed, as long as there is room; the rest goes beside, and its page says so."""
    found, left = [], room
    for sheet in sheets:
        is_enclosed = sheet.is_enclosed and sheet.exhibit.size <= left
        left -= sheet.exhibit.size if is_enclosed else 0
        found.append(replace(sheet, is_enclosed=is_enclosed))
    return found


def _exhibits(dossier: Dossier, sheets: list[Sheet], folder: Path, steps: Steps) -> Iterator[Piece]:
    for number, group in enumerate(_groups(sheets)):
        printed = pages.render("exhibits.html", dossier=dossier, sheets=group)
        path = folder / f"sheets-{number}.pdf"
        path.write_bytes(printed.pdf)
        keys = [sheet.exhibit.key for sheet in group]
        for sheet, piece in zip(group, entry_pages.split(printed, path, keys), strict=True):
            steps.next(f"Placing exhibit {sheet.exhibit.number} of {len(sheets)}")
            yield replace(piece, label=sheet.exhibit.title)
            if sheet.pages:
                yield Piece(
                    path=sheet.pages,
                    first=0,
                    count=sheet.page_count,
                    label=sheet.exhibit.title,
                    is_placed=True,
                    is_numbered=True,
                    is_picture=sheet.is_picture,
                )


def _groups(sheets: Sequence[Sheet]) -> Iterator[list[Sheet]]:
    """Title pages laid out together, with whatever texts follow them."""
    held: list[Sheet] = []
    for sheet in sheets:
        size = sum(map(_characters, held)) + _characters(sheet)
        if held and (len(held) >= SHEETS_AT_ONCE or size > SHEET_CHARACTERS):
            yield held
            held = []
        held.append(sheet)
    if held:
        yield held


def _characters(sheet: Sheet) -> int:
    return len(sheet.text) + sum(table.characters for table in sheet.tables)


def _enclosed(sheets: Sequence[Sheet]) -> Iterator[Enclosed]:
    for sheet in sheets:
        if sheet.is_enclosed and sheet.copy:
            exhibit = sheet.exhibit
            name = f"exhibit-{exhibit.number}-{safe_name(exhibit.name)}"
            yield Enclosed(name, sheet.copy, exhibit.title, exhibit.content_type)


def safe_name(name: str) -> str:
    """A name that every system can keep: the last part of the path, its ending kept."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = _UNSAFE.sub("_", last).strip(" ._") or "file"
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = plain, ""
    room = LONGEST_NAME - len(ending) - 1
    return f"{stem[:room]}.{ending}" if ending else stem[:room]
