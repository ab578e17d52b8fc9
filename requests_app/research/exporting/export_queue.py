"""The rows of exports, and the only code that moves one from one stage to another."""

from datetime import datetime, timedelta

from celery import current_app
from django.db import transaction

from requests_app.leases import Lease
from requests_app.models import ExportStage, LogExport
from requests_app.storage.content import Kept

MAKE = "requests_app.research.tasks.make_log_export"
LEASE_TIME = timedelta(minutes=15)  # an export says nothing while it is written
MAX_ATTEMPTS = 3
STOPPED = (
    "The worker stopped three times while it was being made, perhaps for want of memory. Tell the "
    "operator of this desk."
)
S = ExportStage
LEASE = Lease(S.WAITING, S.MAKING, "stage")


def notify_worker(export: LogExport) -> None:
    """Ask the worker once the promise is committed. If the broker is away, the sweep finds it."""
    transaction.on_commit(lambda: current_app.send_task(MAKE, [export.pk]), robust=True)


def claim(export_id: int, *, at: datetime) -> LogExport | None:
    """Take one for making; None if it does not wait (any more)."""
    rows = LogExport.objects.filter(pk=export_id)
    if not LEASE.claim(rows, at=at, problem=""):
        return None
    return rows.select_related("newsroom").get()


def mark_ready(export: LogExport, kept: Kept, *, row_count: int, at: datetime) -> bool:
    """It is kept. False: another worker has it by now."""
    done = {"stage": S.READY, "finished_at": at, "problem": "", "row_count": row_count}
    return LEASE.write(export, file=kept.name, sha256=kept.sha256, size=kept.size, **done)


def mark_failed(export: LogExport, problem: str, *, at: datetime) -> bool:
    """It cannot be made, and why."""
    return LEASE.write(export, stage=S.FAILED, finished_at=at, problem=problem)


def release_stuck(*, at: datetime) -> int:
    """Put back what a dead worker held; what killed three is not tried a fourth time."""
    return LEASE.release(
        LogExport.objects.stuck(claimed_before=at - LEASE_TIME),
        most_attempts=MAX_ATTEMPTS,
        stage=S.FAILED,
        finished_at=at,
        problem=STOPPED,
    )
