"""Rows of a spreadsheet, Parquet or data package, read in the cage (`table_program`)."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, TypeVar

from requests_app.research.importing.reading.limits import IN_THE_CAGE, FileError, check_columns
from requests_app.storage.cage.calling import call
from requests_app.storage.cage.errors import CageError, RefusalError, TooMuchError

T = TypeVar("T")
PROGRAM = "requests_app.research.importing.reading.table_program"
TOO_MUCH = (
    "Reading the file took more memory or time than one may have. Perhaps a cell far from the "
    "others is not empty: copy the rows into a new sheet, or save them as CSV."
)
OUT_OF_MEMORY = ("MemoryError", "memory allocation", "bad_alloc", "ArrowMemoryError")
SHOWN = 300


def table_rows(path: Path, kind: str) -> Iterator[tuple[int, list[Any]]]:
    """`kind`: "workbook" or "parquet"."""
    with tempfile.TemporaryFile() as rows:
        _call("write_rows", path, type(None), into=rows, kind=kind)
        for line in rows:
            number, cells = json.loads(line)
            check_columns(len(cells), number)
            yield number, cells


def is_package(path: Path) -> bool:
    """Whether a ZIP is a data package, not a spreadsheet. FileError: it may not be opened."""
    return _call("is_package", path, bool)


def take_log_table(path: Path, into: IO[bytes]) -> None:
    """The flat table of a data package that a desk exported."""
    _call("write_log_table", path, type(None), into=into)


def _call(
    function: str, path: Path, returns: type[T], into: IO[bytes] | None = None, **arguments: Any
) -> T:
    name = f"{PROGRAM}:{function}"
    try:
        return call(name, path, returns=returns, into=into, limits=IN_THE_CAGE, **arguments).value
    except RefusalError as reason:
        raise FileError(str(reason)) from reason
    except TooMuchError as error:
        raise FileError(TOO_MUCH) from error
    except CageError as error:
        last = str(error)[:SHOWN]
        if any(sign in last for sign in OUT_OF_MEMORY):
            raise FileError(TOO_MUCH) from error
        raise FileError(
            f"The file could not be read ({last}). Open it in a spreadsheet, save it anew, and "
            "bring that."
        ) from error
