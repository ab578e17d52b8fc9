"""Whose request it is, and who else may work on it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from requests_app.actions.newsroom import people
from requests_app.forms.newsroom.people import PersonForm
from requests_app.permissions import require
from requests_app.views.lookup import attribution, person, visible_request
from requests_app.views.responses import button


@require_POST
def assign(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), "assign_request", rr)
    form = PersonForm(request.POST, newsroom=rr.newsroom)
    return button(
        request,
        lambda: people.assign(rr, to=form.chosen(), by=attribution(request)),
        done="Assigned.",
        to=reverse("request_page", args=[public_id]),
    )


@require_POST
def share(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), "share_request", rr)
    form = PersonForm(request.POST, newsroom=rr.newsroom)
    return button(
        request,
        lambda: people.share(rr, with_=form.chosen(), by=attribution(request)),
        done="Shared: they see it on their board now.",
        to=reverse("request_page", args=[public_id]),
    )
