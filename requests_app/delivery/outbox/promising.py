"""The promise that a letter will go, made in the transaction of the act that wrote it."""

from datetime import datetime, timedelta
from email.utils import make_msgid

from celery import current_app
from django.conf import settings
from django.db import transaction

from requests_app.delivery import links, parcels
from requests_app.models import (
    Appeal,
    Channel,
    Delivery,
    DeliveryState,
    Letter,
    Newsroom,
    RecordsRequest,
    User,
)

DELIVER = "requests_app.delivery.tasks.deliver"

S = DeliveryState


def new_message_id() -> str:
    """Stated before the first try, so that a message in doubt can be looked for."""
    return make_msgid(domain=settings.MAIL_DOMAIN)


def leaves_at(newsroom: Newsroom, *, at: datetime) -> datetime:
    """When an e-mail promised now leaves: until then it can be recalled."""
    return at + timedelta(minutes=newsroom.recall_minutes)


def enqueue(
    records_request: RecordsRequest,
    letter: Letter,
    *,
    channel: Channel,
    to_name: str,
    to: str,
    by: User,
    at: datetime,
    appeal: Appeal | None = None,
) -> Delivery:
    """Promise that a letter will go; the delivery that carries it, the first of its parts.

    Raises `planning.TooLarge` where its enclosures can go neither in messages nor by link.
    """
    way = parcels.plan_for(letter) if not channel.is_by_hand else parcels.BY_HAND
    first: Delivery | None = None
    for part, enclosed in enumerate(way.parts, start=1):
        delivery = Delivery.objects.create(
            records_request=records_request,
            appeal=appeal,
            letter=letter,
            channel=channel,
            to_name=to_name,
            to=to,
            state=S.BY_HAND if channel.is_by_hand else S.QUEUED,
            first_part=first,
            part=part,
            parts=len(way.parts),
            message_id=new_message_id(),
            not_before=at if channel.is_by_hand else leaves_at(records_request.newsroom, at=at),
            created_at=at,
            created_by=by,
        )
        first = first or delivery
        if enclosed:
            delivery.files.set([enclosure.key for enclosure in enclosed])
        hurry(delivery, at=at)
    assert first is not None
    links.lay(first, way.links, at=at)
    return first


def hurry(delivery: Delivery, *, at: datetime) -> None:
    """Ask the worker once the promise is committed. If the broker is away, the sweep finds it, as
    it finds what may not leave yet."""
    if delivery.channel == Channel.EMAIL and delivery.not_before <= at:
        transaction.on_commit(lambda: current_app.send_task(DELIVER, [delivery.pk]), robust=True)
