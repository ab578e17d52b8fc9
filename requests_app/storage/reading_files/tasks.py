"""The worker's part: some files each minute, one after the other."""

from celery import shared_task
from django.utils import timezone

from requests_app.models import FileText
from requests_app.storage.reading_files import reading_queue


@shared_task
def read_files() -> None:
    """Promise what is new, then read what is due. Letters and reminders have the other thread."""
    reading_queue.promise_new()
    reading_queue.release_stuck(at=timezone.now())
    for file_text_id in list(
        FileText.objects.due().values_list("pk", flat=True)[: reading_queue.BATCH]
    ):
        reading_queue.read_one(file_text_id, at=timezone.now())
