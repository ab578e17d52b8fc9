"""A file on its way into the log: brought, mapped, tried, imported, undone."""

from functools import partial
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.research import importing
from requests_app.actions.research.importing import BroughtFile
from requests_app.forms.research.importing import BringFileForm, MappingForm, StartForm
from requests_app.models import ImportStage, LogImport
from requests_app.permissions import require
from requests_app.research.importing import previews
from requests_app.research.importing.fates import IN_WORDS, Fate
from requests_app.storage import content
from requests_app.views.lookup import attribution, newsroom_of, person
from requests_app.views.responses import SeeOther, button, fulfilled, page, result_of

SHOWN = 30
S = ImportStage


def import_list(request: HttpRequest) -> HttpResponse:
    """The form that brings a file, and those that were brought."""
    newsroom = newsroom_of(request)
    require(person(request), "import_log")
    form = BringFileForm(request.POST or None, request.FILES or None, newsroom=newsroom)
    if request.method == "POST":
        made = result_of(form, lambda: _bring(request, form))
        if made:
            return SeeOther(_url(made) if made.is_our_own else _mapping_url(made))
    rows = newsroom.log_imports.select_related("asked_by")[:SHOWN]
    return page(request, "research/importing/list.html", form, form=form, rows=rows)


def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Each column with its first values beside what it may mean."""
    row = _visible(request, pk)
    form = MappingForm(
        request.POST or None,
        log_import=row,
        words=partial(previews.words, row),
        samples=previews.samples(row),
    )
    if request.method == "POST" and fulfilled(
        form, lambda: importing.try_it(row, form.meaning(), by=attribution(request))
    ):
        return SeeOther(_url(row))
    return page(request, "research/importing/mapping.html", form, row=row, form=form)


@require_safe
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; what the dry run found; what is next."""
    row = _visible(request, pk)
    context = _context(row)
    if getattr(request, "htmx", None):
        return render(request, "research/importing/progress.html", context)
    return page(request, "research/importing/import.html", **context)


@require_POST
def import_start(request: HttpRequest, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    form = StartForm(request.POST)
    if fulfilled(form, lambda: importing.start(row, by=attribution(request), **form.cleaned_data)):
        return SeeOther(_url(row))
    return page(request, "research/importing/import.html", form, **{**_context(row), "form": form})


@require_POST
def import_go_on(request: HttpRequest, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    return button(
        request,
        lambda: importing.go_on(row, by=attribution(request)),
        done="It goes on from where it stopped.",
        to=_url(row),
    )


@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    return button(
        request,
        lambda: importing.undo(row, by=attribution(request)),
        done="It is being undone. What somebody changed since stays, and is named.",
        to=_url(row),
    )


@require_safe
def import_fates(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every row's fate, as CSV."""
    row = _visible(request, pk)
    if not row.fates:
        raise Http404("The dry run has not ended yet.")
    return FileResponse(
        content.open_kept(str(row.fates.name)),
        as_attachment=True,
        filename=f"import-{row.pk}-rows.csv",
        content_type="text/csv; charset=utf-8",
        headers={"X-Content-Type-Options": "nosniff"},
    )


def _bring(request: HttpRequest, form: BringFileForm) -> LogImport:
    """Of our own export nothing has to be asked: it is tried at once."""
    upload = form.cleaned_data["file"]
    by = attribution(request)
    file = importing.read(BroughtFile(upload.name, upload.chunks()), by=by)
    made = importing.take(newsroom_of(request), file, form.about(), by=by)
    if made.is_our_own:
        importing.try_it(made, by=by)
    return made


def _visible(request: HttpRequest, pk: int) -> LogImport:
    """Of this newsroom, for whoever imports."""
    newsroom = newsroom_of(request)
    require(person(request), "import_log")
    rows = LogImport.objects.filter(newsroom=newsroom)
    return get_object_or_404(rows.select_related("asked_by", "project"), pk=pk)


def _context(row: LogImport) -> dict[str, Any]:
    counts = [(IN_WORDS[fate], row.counts[fate]) for fate in Fate if row.counts.get(fate)]
    return {
        "row": row,
        "form": StartForm(),
        "counts": counts,
        "refused": row.counts.get(Fate.REFUSED, 0),
        "duplicates": row.counts.get(Fate.DUPLICATE, 0),
        "coming": sum(row.counts.get(fate, 0) for fate in (Fate.NEW, Fate.CHANGED)),
        "can_be_mapped": not row.is_our_own
        and (
            row.stage in {S.MAPPING, S.CHECKED}
            or (row.stage == S.FAILED and row.stopped_in == S.CHECKING)
        ),
        "can_be_undone": row.stage in {S.IMPORTED, S.FAILED} and row.written.exists(),
    }


def _url(row: LogImport) -> str:
    return reverse("log_import", args=[row.pk])


def _mapping_url(row: LogImport) -> str:
    return reverse("log_import_mapping", args=[row.pk])
