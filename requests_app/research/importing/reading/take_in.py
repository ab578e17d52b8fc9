"""Any file that can be read, as lines of JSON: its headings, then each row that has anything.

Whatever makes a file unreadable is found here, once, before anything of it is kept.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import IO, Any

from requests_app.research.importing.reading.csv_rows import csv_rows
from requests_app.research.importing.reading.json_rows import json_rows
from requests_app.research.importing.reading.limits import (
    LONGEST_CELL,
    MOST_BYTES,
    FileError,
    check_rows,
)
from requests_app.research.importing.reading.table_rows import (
    is_package,
    table_rows,
    take_log_table,
)
from requests_app.research.log_table.cells import NOT_APPLICABLE, storable, unguarded
from requests_app.research.log_table.columns import BY_NAME
from requests_app.vocabulary.research.foia_log_format import FOIA_LOG_COLUMNS

OURS = {"request_source", "request_key", "subject"}  # which no other file has together
LOOKED_FOR_HEADINGS = 20  # rows: many logs begin with a line or two about themselves


class FileKind(StrEnum):
    CSV = "csv"
    WORKBOOK = "workbook"
    JSON_LINES = "jsonl"
    PARQUET = "parquet"
    PACKAGE = "package"


@dataclass(frozen=True, slots=True)
class TakenIn:
    headings: tuple[str, ...]
    total: int
    is_our_own: bool


def take_in(path: Path, into: IO[str]) -> TakenIn:
    """FileError, with nothing to keep, where it cannot be read."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise FileError(
            f"The file has {size / 2**20:.0f} MB, and {MOST_BYTES // 2**20} MB can be read: split "
            "it, and import one part after the other."
        )
    with _rows_of(path) as (kind, rows):
        return _write(kind, rows, into)


def kind_of(path: Path) -> FileKind:
    """By its first bytes: a name may say anything."""
    with path.open("rb") as file:
        start = file.read(1024)
    if not start.strip():
        raise FileError("The file is empty: choose another.")
    if start.startswith(b"PK\x03\x04"):
        return FileKind.PACKAGE if is_package(path) else FileKind.WORKBOOK
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return FileKind.WORKBOOK
    if start.startswith(b"PAR1"):
        return FileKind.PARQUET
    if start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")):
        raise FileError(
            "This is no table: bring a CSV or a spreadsheet (XLSX, XLS, ODS), JSON Lines, Parquet "
            "or a data package."
        )
    return FileKind.JSON_LINES if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else FileKind.CSV


@contextmanager
def _rows_of(path: Path) -> Iterator[tuple[FileKind, Iterator[tuple[int, list[Any]]]]]:
    kind = kind_of(path)
    if kind is FileKind.PACKAGE:
        with tempfile.NamedTemporaryFile("w+b") as table:
            take_log_table(path, table.file)
            yield kind, csv_rows(Path(table.name))
    elif kind in {FileKind.WORKBOOK, FileKind.PARQUET}:
        yield kind, table_rows(path, kind.value)
    else:
        yield kind, csv_rows(path) if kind is FileKind.CSV else json_rows(path)


def _write(kind: FileKind, rows: Iterator[tuple[int, list[Any]]], into: IO[str]) -> TakenIn:
    filled = ((number, row) for number, row in rows if not all(map(_is_empty, row)))
    headings, rest = _headings(filled)
    is_ours = set(headings) >= OURS and set(headings) <= set(BY_NAME)
    read: Callable[[str], str | None] = _unchanged
    if kind not in {FileKind.JSON_LINES, FileKind.PARQUET}:
        read = (
            _of_ours
            if is_ours
            else unguarded
            if set(headings) == set(FOIA_LOG_COLUMNS)
            else _unchanged
        )
    into.write(json.dumps(headings) + "\n")
    total = 0
    for number, row in rest:
        total += 1
        check_rows(total)
        cells = [_cell(cell, number, read) for cell in row]
        into.write(json.dumps([number, cells]) + "\n")
    if not total:
        raise FileError("The file has headings and no row below them: choose another.")
    return TakenIn(tuple(headings), total, is_ours)


def _headings(
    rows: Iterator[tuple[int, list[Any]]],
) -> tuple[list[str], Iterator[tuple[int, list[Any]]]]:
    """The first row with two cells or more; with one only where no other is near."""
    looked_at: list[tuple[int, list[Any]]] = []
    for number, row in rows:
        looked_at.append((number, row))
        if sum(not _is_empty(cell) for cell in row) > 1:
            return _named(row), rows
        if len(looked_at) == LOOKED_FOR_HEADINGS:
            break
    if not looked_at:
        raise FileError("The file has no row with anything in it: choose another.")
    return _named(looked_at[0][1]), chain(looked_at[1:], rows)


def _named(row: Sequence[Any]) -> list[str]:
    """Each once and none of them empty: “Notes”, “Notes (2)”, “Column 5”."""
    found: list[str] = []
    for place, cell in enumerate(row, start=1):
        name = " ".join(storable(str(cell if cell is not None else "")).split())[:200]
        name = name or f"Column {place}"
        nth = 2
        unique = name
        while unique in found:
            unique, nth = f"{name} ({nth})", nth + 1
        found.append(unique)
    return found


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _unchanged(text: str) -> str:
    return text


def _of_ours(text: str) -> str | None:
    return None if text == NOT_APPLICABLE else unguarded(text)


def _cell(cell: Any, number: int, read: Callable[[str], str | None]) -> Any:
    if isinstance(cell, list | dict):
        cell = json.dumps(cell, ensure_ascii=False)
    if not isinstance(cell, str):
        return cell
    if len(cell) > LONGEST_CELL:
        raise FileError(
            f"A cell in row {number:,} has more than {LONGEST_CELL:,} characters: shorten it."
        )
    return read(cell)
