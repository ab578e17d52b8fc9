"""A stranger's spreadsheet, Parquet or data package → rows. Runs in the cage, without Django."""

import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any

from requests_app.research.importing.reading.limits import (
    CHUNK,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_PACKED_FILES,
    MOST_ROWS,
    MOST_UNPACKED,
)
from requests_app.storage.cage.errors import RefusalError

LOG_TABLE = "log.csv"
OF_A_PACKAGE = "datapackage.json"
A_BATCH = 1_000


def is_package(source: IO[bytes], output: IO[bytes]) -> bool:
    """Whether a ZIP is a data package; RefusalError where it is none that may be opened.

    An XLSX and an ODS are ZIPs too: what one says that it holds, before anybody opens it.
    """
    with _opened_zip(source) as archive:
        members = archive.infolist()
        if len(members) > MOST_PACKED_FILES:
            raise RefusalError(
                "The spreadsheet consists of too many parts. Copy the rows into a new one, or save "
                "them as CSV."
            )
        if sum(member.file_size for member in members) > MOST_UNPACKED:
            raise RefusalError(
                f"Unpacked, the spreadsheet is larger than {MOST_UNPACKED // 2**20} MB. Copy the "
                "rows into a new one, or save them as CSV."
            )
        return OF_A_PACKAGE in archive.namelist()


def write_log_table(source: IO[bytes], output: IO[bytes]) -> None:
    """The flat table of a data package that a desk exported."""
    with _opened_zip(source) as archive:
        if LOG_TABLE not in archive.namelist():
            raise RefusalError(
                f"The data package has no table {LOG_TABLE}: bring one of its tables as CSV."
            )
        written = 0
        try:
            with archive.open(LOG_TABLE) as table:
                while chunk := table.read(CHUNK):
                    written += len(chunk)
                    if written > MOST_BYTES * 4:
                        raise RefusalError(
                            "The log in that package is too large: import it in parts."
                        )
                    output.write(chunk)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise _damaged(error) from error


def write_rows(source: IO[bytes], output: IO[bytes], *, kind: str) -> None:
    """A line of JSON a row: its number and its cells. `kind`: "workbook" or "parquet"."""
    rows = workbook_rows(source) if kind == "workbook" else parquet_rows(source)
    for number, row in rows:
        # Half a pair of surrogates is no text: kept as JSON's own escape, it is refused by row.
        output.write(json.dumps([number, [_plain(cell) for cell in row]]).encode() + b"\n")


def _opened_zip(source: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> RefusalError:
    return RefusalError(
        f"The file is damaged or locked with a password ({error}). Bring one that opens."
    )


def workbook_rows(source: IO[bytes]) -> Iterator[tuple[int, list[Any]]]:
    """The first sheet that has two rows; empty rows are left out, and counted."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(source)
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.total_height > 1:
            first = (sheet.start or (0, 0))[0]
            for index, row in enumerate(sheet.iter_rows()):
                if any(cell != "" for cell in row):
                    yield first + index + 1, row
            return
    raise RefusalError("The workbook has no sheet with headings and rows: bring one that has.")


def parquet_rows(source: IO[bytes]) -> Iterator[tuple[int, list[Any]]]:
    import pyarrow
    import pyarrow.parquet

    pyarrow.set_cpu_count(1)
    pyarrow.set_io_thread_count(1)
    file = pyarrow.parquet.ParquetFile(source)
    if len(file.schema_arrow.names) > MOST_COLUMNS or file.metadata.num_rows > MOST_ROWS:
        raise RefusalError(
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
