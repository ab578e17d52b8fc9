"""Moving one row, if it is still where we thought, with the event that says so."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from requests_app import ledger
from requests_app.models import (
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    RecordsRequest,
    User,
)


def in_state(delivery: Delivery, *states: DeliveryState) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=delivery.pk, state__in=states)


def claimed(delivery: Delivery) -> QuerySet[Delivery]:
    """The row, while the claim that `delivery` was read under still holds."""
    return in_state(delivery, DeliveryState.SENDING).filter(claimed_at=delivery.claimed_at)


def of_one_letter(delivery: Delivery) -> QuerySet[Delivery]:
    """All the messages that carry it, in order; one, where it fits into one."""
    first = delivery.first_part_id or delivery.pk
    parts = Delivery.objects.filter(pk=first) | Delivery.objects.filter(first_part=first)
    return parts.order_by("part")


@transaction.atomic
def settle(
    delivery: Delivery,
    rows: QuerySet[Delivery],
    fields: dict[str, Any],
    kind: EventKind,
    *,
    at: datetime,
    on: date | None = None,
    by: User | None = None,
    **data: str,
) -> Event | None:
    """The event of the move; None where the row was not among `rows` any more."""
    # The request first, then its deliveries: everybody locks in this order.
    request = RecordsRequest.objects.select_for_update().get(pk=delivery.records_request_id)
    if not rows.update(**fields):
        return None
    return ledger.record(
        request,
        kind,
        on=on or request.city.local_date(at),
        by=by,
        at=at,
        data={"channel": delivery.channel, "to": delivery.to, **data},
        appeal=delivery.appeal,
        delivery=delivery,
    )
