"""CSV by any delimiter, in UTF-8, UTF-16 with its mark, or Windows-1252. Never whole in memory."""

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median_low
from typing import TextIO

from requests_app.research.importing.reading.limits import (
    CHUNK,
    LONGEST_CELL,
    LONGEST_LINE,
    FileError,
    check_columns,
)

DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 64 * 1024
_SEPARATOR_LINE = re.compile(r"sep=(.)[\r\n]*")

Row = tuple[int, list[str]]


def csv_rows(path: Path) -> Iterator[Row]:
    """Each row with its number in the file, the headings' own among them."""
    encoding = encoding_of(path)
    stated, delimiter = _delimiter(path, encoding)
    with path.open(encoding=encoding, newline="") as file:
        if stated:
            file.readline()
        rows = csv.reader(_lines(file), delimiter=delimiter, strict=True)
        number = 0
        while True:
            number += 1
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                raise FileError(_sentence(str(error), number)) from error
            check_columns(len(row), number)
            yield number, row


def encoding_of(path: Path) -> str:
    """UTF-8 if it is that throughout, else what Windows calls ANSI."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8-sig", "cp1252"]
    for encoding in candidates:
        if _is_in(path, encoding):
            return encoding
    raise FileError(
        "The file is neither UTF-8 nor Windows-1252 text. Open it in a spreadsheet and save it as "
        "“CSV UTF-8”."
    )


def _is_in(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _delimiter(path: Path, encoding: str) -> tuple[bool, str]:
    """Whether a first line states it (“sep=;”), and which it is: the one that gives most cells."""
    with path.open(encoding=encoding, newline="") as file:
        start = file.read(LOOKED_AT)
    if found := _SEPARATOR_LINE.match(start):
        return True, found[1]
    return False, max(DELIMITERS, key=lambda one: _usual_cells(start, one))


def _usual_cells(text: str, delimiter: str) -> int:
    rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        counts = [len(row) for row in islice(rows, 20) if row]
    except csv.Error:
        return 0
    return median_low(counts) if counts else 0


def _lines(file: TextIO) -> Iterator[str]:
    """Its lines, none of them longer than memory is meant for."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise FileError(
                f"Line {number:,} has more than {LONGEST_LINE:,} characters, so this is no table "
                "of rows. Save the file as CSV from a spreadsheet, a row a line."
            )
        yield line


def _sentence(error: str, number: int) -> str:
    if "field larger" in error:
        return (
            f"A cell in row {number:,} has more than {LONGEST_CELL:,} characters. Perhaps a "
            "quotation mark is opened there and never closed: close it, or shorten the cell."
        )
    if "unexpected end" in error:
        return f"A quotation mark is opened in row {number:,} and never closed: close it."
    return (
        f'Row {number:,} has a quotation mark within a cell: write it twice (""), or save the '
        "file as CSV from a spreadsheet, which does so."
    )
