"""The appeal log: every challenge, tracked by the desk or logged, with its documents."""

from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from requests_app.api.protocol.views import ApiView, ReadMany, ReadOne
from requests_app.api.reading.files import Bytes, given
from requests_app.api.reading.filters import checked, parameters_of
from requests_app.api.reading.seen import person
from requests_app.forms.research.log_filter import LogFilter
from requests_app.ledger.security.security_log import record
from requests_app.models import AppealOutcome, ClaimedExemption, LogDocument, LogEntry
from requests_app.models.research.log_entry import LogEntryQuerySet
from requests_app.ordered_places import Order
from requests_app.storage.scanning import scan_queue
from requests_app.vocabulary.research.exemption_outcomes import Became
from requests_app.vocabulary.security_kinds import SecurityKind


class ClaimSerializer(serializers.ModelSerializer[ClaimedExemption]):
    """An exemption that the city claimed. `exemption` is a slug of the pack, where one is meant."""

    became = serializers.ChoiceField(choices=Became.choices, allow_blank=True)

    class Meta:
        model = ClaimedExemption
        fields = ["as_claimed", "exemption", "citation", "became", "passage", "page"]
        read_only_fields = fields


class LogDocumentSerializer(serializers.ModelSerializer[LogDocument]):
    """A file of a logged challenge. `content`: the file itself."""

    content = serializers.HyperlinkedIdentityField(view_name="api_log_document", lookup_field="pk")

    class Meta:
        model = LogDocument
        fields = [
            "id", "name", "content_type", "size", "sha256", "quarantined", "added_at", "content",
        ]  # fmt: skip
        read_only_fields = fields


class LogEntrySerializer(serializers.ModelSerializer[LogEntry]):
    """One challenge. A day stands as the first day of what is known, with its precision.

    `appeal` and `request` are those of one that the desk tracks, whose facts follow from its
    ledger; a logged one has neither, and says where and of whom it was asked in words.
    """

    request = serializers.HyperlinkedRelatedField(  # type: ignore[var-annotated]
        source="records_request",
        view_name="api_request",
        lookup_field="public_id",
        read_only=True,
        allow_null=True,
    )
    place = serializers.CharField()
    subject = serializers.CharField()
    reference = serializers.CharField(source="request.reference", allow_blank=True)
    agency = serializers.CharField(source="logged_request.agency", default="", allow_blank=True)
    outcome = serializers.ChoiceField(choices=AppealOutcome.choices, allow_blank=True)
    source_url = serializers.CharField(allow_blank=True)
    exemptions = ClaimSerializer(many=True)
    documents = LogDocumentSerializer(many=True)
    entered_by = serializers.CharField(source="created_by.name")
    url = serializers.HyperlinkedIdentityField(view_name="api_log_entry", lookup_field="pk")

    class Meta:
        model = LogEntry
        fields = [
            "id", "url", "is_tracked", "appeal", "request", "city_slug", "place", "subject",
            "reference", "agency", "route", "body", "answers", "ground", "state", "outcome",
            "outcome_as_stated", "docket", "order_number", "filed_on", "filed_precision",
            "decided_on", "decided_precision", "days", "due_on", "next_on", "next_clock",
            "next_whose", "exemptions", "documents", "notes", "source_url", "source", "source_key",
            "project", "follows", "entered_by", "created_at", "changed_at",
        ]  # fmt: skip
        read_only_fields = fields


def visible_entries(request: Request) -> LogEntryQuerySet:
    return LogEntry.objects.visible_to(person(request))


def shown(entries: LogEntryQuerySet) -> LogEntryQuerySet:
    """With what `LogEntrySerializer` reads of each."""
    documents = Prefetch("documents", LogDocument.objects.order_by("pk"))
    joined = entries.select_related("logged_request", "records_request", "created_by")
    return joined.prefetch_related("exemptions", documents).defer(
        "records_request__letter_text", "records_request__particulars"
    )


class LogEntryList(ReadMany):
    """Every challenge that you see, the newest entry first, filtered as the log's page is."""

    serializer_class = LogEntrySerializer
    queryset = LogEntry.objects.none()
    order = Order()

    def query_parameters(self) -> list[dict[str, Any]]:
        filters = LogFilter.base_filters.items()
        return parameters_of({name: str(one.label) for name, one in filters})

    def get_queryset(self) -> LogEntryQuerySet:
        newsroom = person(self.request).membership.newsroom
        seen = visible_entries(self.request)
        found = LogFilter(self.request.query_params, queryset=seen, newsroom=newsroom)
        checked(found.form)
        entries: LogEntryQuerySet = found.qs
        return shown(entries)


class LogEntryDetail(ReadOne):
    """One challenge of the log."""

    serializer_class = LogEntrySerializer
    lookup_field = "pk"
    queryset = LogEntry.objects.none()

    def get_queryset(self) -> LogEntryQuerySet:
        return shown(visible_entries(self.request))


class LogDocumentContent(ApiView):
    """A document of a logged challenge, as it came."""

    http_method_names = ["get", "head"]
    renderer_classes = [Bytes, JSONRenderer]
    pagination_class = None

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        seen = LogDocument.objects.filter(entry__in=visible_entries(request))
        document = get_object_or_404(seen, pk=pk)
        if scan_queue.why_apart(document, at=timezone.now()):
            raise Http404
        record(
            SecurityKind.FILE_OPENED,
            by=person(request),
            name=document.name,
            log_document=document.pk,
        )
        return given(request, document.file, document.name, document.sha256)
