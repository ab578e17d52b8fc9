"""The worker's part: each minute what is new, and what the scanner could not do before."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from requests_app.models import FileScan
from requests_app.storage.scanning import clamd, scan_queue

logger = logging.getLogger(__name__)


@shared_task
def scan_files() -> None:
    """Until the scanner fails once: what is left waits for the next run, which begins with it."""
    if not settings.CLAMD_URL:
        return
    scan_queue.release_stuck(at=timezone.now())
    scan_queue.promise_new()
    scan_queue.set_apart_known()
    for row in FileScan.objects.due(at=timezone.now())[: scan_queue.BATCH]:
        try:
            scan_queue.scan_one(row, at=timezone.now(), seconds=settings.CLAMD_TIMEOUT)
        except (clamd.Unreachable, clamd.BrokenOff) as error:
            logger.warning("files are kept and wait to be scanned: %s", error)
            return
