"""Files: what there is of a request, and each as it came, to be downloaded and never shown."""

from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from requests_app.api.protocol.versions import quoted
from requests_app.api.protocol.views import ApiView, ReadMany
from requests_app.api.reading.seen import person, request_at, visible
from requests_app.ledger.security.security_log import record
from requests_app.models import Attachment, Filing, Letter
from requests_app.ordered_places import Order
from requests_app.storage import content
from requests_app.storage.scanning import scan_queue
from requests_app.vocabulary.security_kinds import SecurityKind


class FileSerializer(serializers.ModelSerializer[Attachment]):
    """A file that came from the city, or that we sent. `content`: the file itself."""

    content = serializers.HyperlinkedIdentityField(view_name="api_file", lookup_field="pk")

    class Meta:
        model = Attachment
        fields = [
            "id", "communication", "name", "content_type", "size", "sha256", "is_enclosure",
            "quarantined", "added_at", "content",
        ]  # fmt: skip
        read_only_fields = fields


def _here() -> QuerySet[Attachment]:
    """What came with mail that was taken out again belongs to another request."""
    return Attachment.objects.exclude(communication__taken_out_at__isnull=False)


class FileList(ReadMany):
    """The files of a request, in the order in which they were added."""

    serializer_class = FileSerializer
    queryset = Attachment.objects.none()
    order = Order(newest_first=False)

    def get_queryset(self) -> QuerySet[Attachment]:
        of = request_at(self.request, self.kwargs["public_id"])
        return _here().filter(records_request=of)


class Bytes(BaseRenderer):
    """What a caller may accept where a file is given: the file itself is no data to be drawn."""

    media_type, format, charset = "application/octet-stream", "bytes", None
    render_style = "binary"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return data


class Pdf(Bytes):
    media_type, format = "application/pdf", "pdf"


class FileContent(ApiView):
    """The file, as it came. What a scanner warned of is not given here: an admin may release it."""

    http_method_names = ["get", "head"]
    renderer_classes = [Bytes, JSONRenderer]
    pagination_class = None

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        seen = _here().filter(records_request__in=visible(request))
        file = get_object_or_404(seen, pk=pk)
        if scan_queue.why_apart(file, at=timezone.now()):
            raise Http404
        record(SecurityKind.FILE_OPENED, by=person(request), name=file.name, attachment=file.pk)
        return given(request, file.file, file.name, file.sha256)


class LetterPdf(ApiView):
    """The paper of a letter, byte for byte; a challenge with its exhibits behind it."""

    http_method_names = ["get", "head"]
    renderer_classes = [Pdf, JSONRenderer]
    pagination_class = None

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        seen = Letter.objects.filter(records_request__in=visible(request))
        letter = get_object_or_404(seen.select_related("records_request"), pk=pk)
        filing: Filing | None = getattr(letter, "filing", None)
        document = filing.standing_document if filing else None
        sha256 = document.sha256 if document else letter.sha256
        if known := known_already(request, sha256):
            return known
        pdf = (
            content.read_whole(str(document.file.name), sha256=document.sha256)
            if document
            else bytes(letter.pdf)
        )
        shown = f"attachment; filename*=UTF-8''{quote(letter.file_name)}"
        headers = {**headers_of(sha256), "Content-Disposition": shown}
        return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def given(request: Request, file: FieldFile, name: str, sha256: str) -> HttpResponseBase:
    """A kept file, to be downloaded and never shown."""
    if known := known_already(request, sha256):
        return known
    return FileResponse(
        file.open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
        headers=headers_of(sha256),
    )


def known_already(request: Request, sha256: str) -> HttpResponseBase | None:
    """304 where the caller has the file: asked before it is opened."""
    found: HttpResponseBase | None = get_conditional_response(request._request, quoted(sha256))
    return found


def headers_of(sha256: str) -> dict[str, str]:
    return {
        "ETag": quoted(sha256),
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
    }
