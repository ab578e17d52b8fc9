"""Projects of the newsroom: listed, made, named, and what is put into them."""

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.research import projects
from requests_app.forms.research.projects import EntriesForm, PlacementForm, ProjectForm
from requests_app.models import LogEntry, Project, RecordsRequest
from requests_app.permissions import require
from requests_app.research.coding import progress
from requests_app.research.coding.coded_values import variables_of
from requests_app.typed_numbers import whole_number
from requests_app.views.lookup import (
    attribution,
    membership_of,
    newsroom_of,
    person,
    visible_request,
)
from requests_app.views.paging import Order, page_of
from requests_app.views.responses import SeeOther, button, fulfilled, page, result_of

NEWEST_FIRST = Order()
OF_ENTRIES = "entries"


def project_at(request: HttpRequest, pk: int) -> Project:
    """A project of this person's newsroom; otherwise a 404."""
    return get_object_or_404(Project, newsroom=newsroom_of(request), pk=pk)


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    seen = LogEntry.objects.visible_to(person(request))
    rows = Project.objects.filter(newsroom=newsroom_of(request)).annotate(
        entry_count=Count("log_entries", filter=Q(log_entries__in=seen), distinct=True)
    )
    return page(request, "research/projects/list.html", projects=rows.order_by("name"))


def project_new(request: HttpRequest) -> HttpResponse:
    newsroom = newsroom_of(request)
    require(person(request), "keep_project", membership_of(request))
    form = ProjectForm(request.POST or None)
    if request.method == "POST":
        by = attribution(request)
        made = result_of(form, lambda: projects.make(newsroom, by=by, **form.cleaned_data))
        if made:
            messages.success(request, "The project is made.")
            return SeeOther(reverse("project_page", args=[made.pk]))
    return page(request, "research/projects/edit.html", form, form=form)


def project_rename(request: HttpRequest, pk: int) -> HttpResponse:
    project = project_at(request, pk)
    require(person(request), "keep_project", project)
    now = {"name": project.name, "description": project.description}
    form = ProjectForm(request.POST or None, initial=now)
    if request.method == "POST" and fulfilled(
        form, lambda: projects.rename(project, **form.cleaned_data)
    ):
        messages.success(request, "Saved.")
        return SeeOther(reverse("project_page", args=[pk]))
    return page(request, "research/projects/edit.html", form, form=form, project=project)


@require_safe
def project_page(request: HttpRequest, pk: int) -> HttpResponse:
    project, user = project_at(request, pk), person(request)
    seen = RecordsRequest.objects.visible_to(user).filter(project=project)
    entries = _entries(request).filter(project=project)
    return page(
        request,
        "research/projects/page.html",
        project=project,
        requests=seen.only("public_id", "subject", "city_slug", "state").order_by("-pk")[:50],
        entries=page_of(entries, request.GET, NEWEST_FIRST),
        variables=variables_of(project),
        version=project.versions.last(),
        progress=progress.of_project(project),
        mine=progress.next_of(project, user),
    )


def project_entries(request: HttpRequest, pk: int) -> HttpResponse:
    """Entries of the log put into it by selection: those that are in no project yet."""
    project = project_at(request, pk)
    require(person(request), "put_into_project", project)
    words = request.GET.get("q", "").strip()
    free = _entries(request).filter(project=None)
    if words:
        free = free.filter(
            Q(body__icontains=words)
            | Q(docket__icontains=words)
            | Q(order_number__icontains=words)
            | Q(records_request__subject__icontains=words)
            | Q(logged_request__subject__icontains=words)
        )
    shown = page_of(free, request.GET, NEWEST_FIRST, size=100)
    context = {"project": project, "entries": shown, "words": words}
    return page(request, "research/projects/entries.html", **context)


@require_POST
def entries_to_project(request: HttpRequest) -> HttpResponse:
    """One entry or many, into a project or out of it: from a project's page, or the log's."""
    newsroom = newsroom_of(request)
    require(person(request), "put_into_project", membership_of(request))
    form = EntriesForm(request.POST, newsroom=newsroom)
    by = attribution(request)
    moved = result_of(
        form,
        lambda: projects.put_entries(
            form.cleaned_data["entry"], form.cleaned_data["project"], by=by
        ),
    )
    if moved is None:
        errors = [error for found in form.errors.values() for error in found]
        messages.error(request, " ".join(map(str, errors)))
    else:
        messages.success(request, f"{moved} moved." if moved else "They were there already.")
    project = form.cleaned_data.get("project") or project_from(request)
    if project is None:
        return SeeOther(reverse("project_list"))
    return SeeOther(reverse("project_page", args=[project.pk]))


def project_from(request: HttpRequest) -> Project | None:
    """The project from whose page this was asked."""
    pk = whole_number(request.POST.get("from", ""))
    return Project.objects.filter(newsroom=newsroom_of(request), pk=pk or 0).first()


@require_POST
def request_project(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), "put_into_project", rr)
    form = PlacementForm(request.POST, newsroom=rr.newsroom)
    to = reverse("request_page", args=[public_id])
    if not form.is_valid():
        messages.error(request, "Choose one of the newsroom’s projects. Nothing was changed.")
        return SeeOther(to)
    project = form.cleaned_data["project"]
    return button(
        request,
        lambda: projects.put_request(rr, project, by=attribution(request)),
        done=f"It is in “{project}”." if project else "It is in no project.",
        to=to,
    )


def _entries(request: HttpRequest) -> QuerySet[LogEntry]:
    return LogEntry.objects.visible_to(person(request)).with_what_rows_show()
