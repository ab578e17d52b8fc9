"""Comma- and tab-separated values → a table that pages can hold, or the reason why they cannot."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from requests_app.casefile.pdf.placing import NotPlacedError

MAX_ROWS, MAX_COLUMNS, MAX_CHARACTERS = 1000, 12, 100_000
SEPARATORS = ",;\t|"
_NUMBER = re.compile(r"[-+(]*[$€£]?[-+]?\d[\d,.]*%?\)?")
SAMPLE = 16 * 1024  # characters that are looked at to find the separator


@dataclass(frozen=True, slots=True)
class Table:
    """Every row as long as `head`."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Of each column whether it holds numbers, as the sheet calls it: "number" or "words"."""
        return tuple(
            "number" if any(cells) and all(map(_is_number_or_empty, cells)) else "words"
            for cells in zip(*self.rows, strict=True)
        ) or ("words",) * len(self.head)

    @property
    def characters(self) -> int:
        return sum(len(cell) + 4 for row in (self.head, *self.rows) for cell in row)


def _is_number_or_empty(cell: str) -> bool:
    return not cell or bool(_NUMBER.fullmatch(cell))


def read_table(text: str, name: str = "") -> Table | None:
    """None where it has no columns: then it is a text. NotPlacedError where it is too large."""
    try:
        rows, count = _first_rows(text)
    except csv.Error:
        return None
    width = max((len(row) for row in rows), default=0)
    if width < 2:
        return None
    if count > MAX_ROWS or width > MAX_COLUMNS:
        raise NotPlacedError(
            f"It is a table of {count:,} rows and {width} columns; up to {MAX_ROWS:,} rows and "
            f"{MAX_COLUMNS} columns are printed."
        )
    padded = [(*row, *[""] * (width - len(row))) for row in rows]
    table = Table(name, padded[0], tuple(padded[1:]))
    if table.characters > MAX_CHARACTERS:
        raise NotPlacedError("It is a table whose cells hold more text than is printed.")
    return table


def _first_rows(text: str) -> tuple[list[tuple[str, ...]], int]:
    """As many rows as may be printed, and how many there are; empty ones and ends left out."""
    kept: list[tuple[str, ...]] = []
    count = 0
    for row in _rows(text):
        count += 1
        if count <= MAX_ROWS:
            kept.append(row)
    return kept, count


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    for cells in csv.reader(lines, delimiter=_separator(text[:SAMPLE])):
        row = [cell.strip() for cell in cells]
        while row and not row[-1]:
            row.pop()
        if row:
            yield tuple(row)


def _separator(sample: str) -> str:
    try:
        return csv.Sniffer().sniff(sample, delimiters=SEPARATORS).delimiter
    except csv.Error:
        return ","
