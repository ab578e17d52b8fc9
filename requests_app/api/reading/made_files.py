"""Files that the worker makes: exports of the log, and a request's papers put together."""

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from requests_app.api.protocol.views import ApiView, ReadMany, ReadOne
from requests_app.api.reading.files import Bytes, given
from requests_app.api.reading.seen import person, request_at, visible
from requests_app.ledger.security.security_log import record
from requests_app.models import CaseFile, CaseFileState, ExportStage, LogExport
from requests_app.ordered_places import Order
from requests_app.permissions import require
from requests_app.vocabulary.security_kinds import SecurityKind


class ExportSerializer(serializers.ModelSerializer[LogExport]):
    """A snapshot of the log. `filters` is the query that made it; `content` is there once it is
    ready, under `sha256`."""

    url = serializers.HyperlinkedIdentityField(view_name="api_export", lookup_field="pk")
    content = serializers.HyperlinkedIdentityField(
        view_name="api_export_content", lookup_field="pk"
    )
    filters = serializers.DictField()

    class Meta:
        model = LogExport
        fields = [
            "id", "url", "format", "title", "license", "filters", "has_personal_data", "stage",
            "problem", "asked_at", "finished_at", "row_count", "size", "sha256", "content",
        ]  # fmt: skip
        read_only_fields = fields


class CaseFileSerializer(serializers.ModelSerializer[CaseFile]):
    """A request's papers, put together once. `content` is there once `state` says ready."""

    url = serializers.HyperlinkedIdentityField(view_name="api_case_file", lookup_field="pk")
    content = serializers.HyperlinkedIdentityField(
        view_name="api_case_file_content", lookup_field="pk"
    )

    class Meta:
        model = CaseFile
        fields = [
            "id", "url", "kind", "appeal", "has_notes", "embeds_files", "state", "problem", "step",
            "done", "total", "asked_at", "finished_at", "page_count", "size", "sha256", "content",
        ]  # fmt: skip
        read_only_fields = fields


def exports(request: Request) -> QuerySet[LogExport]:
    """Of the newsroom, for whoever exports."""
    membership = person(request).membership
    require(person(request), "export_log")
    return LogExport.objects.filter(newsroom=membership.newsroom_id)


def case_files(request: Request) -> QuerySet[CaseFile]:
    return CaseFile.objects.filter(records_request__in=visible(request))


class ExportList(ReadMany):
    """What was exported and is being exported, the newest first."""

    serializer_class = ExportSerializer
    queryset = LogExport.objects.none()
    order = Order()

    def get_queryset(self) -> QuerySet[LogExport]:
        return exports(self.request)


class ExportDetail(ReadOne):
    """One export: ask again until its `stage` is ready or failed."""

    serializer_class = ExportSerializer
    lookup_field = "pk"
    queryset = LogExport.objects.none()

    def get_queryset(self) -> QuerySet[LogExport]:
        return exports(self.request)


class ExportContent(ApiView):
    """The file. With personal data for those alone who may choose it."""

    http_method_names = ["get", "head"]
    renderer_classes = [Bytes, JSONRenderer]
    pagination_class = None

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        export = get_object_or_404(exports(request).filter(stage=ExportStage.READY), pk=pk)
        if export.has_personal_data:
            require(person(request), "export_personal_data")
        record(SecurityKind.EXPORT_FETCHED, by=person(request), name=export.title, export=pk)
        return given(request, export.file, export.file_name, export.sha256)


class CaseFileList(ReadMany):
    """What was made of a request's papers and is being made, the newest first."""

    serializer_class = CaseFileSerializer
    queryset = CaseFile.objects.none()
    order = Order()

    def get_queryset(self) -> QuerySet[CaseFile]:
        return CaseFile.objects.filter(
            records_request=request_at(self.request, self.kwargs["public_id"])
        )


class CaseFileDetail(ReadOne):
    """One of them: ask again until its `state` is ready or failed."""

    serializer_class = CaseFileSerializer
    lookup_field = "pk"
    queryset = CaseFile.objects.none()

    def get_queryset(self) -> QuerySet[CaseFile]:
        return case_files(self.request)


class CaseFileContent(ApiView):
    """The PDF or the ZIP."""

    http_method_names = ["get", "head"]
    renderer_classes = [Bytes, JSONRenderer]
    pagination_class = None

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        ready = case_files(request).filter(state=CaseFileState.READY)
        made = get_object_or_404(ready.select_related("records_request"), pk=pk)
        reference = made.records_request.reference
        record(SecurityKind.CASE_FILE_FETCHED, by=person(request), name=reference, case_file=pk)
        return given(request, made.file, made.file_name, made.sha256)
