"""Letters as issued, and files as they came."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from requests_app.ledger.security.security_log import record
from requests_app.models import Attachment, Letter, RecordsRequest
from requests_app.permissions import require
from requests_app.storage.erased_files import without_erased
from requests_app.storage.scanning import scan_queue
from requests_app.views.lookup import now, person
from requests_app.views.sending import previews
from requests_app.vocabulary.security_kinds import SecurityKind


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
    attachment = _attachment(request, pk)
    if scan_queue.why_apart(attachment, at=now()):
        raise Http404(f"{attachment.name} is kept apart: an admin may release it.")
    _note(request, SecurityKind.FILE_OPENED, attachment)
    return _download(attachment, attachment.name)


def _note(request: HttpRequest, kind: SecurityKind, attachment: Attachment) -> None:
    record(kind, by=person(request), name=attachment.name, attachment=attachment.pk)


@require_POST
def attachment_release(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the scanner warned of, for an admin who asked for just that: it stays kept apart."""
    attachment = _attachment(request, pk)
    require(person(request), "release_file")
    _note(request, SecurityKind.QUARANTINED_FILE_OPENED, attachment)
    return _download(attachment, f"{attachment.name}.quarantined")


def _attachment(request: HttpRequest, pk: int) -> Attachment:
    visible = RecordsRequest.objects.visible_to(person(request))
    # What came with mail that was taken out again belongs to another request.
    here = Attachment.objects.filter(records_request__in=visible).exclude(
        communication__taken_out_at__isnull=False
    )
    return get_object_or_404(without_erased(here), pk=pk)


def _download(attachment: Attachment, name: str) -> FileResponse:
    return FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"},
    )
