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
from django.db.models import QuerySet

from requests_app.leases import Lease
from requests_app.models import CaseFile, CaseFileState
from requests_app.storage.content import Kept

MAKE = "requests_app.casefile.tasks.make_case_file"
MAX_ATTEMPTS = 3
STOPPED = (
    "The worker stopped three times while it was being made, perhaps for want of memory. Try "
    "again; if it stops again, tell the operator of this desk."
)
S = CaseFileState
LEASE = Lease(S.WAITING, S.MAKING)


class ClaimLostError(Exception):
    """Another worker has taken over: this one stops."""


def notify_worker(case_file: CaseFile) -> None:
    """Ask the worker once the promise is committed. If the broker is away, the sweep finds it."""
    transaction.on_commit(lambda: current_app.send_task(MAKE, [case_file.pk]), robust=True)


def claim(case_file_id: int, *, at: datetime) -> CaseFile | None:
    """Take one for making; None if it is not waiting (any more)."""
    fresh = {"step": "Reading the request", "done": 0, "total": 0, "problem": ""}
    if not LEASE.claim(CaseFile.objects.filter(pk=case_file_id), at=at, **fresh):
        return None
    return CaseFile.objects.select_related(
        "records_request__newsroom",
        "records_request__created_by",
        "records_request__assigned_to",
        "appeal",
    ).get(pk=case_file_id)


def report_step(case_file: CaseFile, *, step: str, done: int, total: int, at: datetime) -> None:
    """Write down how far it is. ClaimLostError where another worker has it by now."""
    if not LEASE.renew(case_file, at=at, step=step, done=done, total=total):
        raise ClaimLostError(f"case file {case_file.pk}")


def mark_ready(case_file: CaseFile, kept: Kept, *, page_count: int, at: datetime) -> bool:
    """It is kept. False: another worker has it by now."""
    return LEASE.write(
        case_file, state=S.READY, finished_at=at, step="", problem="",
        file=kept.name, size=kept.size, sha256=kept.sha256, page_count=page_count,
    )  # fmt: skip


def mark_failed(case_file: CaseFile, *, problem: str, at: datetime) -> bool:
    """It cannot be made, and why."""
    return LEASE.write(case_file, state=S.FAILED, finished_at=at, step="", problem=problem)


def let_go(case_files: QuerySet[CaseFile], *, problem: str, at: datetime) -> None:
    """What was made of papers that were erased by law since: it is asked for anew. Whoever makes
    one now has lost it, and it is made of what is left. Their files are the caller's."""
    case_files.filter(state=S.READY).update(
        state=S.FAILED, problem=problem, file="", finished_at=at
    )
    case_files.filter(state=S.MAKING).update(state=S.WAITING, claimed_at=None)


def release_stuck(*, at: datetime) -> int:
    """Put back what a dead worker held; what killed three is not tried a fourth time."""
    silent_since = at - timedelta(seconds=settings.CASE_FILE_LEASE_SECONDS)
    return LEASE.release(
        CaseFile.objects.stuck(claimed_before=silent_since),
        most_attempts=MAX_ATTEMPTS,
        state=S.FAILED,
        finished_at=at,
        step="",
        problem=STOPPED,
    )
