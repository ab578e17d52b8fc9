"""Each file → pages among the others, or enclosed in the PDF with the reason. Never fatal."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from pathlib import Path
from typing import IO, TypeAlias

from requests_app.casefile.content.dossier import Exhibit
from requests_app.casefile.pdf import office_conversion, picture_pages
from requests_app.casefile.pdf.place_in_cage import place
from requests_app.casefile.pdf.placing import NotPlacedError
from requests_app.casefile.pdf.tables import Table, read_table
from requests_app.mail import Mail, read
from requests_app.mail.mime.charsets import decode
from requests_app.mail.mime.file_types import PREFIX, true_type
from requests_app.mail.mime.html_text import clean_html, text_of
from requests_app.vocabulary import dates_and_amounts

Opener: TypeAlias = Callable[[str], IO[bytes]]
"""Opens a stored file by its name."""

MAX_TEXT = 200_000  # characters that are printed, some sixty pages
MAX_LINES = 3_000  # and lines, which may be short
MAX_READ = 32 * 1024 * 1024  # bytes of a text or a message that are looked at
KINDS = (
    {
        "application/pdf": "PDF",
        "message/rfc822": "E-mail message",
        "text/html": "Web page",
        "text/csv": "Table (CSV)",
        "text/tab-separated-values": "Table (tab-separated)",
        "application/zip": "ZIP archive",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    }
    | office_conversion.DOCUMENTS
    | office_conversion.SPREADSHEETS
)
TABLES = {"text/csv", "text/tab-separated-values"}
ENDINGS_OF_TABLES = (".csv", ".tsv")
NO_PAGES = "A file of this kind has no pages to print."
NO_OFFICE = "This desk does not print files of this kind."
BY_OFFICE = (
    "What follows was drawn by LibreOffice: the program that it was written with may show it "
    "otherwise."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known of an exhibit once it was opened. `pages` is a PDF of its pages, if any."""

    exhibit: Exhibit
    kind: str
    pages: Path | None = None
    page_count: int = 0
    text: str = ""
    tables: tuple[Table, ...] = ()
    head: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    is_picture: bool = False
    is_enclosed: bool = False
    copy: Path | None = None  # the file itself, checked against its hash

    @property
    def here(self) -> str:
        """What of it stands in the case file."""
        if self.pages:
            follows = "which follows" if self.page_count == 1 else "which follow"
            count = "one page" if self.page_count == 1 else f"{self.page_count:,} pages"
            return f"{count}, {follows}"
        if self.tables:
            what = "a table, which follows" if len(self.tables) == 1 else "tables, which follow"
            return f"{what}; the file itself {self._whereabouts}"
        if self.text:
            return f"its text, which follows; the file itself {self._whereabouts}"
        return f"no pages: the file itself {self._whereabouts}"

    @property
    def _whereabouts(self) -> str:
        if self.copy is None:
            return "is not at hand"
        return "is embedded in this PDF" if self.is_enclosed else "goes beside this PDF"


def open_exhibit(exhibit: Exhibit, opener: Opener, folder: Path) -> Sheet:
    """Copy the file, check it against its hash, and find out what of it can be printed."""
    copy = folder / f"exhibit-{exhibit.number}"
    try:
        _copy(exhibit, opener, copy)
    except NotPlacedError as error:
        return Sheet(exhibit, "unknown", reason=str(error))
    with copy.open("rb") as file:
        kind = true_type(file.read(PREFIX), exhibit.content_type)
    if kind.startswith("text/") and exhibit.name.lower().endswith(ENDINGS_OF_TABLES):
        kind = "text/csv"
    name = KINDS.get(kind, kind)
    target = folder / f"exhibit-{exhibit.number}.pdf"
    try:
        if kind == "application/pdf":
            count = place(copy, target, kind=kind).page_count
            return Sheet(exhibit, name, target, count, copy=copy)
        if kind in picture_pages.TYPES:
            name = f"Picture ({kind.removeprefix('image/').upper()})"
            count = place(copy, target, kind=kind).page_count
            return Sheet(exhibit, name, target, count, is_picture=True, copy=copy)
        if kind == "message/rfc822":
            return mail_sheet(exhibit, copy)
        if kind in office_conversion.DOCUMENTS | office_conversion.SPREADSHEETS:
            return _office_sheet(exhibit, copy, kind)
        if kind in TABLES:
            return _table_sheet(exhibit, copy, kind)
        if kind.startswith("text/") or kind in {"application/json", "application/xml"}:
            return text_sheet(exhibit, copy, kind)
    except NotPlacedError as error:
        return Sheet(exhibit, name, reason=str(error), is_enclosed=True, copy=copy)
    return Sheet(exhibit, name, reason=NO_PAGES, is_enclosed=True, copy=copy)


def _copy(exhibit: Exhibit, opener: Opener, target: Path) -> None:
    """NotPlacedError where the file is gone or is not what was filed."""
    digest = hashlib.sha256()
    try:
        with opener(exhibit.path) as file, target.open("wb") as out:
            while chunk := file.read(1024 * 1024):
                digest.update(chunk)
                out.write(chunk)
    except FileNotFoundError as error:
        raise NotPlacedError(
            "The stored file is missing: ask whoever keeps the desk’s backups."
        ) from error
    if digest.hexdigest() != exhibit.sha256:
        target.unlink()
        raise NotPlacedError(
            "The stored file is no longer what was filed: its hash differs. Ask whoever keeps the "
            "desk’s backups."
        )


def _office_sheet(exhibit: Exhibit, copy: Path, kind: str) -> Sheet:
    """A document's pages or a workbook's tables, as LibreOffice shows them. NotPlacedError."""
    if not office_conversion.is_available():
        raise NotPlacedError(NO_OFFICE)
    sheet = Sheet(exhibit, KINDS[kind], reason=BY_OFFICE, is_enclosed=True, copy=copy)
    if kind in office_conversion.DOCUMENTS:
        target = copy.with_suffix(".pdf")
        converted = office_conversion.to_pdf(copy, copy.parent)
        count = place(converted, target, kind="application/pdf").page_count
        return replace(sheet, pages=target, page_count=count)
    cells = office_conversion.to_tables(copy, copy.parent)
    read_as = [read_table(path.read_text("utf-8"), _sheet_name(path, copy)) for path in cells]
    if not (found := tuple(table for table in read_as if table)):
        raise NotPlacedError("It holds no table that can be printed.")
    return replace(sheet, tables=found)


def _sheet_name(path: Path, copy: Path) -> str:
    """ "exhibit-3-Budget.csv" holds the sheet "Budget"."""
    return path.stem.removeprefix(f"{copy.name}-")


def _table_sheet(exhibit: Exhibit, copy: Path, kind: str) -> Sheet:
    """A table, or the text of what has no columns. NotPlacedError where it is too large."""
    if exhibit.size > MAX_READ:
        raise NotPlacedError("It is a table larger than is printed.")
    text, _ = decode(copy.read_bytes())
    if table := read_table(text):
        return Sheet(exhibit, KINDS[kind], tables=(table,), is_enclosed=True, copy=copy)
    return text_sheet(exhibit, copy, kind)


def text_sheet(exhibit: Exhibit, copy: Path, kind: str) -> Sheet:
    """A text as it is printed, with a reason where that is not all of it."""
    with copy.open("rb") as file:
        data = file.read(MAX_READ)
    text, _ = decode(data)
    if kind == "text/html":
        text = text_of(clean_html(text))
    sheet = Sheet(exhibit, KINDS.get(kind, "Text"), is_enclosed=True, copy=copy)
    return _with_text(sheet, text, is_cut=len(data) < exhibit.size)


def mail_sheet(exhibit: Exhibit, copy: Path, zone: tzinfo = UTC) -> Sheet:
    """A message's head, its hour in that zone, and its words as they are printed. NotPlacedError
    where it is too large."""
    if exhibit.size > MAX_READ:
        raise NotPlacedError("The message is too large to be printed.")
    mail = read(copy.read_bytes())
    text = mail.text or text_of(mail.html)
    kind, head = KINDS["message/rfc822"], tuple(_head(mail, zone))
    sheet = Sheet(exhibit, kind, head=head, is_enclosed=True, copy=copy)
    return _with_text(sheet, text, is_cut=False)


def _head(mail: Mail, zone: tzinfo) -> Sequence[tuple[str, str]]:
    sender = f"{mail.from_name} <{mail.from_address}>" if mail.from_name else mail.from_address
    at = mail.sent_at.astimezone(zone) if mail.sent_at else None
    sent = (
        f"{dates_and_amounts.weekday(at)}, {dates_and_amounts.time_of_day(at)} {at:%Z}"
        if at
        else ""
    )
    files = "; ".join(
        f"{file.name} ({file.size:,} bytes)" for file in mail.files if not file.is_inline
    )
    lines = [
        ("From", sender),
        ("To", ", ".join(map(str, mail.to))),
        ("Cc", ", ".join(map(str, mail.cc))),
        ("Date", sent),
        ("Subject", mail.subject),
        ("Files in it", files),
    ]
    return [(label, value) for label, value in lines if value]


def _with_text(sheet: Sheet, text: str, *, is_cut: bool) -> Sheet:
    """The sheet with as much of the text as is printed, and a word where that is not all."""
    reason = ""
    lines = text[:MAX_TEXT].splitlines()
    if len(lines) > MAX_LINES:
        reason = f"Only its first {MAX_LINES:,} lines are printed; the whole is in the file."
    elif is_cut or len(text) > MAX_TEXT:
        reason = f"Only its first {MAX_TEXT:,} characters are printed; the whole is in the file."
    shown = "\n".join(lines[:MAX_LINES]).strip() or "(no text)"
    return replace(sheet, text=shown, reason=reason)
