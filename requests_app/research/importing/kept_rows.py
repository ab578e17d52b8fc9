"""The lines of JSON that a file was taken in as, read from any place on."""

import json
from collections.abc import Iterator
from typing import Any

from requests_app.models import LogImport
from requests_app.research.importing.cells import CellRules
from requests_app.research.importing.known_files import OUR_OWN
from requests_app.research.importing.mapping import ForEveryRow, MappedRow, RowReader
from requests_app.storage import content

A_BATCH = 500
Line = tuple[int, list[Any], int]  # number, cells, where the next begins


def lines(log_import: LogImport, offset: int = 0) -> Iterator[Line]:
    with content.open_kept(str(log_import.rows.name)) as file:
        file.seek(offset)
        if not offset:
            offset = len(file.readline())  # the headings
        while line := file.readline():
            offset += len(line)
            number, cells = json.loads(line)
            yield number, cells, offset


def batches(log_import: LogImport, offset: int = 0) -> Iterator[tuple[list[MappedRow], int]]:
    """Mapped rows, and where in the file the next batch begins."""
    reader = reader_of(log_import)
    batch: list[MappedRow] = []
    for number, cells, after in lines(log_import, offset):
        batch.append(reader.read(number, cells))
        offset = after
        if len(batch) == A_BATCH:
            yield batch, offset
            batch = []
    if batch:
        yield batch, offset


def reader_of(log_import: LogImport) -> RowReader:
    rules = CellRules(
        {
            name: {word.casefold(): ours for word, ours in words.items()}
            for name, words in log_import.words.items()
        },
        is_day_first=log_import.is_day_first,
        is_exact=log_import.is_our_own,
    )
    columns = OUR_OWN.columns if log_import.is_our_own else log_import.columns
    everywhere = ForEveryRow(
        source=log_import.source,
        city=log_import.city_slug,
        place=log_import.place,
        agency=log_import.agency,
        project=log_import.project.name if log_import.project else "",
    )
    return RowReader(log_import.headings, columns, rules, everywhere)
