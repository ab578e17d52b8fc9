"""The worker's part: each night every portal once, one after the other."""

import logging

from celery import shared_task
from django.utils import timezone

from requests_app.catalog.reading.city_portals import READ_BY_PROGRAM, ensure_portals, is_due
from requests_app.catalog.reading.sync import LeaseLostError, PortalBusyError, sync
from requests_app.models import CityPortal

logger = logging.getLogger(__name__)


@shared_task
def read_portals() -> None:
    """The next portal whose night has come, if any: the following ticks read the others."""
    ensure_portals()
    at = timezone.now()
    portals = CityPortal.objects.in_use().filter(platform__in=READ_BY_PROGRAM).order_by("pk")
    portal = next((portal for portal in portals if is_due(portal, at=at)), None)
    if portal is None:
        return
    try:
        result = sync(portal, now=timezone.now)
    except (PortalBusyError, LeaseLostError):
        logger.info("portal %s is being read by another worker", portal.pk)
        return
    logger.info("portal %s: %s", portal.pk, result.outcome.sentence)
