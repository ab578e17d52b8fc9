"""Rows of a spreadsheet or Parquet, by a program of its own (`table_program`)."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from requests_app.research.importing.reading.limits import (
    CHILD_WALL_SECONDS,
    MOST_PACKED_FILES,
    MOST_UNPACKED,
    FileError,
    check_columns,
)
from requests_app.research.importing.reading.zip_files import opened_zip

PROGRAM = "requests_app.research.importing.reading.table_program"
TOO_MUCH = (
    "Reading the file took more memory or time than one may have. Perhaps a cell far from the "
    "others is not empty: copy the rows into a new sheet, or save them as CSV."
)
SHOWN = 300


def table_rows(path: Path, kind: str) -> Iterator[tuple[int, list[Any]]]:
    """`kind`: "workbook" or "parquet"."""
    env = {
        "PYTHONPATH": str(Path(__file__).resolve().parents[4]),
        "PATH": os.defpath,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", PROGRAM, kind, str(path.resolve())]
    with (
        tempfile.TemporaryDirectory() as nowhere,
        tempfile.TemporaryFile() as output,
        tempfile.TemporaryFile() as errors,
    ):
        try:
            done = subprocess.run(
                command,
                cwd=nowhere,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                timeout=CHILD_WALL_SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise FileError(TOO_MUCH) from None
        if done.returncode:
            raise FileError(_why(done.returncode, errors))
        output.seek(0)
        for line in output:
            number, cells = json.loads(line)
            check_columns(len(cells), number)
            yield number, cells


def check_packed(path: Path) -> None:
    """An XLSX and an ODS are ZIPs: what one says that it holds, before anybody opens it."""
    with opened_zip(path) as archive:
        members = archive.infolist()
        if len(members) > MOST_PACKED_FILES:
            raise FileError(
                "The spreadsheet consists of too many parts. Copy the rows into a new one, or save "
                "them as CSV."
            )
        if sum(member.file_size for member in members) > MOST_UNPACKED:
            raise FileError(
                f"Unpacked, the spreadsheet is larger than {MOST_UNPACKED // 2**20} MB. Copy the "
                "rows into a new one, or save them as CSV."
            )


def _why(code: int, errors: IO[bytes]) -> str:
    errors.seek(0)
    lines = errors.read(1024 * 1024).decode("utf-8", "replace").strip().splitlines()
    last = lines[-1][:SHOWN] if lines else ""
    if code < 0 or "MemoryError" in last or "memory allocation" in last or "bad_alloc" in last:
        return TOO_MUCH
    if last.endswith((".", "!")) and code == 1 and "Error" not in last:
        return last
    return (
        f"The file could not be read ({last or 'no reason given'}). Open it in a spreadsheet, save "
        "it anew, and bring that."
    )
