"""The worker's part, at each sweep: what is new is promised, what is due is sent."""

from celery import shared_task
from django.utils import timezone

from requests_app.webhooks.promises import promise_news
from requests_app.webhooks.send import open_http, send_due


@shared_task
def sweep_webhooks() -> None:
    promise_news(at=timezone.now())
    with open_http() as http:
        send_due(http, now=timezone.now)
