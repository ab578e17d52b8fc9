"""The worker's part: it only hurries what the database has promised."""

from celery import shared_task
from django.utils import timezone

from requests_app.models import LogExport, LogImport
from requests_app.research.exporting import export_queue
from requests_app.research.exporting.make_export import make
from requests_app.research.importing import import_queue
from requests_app.research.importing.work import work

SWEEP_BATCH = 20


@shared_task
def work_on_import(import_id: int) -> None:
    """Try, import or undo one file, if it still waits for that."""
    work(import_id, now=timezone.now)


@shared_task
def make_log_export(export_id: int) -> None:
    """Make one export, if it still waits."""
    make(export_id, now=timezone.now)


@shared_task
def sweep_imports_and_exports() -> None:
    """Release what a dead worker held, and hurry whatever waits."""
    at = timezone.now()
    import_queue.release_stuck(at=at)
    export_queue.release_stuck(at=at)
    for pk in LogImport.objects.due().order_by("pk").values_list("pk", flat=True)[:SWEEP_BATCH]:
        work_on_import.delay(pk)
    for pk in LogExport.objects.due().order_by("pk").values_list("pk", flat=True)[:SWEEP_BATCH]:
        make_log_export.delay(pk)
