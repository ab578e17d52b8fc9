"""Beginning a request: city and kind decide what its form asks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cities.schema.city import City, RequestKind
from cities.schema.load import load_city
from requests_app.actions.drafts.unsaved_words import FormPage
from requests_app.actions.requests import drafting
from requests_app.actions.requests.drafting import Basis
from requests_app.forms.drafts.draft_forms import AskingForms, WhereForm, chosen
from requests_app.models import CatalogDataset, RecordsRequest
from requests_app.permissions import require
from requests_app.typed_numbers import whole_number
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
        basis=Basis(cites=_dataset(request, request.POST.get("cites", ""))),
    )


def _dataset(request: HttpRequest, wanted: str) -> CatalogDataset | None:
    """Of a catalog that this newsroom reads; None where the number is nobody's."""
    number = whole_number(wanted)
    if number is None:
        return None
    readable = CatalogDataset.objects.for_newsroom(newsroom_of(request)).select_related("portal")
    return readable.filter(pk=number).first()


def _cited_in(request: HttpRequest, fields: dict[str, Any]) -> CatalogDataset | None:
    """What the page is about: as it was kept with what was typed, else as the address says."""
    wanted = fields.get("cites", "") if fields else request.GET.get("dataset", "")
    return _dataset(request, str(wanted))


def _asking(
    request: HttpRequest, city: City, kind: RequestKind, about: CatalogDataset | None
) -> AskingForms:
    if about:
        return AskingForms.about_dataset(city, kind, about)
    return AskingForms.to_begin(city, kind, subject=request.GET.get("subject", ""))


def _page(request: HttpRequest, refused: AskingForms | None = None) -> HttpResponse:
    """Empty; or with what somebody typed, here or before their tab was closed; or refused."""
    is_begun = "subject" in request.GET or "dataset" in request.GET
    opened = open_form.opened(request, PAGE, base="", fill=not is_begun)
    fields = open_form.typed(request.POST) if request.method == "POST" else opened.fields
    dataset = _cited_in(request, fields)
    slug, kind = chosen(fields or request.GET)
    if dataset and not fields:
        slug = dataset.portal.city_slug
    city = load_city(slug)
    is_of_the_city = dataset is not None and dataset.portal.city_slug == slug
    asking = refused or _asking(request, city, kind, None if fields else dataset)
    context: dict[str, Any] = {
        "where": WhereForm(initial={"city": slug, "kind": kind}),
        "aside": sort_out(asking, fields, city, RequestKind(kind)) if fields else [],
        "opened": opened,
        "cited": dataset if is_of_the_city else None,
        **asking_page(newsroom_of(request), city, kind, asking),
    }
    template = "drafts/new_details.html" if request.htmx else "drafts/new.html"  # type: ignore[attr-defined]
    return page(request, template, *asking.forms, **context)
