"""The worker's part: it only hurries what the database has promised."""

from celery import shared_task
from django.utils import timezone

from requests_app.casefile import case_file_queue
from requests_app.casefile.make_case_file import make
from requests_app.models import CaseFile

SWEEP_BATCH = 20


@shared_task
def make_case_file(case_file_id: int) -> None:
    """Make one case file, if it is still waiting."""
    make(case_file_id, now=timezone.now)


@shared_task
def sweep_case_files() -> None:
    """Release what a dead worker held, and hurry whatever waits."""
    case_file_queue.release_stuck(at=timezone.now())
    due = CaseFile.objects.due().order_by("asked_at").values_list("pk", flat=True)
    for case_file_id in due[:SWEEP_BATCH]:
        make_case_file.delay(case_file_id)
