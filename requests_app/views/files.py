"""Letters as issued, and files as they came."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from requests_app.models import Attachment, Letter, RecordsRequest
from requests_app.views import previews
from requests_app.views.lookup import person


@require_safe
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    visible = RecordsRequest.objects.visible_to(person(request))
    letter = get_object_or_404(
        Letter.objects.filter(records_request__in=visible).select_related("records_request"), pk=pk
    )
    return previews.issued(letter)


@require_safe
def attachment_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Always a download, never shown: a city's HTML or SVG must not run on this site."""
    visible = RecordsRequest.objects.visible_to(person(request))
    # What came with mail that was taken out again belongs to another request.
    here = Attachment.objects.filter(records_request__in=visible).exclude(
        communication__taken_out_at__isnull=False
    )
    attachment = get_object_or_404(here, pk=pk)
    return FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"},
    )
