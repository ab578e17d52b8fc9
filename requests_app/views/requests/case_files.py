"""A request's papers put together: asked for, watched while they are made, fetched."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from requests_app.actions.requests import case_files
from requests_app.forms.requests.case_files import CaseFileForm
from requests_app.ledger.security.security_log import record
from requests_app.models import CaseFile, CaseFileState, RecordsRequest
from requests_app.permissions import may, require
from requests_app.views.lookup import attribution, person, visible_request
from requests_app.views.responses import SeeOther, fulfilled, page
from requests_app.vocabulary.security_kinds import SecurityKind

SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def case_file_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Those that were made and are being made; the form that asks for one."""
    rr = visible_request(request, public_id)
    user = person(request)
    if request.method == "POST":
        require(user, "make_case_file", rr)
    form = CaseFileForm(request.POST or None, records_request=rr)
    asked = request.method == "POST" and fulfilled(
        form, lambda: case_files.ask(rr, by=attribution(request), **form.asked())
    )
    if asked:
        return SeeOther(reverse("case_files", args=[public_id]))
    shown = _shown(rr)
    if getattr(request, "htmx", None) and request.method != "POST":
        return render(request, "requests/case_file_rows.html", {"rr": rr, **shown})
    return page(
        request,
        "requests/case_files.html",
        form,
        rr=rr,
        form=form,
        can_ask=may(user, "make_case_file", rr),
        **shown,
    )


def _shown(rr: RecordsRequest) -> dict[str, object]:
    rows = list(rr.case_files.select_related("asked_by", "appeal")[:SHOWN])
    for row in rows:
        row.records_request = rr
        if row.appeal:
            row.appeal.records_request = rr
    moving = {CaseFileState.WAITING, CaseFileState.MAKING}
    return {"rows": rows, "is_moving": any(row.state in moving for row in rows)}


@require_safe
def case_file_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Always a download: it holds whatever a city sent."""
    visible = RecordsRequest.objects.visible_to(person(request))
    ready = CaseFile.objects.filter(records_request__in=visible, state=CaseFileState.READY)
    case_file = get_object_or_404(ready.select_related("records_request"), pk=pk)
    reference = case_file.records_request.reference
    record(
        SecurityKind.CASE_FILE_FETCHED, by=person(request), name=reference, case_file=case_file.pk
    )
    return FileResponse(
        case_file.file.open("rb"),
        as_attachment=True,
        filename=case_file.file_name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"},
    )
