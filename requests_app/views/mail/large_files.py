"""A file too large for a form, sent by the browser in pieces that can be sent again.

The page begins an upload (POST), asks how much has come (GET), sends what is missing (PATCH) and
finishes it (POST): see `actions.mail.large_uploads`.
"""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.actions.errors import Refused
from requests_app.actions.mail import large_uploads
from requests_app.actions.mail.large_uploads import Piece, WrongOffsetError
from requests_app.forms.mail.large_files import LargeFileForm
from requests_app.models import LargeUpload, RecordsRequest
from requests_app.permissions import require
from requests_app.typed_numbers import whole_number
from requests_app.views.lookup import attribution, now, person, visible_request
from requests_app.views.responses import page, result_of

READ_AT_ONCE = 256 * 1024  # bytes of a piece that are in memory


@require_http_methods(["GET", "HEAD", "POST"])
def large_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page; posted to, it begins an upload and says where its pieces go."""
    rr = visible_request(request, public_id)
    require(person(request), "record_answer", rr)
    form = LargeFileForm(request.POST or None, records_request=rr)
    if request.method != "POST":
        return page(request, "mail/large_file.html", form, rr=rr, form=form)
    upload = result_of(
        form,
        lambda: large_uploads.begin(
            rr, form.cleaned_data["message"], form.announced(), by=attribution(request)
        ),
    )
    if upload is None:
        problems = [problem for found in form.errors.values() for problem in found]
        return JsonResponse({"problem": " ".join(map(str, problems))}, status=422)
    return JsonResponse(
        {
            "received": upload.received,
            "pieces": reverse("large_file_pieces", args=[public_id, upload.key]),
            "finish": reverse("large_file_finish", args=[public_id, upload.key]),
        },
        status=201,
    )


@require_http_methods(["GET", "HEAD", "PATCH"])
def large_file_pieces(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """How much has come; PATCHed, one piece more."""
    upload = _own_upload(request, public_id, key)
    if request.method != "PATCH":
        return JsonResponse({"received": upload.received})
    offset = whole_number(request.headers.get("Upload-Offset", ""))
    if offset is None:
        return JsonResponse({"problem": "Upload-Offset: say where the piece goes."}, status=400)
    piece = Piece(offset, request.headers.get("Upload-Sha256", ""), _chunks(request))
    try:
        received = large_uploads.take(upload, piece, at=now())
    except WrongOffsetError as wrong:
        return JsonResponse({"received": wrong.received}, status=409)
    except Refused as refusal:
        return JsonResponse({"problem": str(refusal)}, status=422)
    return JsonResponse({"received": received})


@require_POST
def large_file_finish(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    upload = _own_upload(request, public_id, key)
    try:
        attachment = large_uploads.finish(upload, by=attribution(request))
    except Refused as refusal:
        return JsonResponse({"problem": str(refusal)}, status=422)
    messages.success(request, f"Added: {attachment.name}.")
    onward = reverse("request_page", args=[public_id])
    return JsonResponse({"onward": onward, "sha256": attachment.sha256})


def _own_upload(request: HttpRequest, public_id: str, key: str) -> LargeUpload:
    """Only whoever began it goes on with it."""
    rr: RecordsRequest = visible_request(request, public_id)
    require(person(request), "record_answer", rr)
    uploads = LargeUpload.objects.filter(communication__records_request=rr)
    return get_object_or_404(uploads, key=key, begun_by=person(request))


def _chunks(request: HttpRequest) -> Iterator[bytes]:
    while chunk := request.read(READ_AT_ONCE):
        yield chunk
