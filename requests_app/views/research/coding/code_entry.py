"""One coder codes one entry: saved as they go, finished for good; and a finished coding read."""

from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.errors import Refused
from requests_app.actions.research import coding
from requests_app.actions.research.coding import Window
from requests_app.forms.research.coding import CodingForm
from requests_app.models import (
    Coding,
    CodingAssignment,
    CodingDraft,
    LogEntry,
    Project,
)
from requests_app.permissions import require
from requests_app.research.coding import codes, progress, sources, variables
from requests_app.research.coding.coded_values import variables_of
from requests_app.views.lookup import attribution, person
from requests_app.views.research.projects import project_at
from requests_app.views.responses import SeeOther, fulfilled, page

FINISH, KEEP = "finish", "keep"


def code_entry(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """To whom it is assigned, and to nobody else: to them it is not there."""
    project = project_at(request, pk)
    require(person(request), "code_entry", project)
    row = _assigned(request, project, entry)
    draft = _draft(request, project, row)
    form = _form(request, project, row, draft)
    if request.method == "POST" and request.POST.get("do") == KEEP:
        return _kept(request, row, form)
    if request.method == "POST" and fulfilled(form, lambda: _save(request, row, form)):
        return _onward(request, project, row)
    return page(request, "research/coding/entry.html", form, **_about(project, row, draft, form))


@require_POST
def go_on_by_the_codebook(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    project = project_at(request, pk)
    row = _assigned(request, project, entry)
    try:
        coding.go_on_by_the_codebook(row, by=attribution(request))
        messages.success(request, "You code by the codebook as it stands now.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return SeeOther(reverse("code_entry", args=[pk, entry]))


@require_safe
def coding_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A finished coding, for who may read it; to everybody else it is not there."""
    seen = Coding.objects.seen_by(person(request)).select_related(
        "project", "version", "coder", "entry__records_request", "entry__logged_request"
    )
    row = get_object_or_404(seen, pk=pk)
    now = variables_of(row.project)
    given = codes.read(row.codes)
    rows = [
        {
            "variable": one,
            "code": given.get(one.key),
            "words": one.label_of(given[one.key].value) if one.key in given else "",
            "counterpart": variables.counterpart(one, now),
        }
        for one in variables.read(row.version.variables)
    ]
    is_superseded = Coding.objects.filter(supersedes=row).exists()
    context = {"coding": row, "project": row.project, "rows": rows}
    return page(request, "research/coding/done.html", is_superseded=is_superseded, **context)


def _assigned(request: HttpRequest, project: Project, entry: int) -> LogEntry:
    mine = CodingAssignment.objects.standing().filter(project=project, coder=person(request))
    seen = LogEntry.objects.visible_to(person(request)).filter(
        project=project, pk__in=mine.values("entry")
    )
    rows = seen.select_related("project", "appeal", "records_request", "logged_request")
    return get_object_or_404(rows, pk=entry)


def _draft(request: HttpRequest, project: Project, entry: LogEntry) -> CodingDraft | None:
    mine = CodingDraft.objects.filter(project=project, entry=entry, coder=person(request))
    return mine.select_related("version").first()


def _form(
    request: HttpRequest, project: Project, entry: LogEntry, draft: CodingDraft | None
) -> CodingForm:
    asked = variables.read(draft.version.variables) if draft else variables_of(project)
    seen = draft.revision if draft else coding.first_revision(entry, person(request))
    return CodingForm(
        request.POST or None,
        variables=asked,
        sources=sources.sources_of(entry),
        codes=codes.read(draft.codes) if draft else {},
        initial={"seen": seen, "tab": token_hex(8)},
    )


def _window(form: CodingForm) -> Window:
    return Window(form.cleaned_data["seen"], form.cleaned_data["tab"])


def _save(request: HttpRequest, entry: LogEntry, form: CodingForm) -> None:
    act = coding.finish if request.POST.get("do") == FINISH else coding.keep
    act(entry, form.given(), window=_window(form), by=attribution(request))


def _onward(request: HttpRequest, project: Project, entry: LogEntry) -> HttpResponse:
    """To the next entry once this one is finished; else here again."""
    if request.POST.get("do") != FINISH:
        messages.success(request, "Saved. It is not finished yet.")
        return SeeOther(reverse("code_entry", args=[project.pk, entry.pk]))
    following = progress.next_of(project, person(request))
    messages.success(request, "Finished.")
    if following:
        return SeeOther(reverse("code_entry", args=[project.pk, following.entry_id]))
    return SeeOther(reverse("project_page", args=[project.pk]))


def _kept(request: HttpRequest, entry: LogEntry, form: CodingForm) -> HttpResponse:
    """The answer to a page that saves by itself: until when it is saved, or why it is not."""
    draft, problem = None, "Not saved: something below is none of its values."
    if form.is_valid():
        try:
            draft = coding.keep(entry, form.given(), window=_window(form), by=attribution(request))
        except Refused as refusal:
            problem = str(refusal)
    context = {"draft": draft, "problem": problem}
    return render(request, "research/coding/parts/kept.html", context)


def _about(
    project: Project, entry: LogEntry, draft: CodingDraft | None, form: CodingForm
) -> dict[str, Any]:
    is_behind = draft is not None and variables.read(draft.version.variables) != variables_of(
        project
    )
    return {
        "project": project,
        "entry": entry,
        "draft": draft,
        "form": form,
        "sources": sources.sources_of(entry),
        "is_behind": is_behind,
    }
