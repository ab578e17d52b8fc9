"""Beginning a request: city and kind decide what its form asks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cities.schema.city import RequestKind
from cities.schema.load import load_city
from requests_app.actions.drafts.unsaved_words import FormPage
from requests_app.actions.requests import drafting
from requests_app.forms.drafts.draft_forms import AskingForms, WhereForm, chosen
from requests_app.models import RecordsRequest
from requests_app.permissions import require
from requests_app.views.drafts import keeping, open_form
from requests_app.views.drafts.keeping import Saved
from requests_app.views.drafts.offices import asking_page
from requests_app.views.drafts.set_aside import sort_out
from requests_app.views.lookup import attribution, newsroom_of, person
from requests_app.views.responses import SeeOther, page, result_of

PAGE = FormPage("new")
CHANGE = "change"  # another city or kind: the form as it is then, with what was typed


def request_new(request: HttpRequest) -> HttpResponse:
    newsroom_of(request)
    require(person(request), "begin_request")
    if keeping.is_keeping(request):
        return _keep(request)
    if request.method != "POST" or request.POST.get("do") == CHANGE:
        return _page(request)
    slug, kind = chosen(request.POST)
    asking = AskingForms.to_begin(load_city(slug), kind, request)
    begun = result_of(asking, lambda: _begin(request, asking))
    if begun is None:
        return _page(request, asking)
    keeping.close(request, PAGE)
    return SeeOther(reverse("request_edit", args=[begun.public_id]))


def _keep(request: HttpRequest) -> HttpResponse:
    slug, kind = chosen(request.POST)
    fields = open_form.typed(request.POST)
    empty = AskingForms.to_begin(load_city(slug), kind)
    has_aside = any(value for name, value in fields.items() if name.startswith("aside-"))
    has_changed = has_aside or open_form.differs(fields, empty.forms)
    return keeping.keep(request, PAGE, saved=Saved(""), has_changed=has_changed)


def _begin(request: HttpRequest, asking: AskingForms) -> RecordsRequest:
    slug, kind = chosen(request.POST)
    return drafting.begin(
        by=attribution(request),
        city_slug=slug,
        kind=kind,
        details=asking.asked(),
        files=asking.files(),
    )


def _page(request: HttpRequest, refused: AskingForms | None = None) -> HttpResponse:
    """Empty; or with what somebody typed, here or before their tab was closed; or refused."""
    opened = open_form.opened(request, PAGE, base="", fill="subject" not in request.GET)
    fields = open_form.typed(request.POST) if request.method == "POST" else opened.fields
    slug, kind = chosen(fields or request.GET)
    city = load_city(slug)
    asking = refused or AskingForms.to_begin(city, kind, subject=request.GET.get("subject", ""))
    context: dict[str, Any] = {
        "where": WhereForm(initial={"city": slug, "kind": kind}),
        "aside": sort_out(asking, fields, city, RequestKind(kind)) if fields else [],
        "opened": opened,
        **asking_page(newsroom_of(request), city, kind, asking),
    }
    template = "drafts/new_details.html" if request.htmx else "drafts/new.html"  # type: ignore[attr-defined]
    return page(request, template, *asking.forms, **context)
