"""The dry run: each row's fate, as counts, as the first problems, and as a file of all of them."""

import csv
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from requests_app.models import LogImport
from requests_app.research.importing.fates import (
    IN_WORDS,
    Fate,
    Judge,
    Judged,
    repeated_rows,
)
from requests_app.research.importing.kept_rows import batches
from requests_app.research.log_table.cells import guarded
from requests_app.storage import content

SHOWN_PROBLEMS = 200
HEADINGS = ("Row", "Fate", "Column", "What", "Subject")


class Report(Protocol):
    def __call__(self, **fields: Any) -> None: ...


class Now(Protocol):
    def __call__(self) -> datetime: ...


def judged_batches(log_import: LogImport, offset: int = 0) -> Iterator[tuple[list[Judged], int]]:
    """Each batch with where the next begins, judged when it is asked for."""
    judge = judge_of(log_import)
    for batch, after in batches(log_import, offset):
        yield judge.judge(batch), after


def judge_of(log_import: LogImport) -> Judge:
    return Judge(
        log_import.newsroom_id,
        repeats=repeated_rows(row for batch, _ in batches(log_import) for row in batch),
        takes_duplicates=log_import.takes_duplicates,
        import_id=log_import.pk,
    )


def check(log_import: LogImport, report: Report) -> dict[str, Any]:
    """What the dry run found, as the fields of the import. Nothing is written to the log."""
    counts: Counter[str] = Counter()
    problems: list[dict[str, Any]] = []
    with tempfile.NamedTemporaryFile("w", encoding="utf-8-sig", newline="") as file:
        fates = csv.writer(file)
        fates.writerow(HEADINGS)
        for batch, _ in judged_batches(log_import):
            for one in batch:
                counts[one.fate] += 1
                lines = list(lines_of(one))
                fates.writerows([guarded(str(cell)) for cell in line] for line in lines)
                if one.fate in {Fate.REFUSED, Fate.DUPLICATE} and len(problems) < SHOWN_PROBLEMS:
                    problems += [problem_of(one, line) for line in lines]
            report(position=counts.total())
        file.flush()
        with Path(file.name).open("rb") as written:
            kept = content.keep(content.chunks_of(written), folder="imports/", suffix=".csv")
    return {
        "counts": dict(counts),
        "problems": problems[:SHOWN_PROBLEMS],
        "fates": kept.name,
        "position": 0,
        "offset": 0,
    }


def lines_of(one: Judged) -> Iterator[tuple[int, str, str, str, str]]:
    """A row of the file of fates, or one for each problem."""
    subject = str(one.row.values.get("subject", ""))[:200]
    if not one.problems:
        yield one.row.number, IN_WORDS[one.fate], "", one.note, subject
    for problem in one.problems:
        yield one.row.number, IN_WORDS[one.fate], problem.column, problem.sentence, subject


def problem_of(one: Judged, line: tuple[int, str, str, str, str]) -> dict[str, Any]:
    """As the page shows it."""
    return {"row": line[0], "fate": one.fate.value, "column": line[2], "what": line[3]}
