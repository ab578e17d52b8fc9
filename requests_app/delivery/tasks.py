"""The worker's part: it only hurries what the database has promised."""

from celery import shared_task
from django.utils import timezone

from requests_app.delivery import outbox
from requests_app.delivery.send import send
from requests_app.models import Delivery

SWEEP_BATCH = 200


@shared_task
def deliver(delivery_id: int) -> None:
    """Send one delivery, if it is still waiting and due."""
    send(delivery_id, now=timezone.now)


@shared_task
def sweep_outbox() -> None:
    """Release what a dead worker held, and hurry whatever is due."""
    now = timezone.now()
    outbox.release_stuck(at=now)
    due = Delivery.objects.due(at=now).order_by("not_before").values_list("pk", flat=True)
    for delivery_id in due[:SWEEP_BATCH]:
        deliver.delay(delivery_id)
