"""One piece of a worker's work on an import: from the claim to the next stage that waits."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import structlog

from requests_app.models import ImportStage, LogImport
from requests_app.research.importing import import_queue
from requests_app.research.importing.checking import Report, check
from requests_app.research.importing.import_queue import ClaimLostError
from requests_app.research.importing.importing import import_rows
from requests_app.research.importing.undoing import undo
from requests_app.storage import content

log = structlog.get_logger(__name__)
S = ImportStage
ACTS: Mapping[str, tuple[Callable[[LogImport, Report], dict[str, Any]], ImportStage]] = {
    S.CHECKING: (check, S.CHECKED),
    S.IMPORTING: (import_rows, S.IMPORTED),
    S.UNDOING: (undo, S.UNDONE),
}
UNEXPECTED = (
    "It stopped by a fault of the desk ({name}). What was done until then stands. Tell the "
    "operator of this desk, whose log says more; then continue or undo it."
)
NO_ROOM = (
    "The desk’s disk is full. What was done until then stands. Tell whoever runs this desk, then "
    "continue."
)


def work(import_id: int, *, now: Callable[[], datetime]) -> None:
    """Do what it waits for, if it still waits."""
    log_import = import_queue.claim(import_id, at=now())
    if log_import is None:
        return
    act, then = ACTS[log_import.stage]

    def report(**fields: Any) -> None:
        import_queue.report(log_import, at=now(), **fields)

    try:
        found = act(log_import, report)
        import_queue.finish(log_import, then, at=now(), **found)
    except ClaimLostError:
        log.warning("import_taken_over", id=log_import.pk)
    except Exception as error:  # whatever it was, the person who waits is told that it stopped
        log.exception("import_stopped", id=log_import.pk)
        unexpected = UNEXPECTED.format(name=type(error).__name__)
        problem = NO_ROOM if content.is_out_of_room(error) else unexpected
        import_queue.stop(log_import, problem, at=now())
