"""A table of declared columns as a file, a row at a time. The same rows give the same bytes."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from requests_app.research.log_table.cells import NA, to_plain, to_text
from requests_app.research.log_table.column import Column, Kind
from requests_app.research.log_table.records import OF_AN_EXEMPTION

Row = Mapping[str, Any]
Columns = Sequence[Column]
A_ROW_GROUP = 5_000
MOST_SHEET_ROWS = 1_048_575
LONGEST_SHEET_CELL = 32_767
FIRST_SHEET_YEAR = 1901  # before that spreadsheets disagree on how days are counted
NO_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001  a workbook's own date, always the same


class ExportError(Exception):
    """Why it cannot be written so, in a sentence that says what to do."""


def write_csv(path: Path, columns: Columns, rows: Iterable[Row]) -> int:
    """All in quotation marks, so that no cell is split and read as a formula elsewhere."""
    total = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, quoting=csv.QUOTE_ALL)
        table.writerow([one.name for one in columns])
        for row in rows:
            table.writerow([to_text(one, row[one.name]) for one in columns])
            total += 1
    return total


def write_json_lines(path: Path, columns: Columns, rows: Iterable[Row]) -> int:
    """null is not specified; a name that is not there is not applicable."""
    total = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            said = {one.name: to_plain(one, row[one.name]) for one in columns
                    if row[one.name] is not NA}  # fmt: skip
            file.write(json.dumps(said, ensure_ascii=False) + "\n")
            total += 1
    return total


def write_parquet(path: Path, columns: Columns, rows: Iterable[Row]) -> int:
    import pyarrow
    import pyarrow.parquet

    schema = pyarrow.schema(
        pyarrow.field(one.name, _arrow_type(one), metadata={"description": one.description})
        for one in columns
    )
    total, left = 0, iter(rows)
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as file:
        while group := list(islice(left, A_ROW_GROUP)):
            by_column = {one.name: [_arrow_value(row[one.name]) for row in group]
                         for one in columns}  # fmt: skip
            file.write_table(pyarrow.Table.from_pydict(by_column, schema=schema))
            total += len(group)
    return total


def write_xlsx(path: Path, columns: Columns, rows: Iterable[Row]) -> int:
    import xlsxwriter

    book = xlsxwriter.Workbook(
        path,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": NO_MOMENT})
    sheet = book.add_worksheet("log")
    sheet.freeze_panes(1, 0)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, bold)
    total = 0
    try:
        for total, row in enumerate(rows, start=1):
            if total > MOST_SHEET_ROWS:
                raise ExportError("A sheet of Excel holds 1,048,576 rows: choose CSV or Parquet.")
            for place, column in enumerate(columns):
                _write_cell(sheet, (total, place), column, row[column.name], day)
    finally:
        book.close()
    return total


def _write_cell(
    sheet: Any, where: tuple[int, int], column: Column, value: Any, day: object
) -> None:
    text = to_text(column, value)
    if text == "":
        return
    if value is NA or column.kind in {Kind.STRING, Kind.LIST}:
        if len(text) > LONGEST_SHEET_CELL:
            raise ExportError(
                f"“{column.title}” of row {where[0]:,} has {len(text):,} characters, and a cell of "
                f"Excel holds {LONGEST_SHEET_CELL:,}: choose another format."
            )
        sheet.write_string(*where, text)
    elif column.kind is Kind.BOOLEAN:
        sheet.write_boolean(*where, value)
    elif isinstance(value, date) and value.year >= FIRST_SHEET_YEAR:
        sheet.write_datetime(*where, value, day)
    elif isinstance(value, date):
        sheet.write_string(*where, text)
    else:
        sheet.write_number(*where, value)


def _arrow_type(column: Column) -> Any:
    import pyarrow

    of_kind = {
        Kind.STRING: pyarrow.string(),
        Kind.DATE: pyarrow.date32(),
        Kind.INTEGER: pyarrow.int32(),
        Kind.NUMBER: pyarrow.decimal128(12, 2),
        Kind.BOOLEAN: pyarrow.bool_(),
        Kind.LIST: pyarrow.list_(
            pyarrow.struct([(name, pyarrow.string()) for name in OF_AN_EXEMPTION])
        ),
    }
    return of_kind[column.kind]


def _arrow_value(value: Any) -> Any:
    return None if value is NA or value in ("", []) else value


WRITERS: Mapping[str, tuple[Callable[[Path, Columns, Iterable[Row]], int], str, str]] = {
    "csv": (write_csv, ".csv", "text/csv"),
    "xlsx": (
        write_xlsx,
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "jsonl": (write_json_lines, ".jsonl", "application/jsonl"),
    "parquet": (write_parquet, ".parquet", "application/vnd.apache.parquet"),
}
