"""ZIPs that strangers made: opened with a sentence where they are none."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from requests_app.research.importing.reading.limits import CHUNK, MOST_BYTES, FileError

LOG_TABLE = "log.csv"
OF_A_PACKAGE = "datapackage.json"


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise FileError(
            f"The file is damaged or locked with a password ({error}). Bring one that opens."
        ) from error


def is_package(path: Path) -> bool:
    with opened_zip(path) as archive:
        return OF_A_PACKAGE in archive.namelist()


def take_log_table(path: Path, into: BinaryIO) -> None:
    """The flat table of a data package that a desk exported."""
    with opened_zip(path) as archive:
        if LOG_TABLE not in archive.namelist():
            raise FileError(
                f"The data package has no table {LOG_TABLE}: bring one of its tables as CSV."
            )
        with archive.open(LOG_TABLE) as table:
            written = 0
            while chunk := table.read(CHUNK):
                written += len(chunk)
                if written > MOST_BYTES * 4:
                    raise FileError("The log in that package is too large: import it in parts.")
                into.write(chunk)
