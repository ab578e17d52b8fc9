"""A project's codebook: its variables as they stand, and the versions that codings rest on."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.research import codebooks
from requests_app.forms.research.codebooks import VariableForm
from requests_app.models import Codebook, CodebookVersion, Project
from requests_app.permissions import require
from requests_app.research.coding import variables
from requests_app.research.coding.variables import Variable
from requests_app.typed_numbers import whole_number
from requests_app.views.lookup import attribution, person
from requests_app.views.research.projects import project_at
from requests_app.views.responses import SeeOther, button, fulfilled, page

UP, DOWN = "up", "down"


@require_safe
def codebook_page(request: HttpRequest, pk: int) -> HttpResponse:
    project = project_at(request, pk)
    asked, revision = _codebook(project)
    last = project.versions.last()
    return page(
        request,
        "research/coding/codebook.html",
        project=project,
        variables=asked,
        revision=revision,
        versions=project.versions.select_related("frozen_by").order_by("-number"),
        is_frozen=last is not None and variables.read(last.variables) == asked,
    )


def variable_new(request: HttpRequest, pk: int) -> HttpResponse:
    project = project_at(request, pk)
    require(person(request), "keep_codebook", project)
    form = VariableForm(request.POST or None, initial={"seen": _codebook(project)[1]})
    if request.method == "POST" and fulfilled(
        form,
        lambda: codebooks.add(
            project, form.variable(), seen=form.cleaned_data["seen"], by=attribution(request)
        ),
    ):
        messages.success(request, "Added.")
        return SeeOther(_url(project))
    return page(request, "research/coding/variable.html", form, form=form, project=project)


def variable_edit(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    project = project_at(request, pk)
    require(person(request), "keep_codebook", project)
    variable = _variable(project, key)
    form = VariableForm(
        request.POST or None, variable=variable, initial={"seen": _codebook(project)[1]}
    )
    if request.method == "POST" and fulfilled(
        form,
        lambda: codebooks.change(
            project, key, form.change(), seen=form.cleaned_data["seen"], by=attribution(request)
        ),
    ):
        messages.success(request, "Saved.")
        return SeeOther(_url(project))
    context = {"form": form, "project": project, "variable": variable}
    return page(request, "research/coding/variable.html", form, **context)


@require_POST
def variable_remove(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    project = project_at(request, pk)
    require(person(request), "keep_codebook", project)
    return button(
        request,
        lambda: codebooks.remove(project, key, seen=_seen(request), by=attribution(request)),
        done="It is asked no more. What was coded of it stays with its version.",
        to=_url(project),
    )


@require_POST
def variable_move(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    project = project_at(request, pk)
    require(person(request), "keep_codebook", project)
    places = -1 if request.POST.get("way") == UP else 1
    return button(
        request,
        lambda: codebooks.move(
            project, key, places=places, seen=_seen(request), by=attribution(request)
        ),
        done="Moved.",
        to=_url(project),
    )


@require_safe
def codebook_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """As it was coded by, and what of it has no counterpart in the codebook as it stands."""
    project = project_at(request, pk)
    version = get_object_or_404(CodebookVersion, project=project, number=number)
    now = _codebook(project)[0]
    rows: list[dict[str, Any]] = [
        {"variable": one, "counterpart": variables.counterpart(one, now)}
        for one in variables.read(version.variables)
    ]
    return page(
        request, "research/coding/version.html", project=project, version=version, rows=rows
    )


def _codebook(project: Project) -> tuple[tuple[Variable, ...], int]:
    """Its variables and its revision; none and 0 before there is one."""
    codebook = Codebook.objects.filter(project=project).first()
    return (variables.read(codebook.variables), codebook.revision) if codebook else ((), 0)


def _variable(project: Project, key: str) -> Variable:
    found = variables.named(_codebook(project)[0], key)
    if found is None:
        raise Http404("The codebook has no such variable.")
    return found


def _seen(request: HttpRequest) -> int:
    seen = whole_number(request.POST.get("seen", ""))
    return -1 if seen is None else seen


def _url(project: Project) -> str:
    return reverse("codebook", args=[project.pk])
