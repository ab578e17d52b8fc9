"""One export, from the claim to the file that is kept under its hash."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import structlog

from requests_app.ledger.chains import head_line, security_head_line
from requests_app.models import ExportFormat, LogExport
from requests_app.research.exporting import code_rows, export_queue
from requests_app.research.exporting.descriptor import AboutSnapshot
from requests_app.research.exporting.foia_log import write_foia_log
from requests_app.research.exporting.formats import WRITERS, ExportError
from requests_app.research.exporting.log_rows import log_rows, only
from requests_app.research.exporting.package import write_package
from requests_app.research.exporting.package_tables import Scope
from requests_app.research.exporting.query import CODES, ExportQuery
from requests_app.research.log_table.columns import COLUMNS, without_personal
from requests_app.storage import content

log = structlog.get_logger(__name__)
UNEXPECTED = (
    "It could not be made. Try again; if it fails again, tell the operator of this desk, whose log "
    "says more ({name})."
)
NO_ROOM = "The desk’s disk is full, so it could not be kept. Tell whoever runs this desk."


def make(export_id: int, *, now: Callable[[], datetime]) -> None:
    """Claim it, write it, keep it, say so."""
    export = export_queue.claim(export_id, at=now())
    if export is None:
        return
    try:
        with tempfile.TemporaryDirectory(prefix="export-") as folder:
            path, total = write(export, Path(folder))
            with path.open("rb") as file:
                kept = content.keep(content.chunks_of(file), folder="exports/", suffix=path.suffix)
        export_queue.mark_ready(export, kept, row_count=total, at=now())
    except ExportError as error:
        export_queue.mark_failed(export, str(error), at=now())
    except Exception as error:  # whatever it was, the person who waits is told that it failed
        log.exception("export_failed", id=export.pk)
        unexpected = UNEXPECTED.format(name=type(error).__name__)
        problem = NO_ROOM if content.is_out_of_room(error) else unexpected
        export_queue.mark_failed(export, problem, at=now())


def write(export: LogExport, folder: Path) -> tuple[Path, int]:
    """The file, and how many rows of the log it has. The same rows give the same bytes."""
    query = ExportQuery.from_json(export.filters)
    scope = Scope(export.newsroom_id, query)
    if export.format == ExportFormat.PACKAGE:
        path = folder / "package.zip"
        return path, write_package(path, _about(export, query), scope)
    if export.format == ExportFormat.FOIA_LOG:
        path = folder / "foia-log.csv"
        return path, write_foia_log(path, scope, has_personal_data=export.has_personal_data)
    is_of_codes = query.what == CODES
    every, rows_of = (
        (code_rows.COLUMNS, code_rows.code_rows) if is_of_codes else (COLUMNS, log_rows)
    )
    columns = without_personal(every, has_personal_data=export.has_personal_data)
    writer, ending, _ = WRITERS[export.format]
    path = folder / f"log{ending}"
    return path, writer(path, columns, only(columns, rows_of(export.newsroom_id, query)))


def _about(export: LogExport, query: ExportQuery) -> AboutSnapshot:
    return AboutSnapshot(
        title=export.title,
        newsroom=export.newsroom.name,
        chain_head=head_line(export.newsroom_id),
        security_head=security_head_line(export.newsroom_id, on=export.asked_at.date()),
        license=export.license,
        query=query,
        has_personal_data=export.has_personal_data,
        made_at=export.asked_at.astimezone(UTC),
    )
