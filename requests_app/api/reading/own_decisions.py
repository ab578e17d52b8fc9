"""Decisions of the newsroom's own that are offered in the arguments to come."""

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request

from requests_app.api.protocol.views import ReadMany
from requests_app.api.reading.seen import person
from requests_app.models import OfferedDecision
from requests_app.ordered_places import Order


class OfferedDecisionSerializer(serializers.ModelSerializer[OfferedDecision]):
    """`text` is the paragraph as a filing prints it; `exemption` by the pack's slug."""

    class Meta:
        model = OfferedDecision
        fields = [
            "id", "entry", "exemption", "citation", "text", "attachment", "log_document",
            "offered_at", "taken_back_at",
        ]  # fmt: skip
        read_only_fields = fields


def offered_decisions(request: Request) -> QuerySet[OfferedDecision]:
    return OfferedDecision.objects.filter(newsroom=person(request).membership.newsroom)


class OfferedDecisionList(ReadMany):
    """What was offered, taken back or not, the newest first."""

    serializer_class = OfferedDecisionSerializer
    queryset = OfferedDecision.objects.none()
    order = Order()

    def get_queryset(self) -> QuerySet[OfferedDecision]:
        return offered_decisions(self.request)
