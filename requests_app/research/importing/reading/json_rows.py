"""JSON Lines: an object a line. The headings are all the names that any of them has."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from requests_app.research.importing.reading.limits import (
    LONGEST_LINE,
    FileError,
    check_columns,
)

Row = tuple[int, list[Any]]


def json_rows(path: Path) -> Iterator[Row]:
    names = _names(path)
    yield 1, list(names)
    for number, row in _objects(path):
        yield number, [row.get(name) for name in names]


def _names(path: Path) -> list[str]:
    found: dict[str, None] = {}
    for number, row in _objects(path):
        found |= dict.fromkeys(row)
        check_columns(len(found), number)
    return list(found)


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise FileError(
                    f"Line {number:,} has more than {LONGEST_LINE:,} bytes: write an object a line."
                )
            if line.strip():
                yield number, _object(line, number)


def _object(line: bytes, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FileError(
            f"Line {number:,} is no JSON: write one object a line, in UTF-8."
        ) from error
    if not isinstance(row, dict):
        raise FileError(f"Line {number:,} is no JSON object: write names and values in braces.")
    return row
