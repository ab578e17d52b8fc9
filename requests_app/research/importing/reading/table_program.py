"""A program of its own that opens a stranger's spreadsheet or Parquet and prints its rows.

`python -m … workbook|parquet FILE` prints a line of JSON a row: its number and its cells. It is
held to memory and time before it opens anything; what goes wrong is the last line of its errors.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from requests_app.research.importing.reading.limits import (
    CHILD_CPU_SECONDS,
    CHILD_MEMORY,
    CHILD_WRITES,
    MOST_COLUMNS,
    MOST_ROWS,
)

A_BATCH = 1_000


def main() -> None:
    kind, path = sys.argv[1:3]
    resource.setrlimit(resource.RLIMIT_CPU, (CHILD_CPU_SECONDS, CHILD_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY, CHILD_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (CHILD_WRITES, CHILD_WRITES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    rows = workbook_rows(path) if kind == "workbook" else parquet_rows(path)
    for number, row in rows:
        # Half a pair of surrogates is no text: kept as JSON's own escape, it is refused by row.
        sys.stdout.write(json.dumps([number, [_plain(cell) for cell in row]]) + "\n")


def workbook_rows(path: str) -> Iterator[tuple[int, list[Any]]]:
    """The first sheet that has two rows; empty rows are left out, and counted."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_path(path)
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.total_height > 1:
            first = (sheet.start or (0, 0))[0]
            for index, row in enumerate(sheet.iter_rows()):
                if any(cell != "" for cell in row):
                    yield first + index + 1, row
            return
    raise SystemExit("The workbook has no sheet with headings and rows: bring one that has.")


def parquet_rows(path: str) -> Iterator[tuple[int, list[Any]]]:
    import pyarrow
    import pyarrow.parquet

    pyarrow.set_cpu_count(1)
    pyarrow.set_io_thread_count(1)
    file = pyarrow.parquet.ParquetFile(path)
    if len(file.schema_arrow.names) > MOST_COLUMNS or file.metadata.num_rows > MOST_ROWS:
        raise SystemExit(
            f"The file has {len(file.schema_arrow.names):,} columns and "
            f"{file.metadata.num_rows:,} rows; {MOST_COLUMNS} and {MOST_ROWS:,} can be read."
        )
    yield 1, file.schema_arrow.names
    number = 1
    for batch in file.iter_batches(A_BATCH, use_threads=False):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            number += 1
            yield number, list(row)


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta | Decimal):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace")
    return cell


if __name__ == "__main__":
    main()
