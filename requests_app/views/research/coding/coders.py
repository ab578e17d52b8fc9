"""Who codes what of a project: drawn, and taken back."""

from secrets import token_hex

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from requests_app.actions.research import assigning
from requests_app.forms.research.assigning import PlanForm
from requests_app.models import LogEntry, User
from requests_app.permissions import require
from requests_app.research.coding import progress
from requests_app.views.lookup import attribution, person
from requests_app.views.research.projects import project_at
from requests_app.views.responses import SeeOther, button, fulfilled, page


def coders(request: HttpRequest, pk: int) -> HttpResponse:
    project = project_at(request, pk)
    require(person(request), "assign_coders", project)
    form = PlanForm(request.POST or None, newsroom=project.newsroom, initial={"seed": token_hex(8)})
    if request.method == "POST" and fulfilled(
        form, lambda: assigning.assign(project, form.plan(), by=attribution(request))
    ):
        messages.success(request, "Assigned: each of them finds it on the project’s page.")
        return SeeOther(reverse("coders", args=[pk]))
    return page(
        request,
        "research/coding/coders.html",
        form,
        form=form,
        project=project,
        entry_count=LogEntry.objects.visible_to(person(request)).filter(project=project).count(),
        progress=progress.of_project(project),
        draws=project.draws.select_related("drawn_by").order_by("-pk"),
    )


@require_POST
def coder_end(request: HttpRequest, pk: int, coder: int) -> HttpResponse:
    """What somebody has not finished is taken back, as when they left."""
    project = project_at(request, pk)
    require(person(request), "assign_coders", project)
    who = get_object_or_404(User, membership__newsroom=project.newsroom_id, pk=coder)
    return button(
        request,
        lambda: assigning.end_unfinished(project, who, by=attribution(request)),
        done=f"Nobody waits for {who} any more. What they finished stays.",
        to=reverse("coders", args=[pk]),
    )
