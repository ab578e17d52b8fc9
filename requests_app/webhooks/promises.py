"""Write down what each address is to be told: a row for each new event, once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet

from requests_app.models import Event, RecordsRequest, Webhook, WebhookMessage

# An event's transaction may end after that of a later one; none takes so long.
SETTLED_AFTER = timedelta(minutes=10)
BATCH = 500  # of one address in one run; the next one takes the rest


def promise_news(*, at: datetime) -> int:
    """For every address that works; how many messages are new."""
    return sum(_promise(webhook, at=at) for webhook in Webhook.objects.working())


@transaction.atomic
def _promise(webhook: Webhook, *, at: datetime) -> int:
    """Events that no row tells yet. `through` moves past those alone that are surely all there."""
    untold = _news(webhook).exclude(
        pk__in=WebhookMessage.objects.filter(webhook=webhook, event__gt=webhook.through).values(
            "event"
        )
    )
    found = list(untold.order_by("pk").values_list("pk", flat=True)[:BATCH])
    WebhookMessage.objects.bulk_create(
        [WebhookMessage(webhook=webhook, event_id=pk, not_before=at, made_at=at) for pk in found],
        ignore_conflicts=True,
    )
    if len(found) < BATCH:
        settled = Event.objects.filter(
            pk__gt=webhook.through, recorded_at__lt=at - SETTLED_AFTER
        ).aggregate(last=Max("pk"))["last"]
        if settled:
            Webhook.objects.filter(pk=webhook.pk, through__lt=settled).update(through=settled)
    return len(found)


def _news(webhook: Webhook) -> QuerySet[Event]:
    seen = RecordsRequest.objects.visible_to(webhook.user)
    found = Event.objects.filter(pk__gt=webhook.through, records_request__in=seen)
    return found.filter(kind__in=webhook.kinds) if webhook.kinds else found
