"""The worker's part: it only hurries what the database has promised."""

from celery import shared_task
from django.conf import settings
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
def release(delivery_id: int) -> None:
    """Free one delivery from a dead worker, if it is still stuck."""
    now = timezone.now()
    stuck = Delivery.objects.stuck(at=now).filter(pk=delivery_id).first()
    if stuck is not None:
        outbox.release(stuck, at=now)


@shared_task
def sweep_outbox() -> None:
    """Release what a dead worker held, and hurry whatever is due, the longest due first.

    A task a row: one that cannot be settled keeps no other waiting. What a worker does not come to
    before the next sweep is left to that one, so that a slow server piles up no tasks.
    """
    now = timezone.now()
    expires = 2 * max(settings.SWEEP_SECONDS, 5)
    for delivery_id in Delivery.objects.stuck(at=now).values_list("pk", flat=True)[:SWEEP_BATCH]:
        release.apply_async((delivery_id,), expires=expires)
    due = Delivery.objects.due(at=now).order_by("not_before", "pk").values_list("pk", flat=True)
    for delivery_id in due[:SWEEP_BATCH]:
        deliver.apply_async((delivery_id,), expires=expires)
