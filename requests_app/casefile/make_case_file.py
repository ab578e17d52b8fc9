"""One making, from the claim to the stored file: at every moment the row says how far it is."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings

from requests_app.casefile import CaseFileError, archive, case_file_queue, make_pdf
from requests_app.casefile.case_file_queue import ClaimLostError
from requests_app.casefile.content import gather_dossier
from requests_app.models import CaseFile, CaseFileKind, Letter
from requests_app.storage import content
from requests_app.storage.content import Kept

log = structlog.get_logger(__name__)
UNEXPECTED = (
    "It could not be made. Try again; if it fails again, tell the operator of this desk, whose log "
    "says more ({name})."
)
NO_ROOM = (
    "The desk’s disk is full, so it could not be kept. Tell whoever runs this desk, then ask for "
    "it again."
)


def make(case_file_id: int, *, now: Callable[[], datetime]) -> None:
    """Claim it, make it step by step, store it, say so."""
    case_file = case_file_queue.claim(case_file_id, at=now())
    if case_file is None:
        return
    try:
        with _folder(case_file) as folder:
            _make(case_file, folder, now=now)
    except ClaimLostError:
        log.warning("case_file_taken_over", id=case_file.pk)
    except CaseFileError as error:
        case_file_queue.mark_failed(case_file, problem=str(error), at=now())
    except Exception as error:  # whatever it was, the person who waits is told that it failed
        log.exception("case_file_failed", id=case_file.pk)
        unexpected = UNEXPECTED.format(name=type(error).__name__)
        problem = NO_ROOM if content.is_out_of_room(error) else unexpected
        case_file_queue.mark_failed(case_file, problem=problem, at=now())


def _make(case_file: CaseFile, folder: Path, *, now: Callable[[], datetime]) -> None:
    def report(step: str, done: int, total: int) -> None:
        case_file_queue.report_step(case_file, step=step, done=done, total=total, at=now())

    is_archive = case_file.kind == CaseFileKind.ARCHIVE
    dossier = gather_dossier.gather(case_file, at=now())
    pdf = folder / "case-file.pdf"
    count = make_pdf.make_pdf(
        dossier,
        pdf,
        folder=folder,
        stored=make_pdf.Stored(content.open_kept, letter_pdf),
        report=report,
    )
    made = (
        archive.pack(case_file, dossier, pdf, letter_pdf=letter_pdf, report=report)
        if is_archive
        else pdf
    )
    case_file_queue.mark_ready(case_file, _keep(made), page_count=count, at=now())


def letter_pdf(pk: int) -> bytes:
    """A letter's frozen PDF, read when its turn comes."""
    return bytes(Letter.objects.values_list("pdf", flat=True).get(pk=pk))


@contextmanager
def _folder(case_file: CaseFile) -> Iterator[Path]:
    """A folder for this try. What a killed one left behind goes first."""
    making_in = Path(settings.VAR) / "making"
    making_in.mkdir(parents=True, exist_ok=True)
    for left in making_in.glob(f"case-file-{case_file.pk}-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = making_in / f"case-file-{case_file.pk}-{case_file.attempts}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _keep(path: Path) -> Kept:
    with path.open("rb") as file:
        return content.keep(content.chunks_of(file), folder="case-files/", suffix=path.suffix)
