"""The log as a file: asked for, watched while it is made, fetched."""

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.research import exporting
from requests_app.forms.research.exporting import ExportForm
from requests_app.ledger.security.security_log import record
from requests_app.models import ExportStage, LogExport
from requests_app.permissions import may, require
from requests_app.storage import content
from requests_app.views.lookup import attribution, newsroom_of, person
from requests_app.views.responses import SeeOther, button, fulfilled, page
from requests_app.vocabulary.security_kinds import SecurityKind

SHOWN = 30
MOVING = (ExportStage.WAITING, ExportStage.MAKING)


def export_list(request: HttpRequest) -> HttpResponse:
    """Those that were made and are being made; the form that asks for one."""
    newsroom, user = newsroom_of(request), person(request)
    require(user, "export_log")
    may_have_personal_data = may(user, "export_personal_data")
    form = ExportForm(
        request.POST or None, newsroom=newsroom, may_have_personal_data=may_have_personal_data
    )
    asked = request.method == "POST" and fulfilled(
        form, lambda: exporting.ask(newsroom, form.wanted(), by=attribution(request))
    )
    if asked:
        return SeeOther(reverse("log_exports"))
    rows = list(newsroom.log_exports.select_related("asked_by")[:SHOWN])
    shown = {
        "rows": rows,
        "is_moving": any(row.stage in MOVING for row in rows),
        "may_have_personal_data": may_have_personal_data,
    }
    if getattr(request, "htmx", None) and request.method != "POST":
        return render(request, "research/exporting/rows.html", shown)
    return page(request, "research/exporting/list.html", form, form=form, **shown)


@require_safe
def export_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """With personal data for those alone who may choose it."""
    export = _visible(request, pk, LogExport.objects.filter(stage=ExportStage.READY))
    if export.has_personal_data:
        require(person(request), "export_personal_data")
    record(SecurityKind.EXPORT_FETCHED, by=person(request), name=export.title, export=export.pk)
    return FileResponse(
        content.open_kept(str(export.file.name)),
        as_attachment=True,
        filename=export.file_name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"},
    )


@require_POST
def export_again(request: HttpRequest, pk: int) -> HttpResponse:
    export = _visible(request, pk, LogExport.objects.all())
    return button(
        request,
        lambda: exporting.try_again(export, by=attribution(request)),
        done="It is tried again.",
        to=reverse("log_exports"),
    )


def _visible(request: HttpRequest, pk: int, rows: QuerySet[LogExport]) -> LogExport:
    """Of this newsroom, for whoever exports."""
    newsroom = newsroom_of(request)
    require(person(request), "export_log")
    return get_object_or_404(rows, pk=pk, newsroom=newsroom)
