"""The rows of imports, and the only code of the worker's that moves one to another stage.

A claim is a compare-and-set, so two workers never have one. Each batch moves `claimed_at` forward
in its own transaction; who finds it moved by another has lost the claim, and its batch is undone.
"""

from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import transaction

from requests_app.leases import Lease
from requests_app.models import ImportStage, LogImport
from requests_app.models.research.log_import import WORKING

WORK = "requests_app.research.tasks.work_on_import"
LEASE_TIME = timedelta(minutes=3)
MAX_ATTEMPTS = 3  # without a batch that was done
STOPPED = (
    "The worker stopped three times at the same place, perhaps for want of memory. What was done "
    "until then stands. Tell the operator of this desk, then continue or undo it."
)
LEASES = {working: Lease(waiting, working, "stage") for working, waiting in WORKING.items()}


class ClaimLostError(Exception):
    """Another worker has taken over: this one stops."""


def notify_worker(log_import: LogImport) -> None:
    """Ask the worker once the promise is committed. If the broker is away, the sweep finds it."""
    transaction.on_commit(lambda: current_app.send_task(WORK, [log_import.pk]), robust=True)


def claim(import_id: int, *, at: datetime) -> LogImport | None:
    """Take one for work; None if it does not wait (any more)."""
    rows = LogImport.objects.filter(pk=import_id)
    if any(lease.claim(rows, at=at, problem="") for lease in LEASES.values()):
        return rows.select_related("newsroom", "project").get()
    return None


def report(log_import: LogImport, *, at: datetime, **fields: Any) -> None:
    """Write down how far it is, and that this worker lives. ClaimLostError."""
    if not _lease(log_import).renew(log_import, at=at, attempts=0, **fields):
        raise ClaimLostError(f"import {log_import.pk}")


def finish(log_import: LogImport, stage: ImportStage, *, at: datetime, **fields: Any) -> bool:
    """The work is done. False: another worker has it by now."""
    done = {"stage": stage, "finished_at": at, "problem": "", **fields}
    return _lease(log_import).write(log_import, **done)


def stop(log_import: LogImport, problem: str, *, at: datetime) -> bool:
    """It cannot go on, and why."""
    failed = {"stage": ImportStage.FAILED, "finished_at": at, "stopped_in": log_import.stage}
    return _lease(log_import).write(log_import, problem=problem, **failed)


def release_stuck(*, at: datetime) -> int:
    """Put back what a dead worker held; what killed three is not tried a fourth time."""
    stuck = LogImport.objects.stuck(claimed_before=at - LEASE_TIME)
    return sum(
        lease.release(
            stuck.filter(stage=working),
            most_attempts=MAX_ATTEMPTS,
            stage=ImportStage.FAILED,
            stopped_in=working,
            finished_at=at,
            problem=STOPPED,
        )
        for working, lease in LEASES.items()
    )


def _lease(log_import: LogImport) -> Lease:
    return LEASES[ImportStage(log_import.stage)]
