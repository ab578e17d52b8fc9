"""The addresses that you have told of events, and what became of each message. No secrets."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request

from requests_app.api.protocol.views import ReadMany, ReadOne
from requests_app.api.reading.seen import person
from requests_app.models import Webhook, WebhookMessage
from requests_app.ordered_places import Order


class WebhookSerializer(serializers.ModelSerializer[Webhook]):
    """`kinds`: of which events it is told; empty: of every one."""

    address = serializers.CharField(source="url")
    kinds = serializers.ListField(child=serializers.CharField())
    url = serializers.HyperlinkedIdentityField(view_name="api_webhook", lookup_field="pk")

    class Meta:
        model = Webhook
        fields = ["id", "url", "address", "kinds", "made_at", "ended_at", "why_ended"]
        read_only_fields = fields


class WebhookMessageSerializer(serializers.ModelSerializer[WebhookMessage]):
    """One message. `message_id` is its `webhook-id`, however often it is sent."""

    class Meta:
        model = WebhookMessage
        fields = [
            "id", "webhook", "message_id", "event", "state", "attempts", "not_before",
            "delivered_at", "last_status", "last_answer", "made_at",
        ]  # fmt: skip
        read_only_fields = fields


def webhook_at(request: Request, pk: int) -> Webhook:
    return get_object_or_404(Webhook, pk=pk, user=person(request))


class WebhookList(ReadMany):
    """Your own addresses, ended ones too, the newest first."""

    serializer_class = WebhookSerializer
    queryset = Webhook.objects.none()
    order = Order()

    def get_queryset(self) -> QuerySet[Webhook]:
        return Webhook.objects.filter(user=person(self.request))


class WebhookDetail(ReadOne):
    """One address of yours."""

    serializer_class = WebhookSerializer
    lookup_field = "pk"
    queryset = Webhook.objects.none()

    def get_queryset(self) -> QuerySet[Webhook]:
        return Webhook.objects.filter(user=person(self.request))


class WebhookMessageList(ReadMany):
    """What one of your addresses was told, the newest first."""

    serializer_class = WebhookMessageSerializer
    queryset = WebhookMessage.objects.none()
    order = Order()

    def get_queryset(self) -> QuerySet[WebhookMessage]:
        return WebhookMessage.objects.filter(webhook=webhook_at(self.request, self.kwargs["pk"]))
