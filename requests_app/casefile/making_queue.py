"""The rows of case files, and the only code that moves one from one state to another.

A claim is a compare-and-set, so two workers never make one file. Each step moves `claimed_at`
forward; who finds it moved by another has lost the claim, and stops.

1. WAITING  a promise; nobody has it.
2. MAKING   a worker claimed it. If it is silent for the lease, the sweep puts it back to WAITING,
            and after the third try to FAILED, with the reason.
3. READY    the file is stored and then named in the row: a death between leaves a file nobody
            names, under its own hash, where the next try puts the same or another.
"""

from datetime import datetime, timedelta

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from requests_app.models import CaseFile, CaseFileState

MAKE = "requests_app.casefile.tasks.make_case_file"
MAX_ATTEMPTS = 3
STOPPED = (
    "The worker stopped three times while it was being made, perhaps for want of memory. Try "
    "again; if it stops again, tell the operator of this desk."
)
S = CaseFileState


class ClaimLostError(Exception):
    """Another worker has taken over: this one stops."""


def hurry(case_file: CaseFile) -> None:
    """Ask the worker once the promise is committed. If the broker is away, the sweep finds it."""
    transaction.on_commit(lambda: current_app.send_task(MAKE, [case_file.pk]), robust=True)


def claim(case_file_id: int, *, at: datetime) -> CaseFile | None:
    """Take one for making; None if it is not waiting (any more)."""
    fresh = {"step": "Reading the request", "done": 0, "total": 0, "problem": ""}
    taken = (
        CaseFile.objects.due()
        .filter(pk=case_file_id)
        .update(state=S.MAKING, claimed_at=at, attempts=F("attempts") + 1, **fresh)
    )
    if not taken:
        return None
    return CaseFile.objects.select_related(
        "records_request__newsroom",
        "records_request__created_by",
        "records_request__assigned_to",
        "appeal",
    ).get(pk=case_file_id)


def tell(case_file: CaseFile, *, step: str, done: int, total: int, at: datetime) -> None:
    """Write down how far it is. ClaimLostError where another worker has it by now."""
    if not _claimed(case_file).update(step=step, done=done, total=total, claimed_at=at):
        raise ClaimLostError(f"case file {case_file.pk}")
    case_file.claimed_at = at


def settle_ready(
    case_file: CaseFile, *, file: str, size: int, page_count: int, sha256: str, at: datetime
) -> bool:
    """The file is stored under that name."""
    told = {"file": file, "size": size, "page_count": page_count, "sha256": sha256}
    return bool(
        _claimed(case_file).update(state=S.READY, finished_at=at, step="", problem="", **told)
    )


def settle_failed(case_file: CaseFile, *, problem: str, at: datetime) -> bool:
    """It cannot be made, and why."""
    return bool(
        _claimed(case_file).update(state=S.FAILED, finished_at=at, step="", problem=problem)
    )


def release_stuck(*, at: datetime) -> int:
    """Put back what a dead worker held; what killed three is not tried a fourth time."""
    expired = at - timedelta(seconds=settings.CASE_FILE_LEASE_SECONDS)
    stuck = CaseFile.objects.stuck(claimed_before=expired)
    given_up = stuck.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=S.FAILED, finished_at=at, step="", problem=STOPPED
    )
    return given_up + stuck.update(state=S.WAITING, claimed_at=None)


def _claimed(case_file: CaseFile) -> QuerySet[CaseFile]:
    """The row, while the claim that `case_file` was read under still holds."""
    return CaseFile.objects.filter(pk=case_file.pk, state=S.MAKING, claimed_at=case_file.claimed_at)
