"""The worker's part, each day, of what belongs to no other."""

import structlog
from celery import shared_task
from django.utils import timezone

from requests_app.actions.privacy import retention

log = structlog.get_logger(__name__)


@shared_task
def let_go_of_what_is_not_kept() -> None:
    """See docs/privacy.md; what went is in the worker's log."""
    for gone in retention.purge(at=timezone.now()):
        if gone.count:
            log.info("erased", what=gone.words, count=gone.count)
