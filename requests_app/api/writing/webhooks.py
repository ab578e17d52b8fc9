"""An address that is told of events: ended, and a message sent to it once more.

A new address, and another secret, are shown once and after the password on the page alone.
"""

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from requests_app.actions.newsroom import webhooks
from requests_app.api.protocol.views import attribution
from requests_app.api.reading.seen import person
from requests_app.api.reading.webhooks import (
    WebhookMessageSerializer,
    WebhookSerializer,
    webhook_at,
)
from requests_app.api.writing.verbs import Nothing, OfThing, asked
from requests_app.models import Webhook, WebhookMessage


class EndWebhook(OfThing):
    """It is told nothing any more."""

    serializer_class: Any = WebhookSerializer
    queryset = Webhook.objects.none()

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> Webhook:
        return webhook_at(request, pk)

    def do(self, webhook: Webhook, request: Request) -> Webhook:
        asked(request, lambda data, files: [Nothing(data)])
        webhooks.end(webhook, by=attribution(request))
        webhook.refresh_from_db()
        return webhook


class SendMessageAgain(OfThing):
    """The same message under the same id, whatever became of it."""

    serializer_class: Any = WebhookMessageSerializer
    queryset = WebhookMessage.objects.none()

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> WebhookMessage:
        mine = WebhookMessage.objects.filter(webhook__user=person(request))
        return get_object_or_404(mine, pk=pk)

    def do(self, message: WebhookMessage, request: Request) -> WebhookMessage:
        asked(request, lambda data, files: [Nothing(data)])
        webhooks.send_again(message, by=attribution(request))
        message.refresh_from_db()
        return message
