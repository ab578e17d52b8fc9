"""Which portal a newsroom reads for a city: the pack's, its own, or a list kept by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from cities.portals.csv_list import CsvFaultsError
from cities.schema.city import City
from requests_app.actions.catalog import own_portal as acts
from requests_app.catalog.reading.city_portals import has_failed_too_often
from requests_app.forms.catalog.own_portal import ListOfDatasetsForm, OwnPortalForm
from requests_app.models import CityPortal, Newsroom
from requests_app.permissions import require
from requests_app.views.lookup import attribution, city_at, newsroom_of, person
from requests_app.views.responses import SeeOther, button, fulfilled, page

TEMPLATE = "catalog/own_portal.html"


def own_portal(request: HttpRequest, state: str, city: str) -> HttpResponse:
    """A trial reading is shown first; what was tried is what is then kept."""
    newsroom, known = newsroom_of(request), city_at(state, city)
    require(person(request), "set_portal")
    form = OwnPortalForm(request.POST or None)
    context = _context(newsroom, known)
    if request.method == "POST" and form.is_valid():
        entered, by = form.entered(), attribution(request)
        if request.POST.get("tried") == _written(entered):
            if fulfilled(form, lambda: acts.set_portal(newsroom, known.slug, entered, by=by)):
                messages.success(request, "Kept. The desk reads it on its next round.")
                return SeeOther(_url(known))
        elif fulfilled(
            form, lambda: context.update(trial=acts.try_portal(known.slug, entered, by=by))
        ):
            context["tried"] = _written(entered)
    return page(request, TEMPLATE, form, form=form, **context)


@require_POST
def own_list(request: HttpRequest, state: str, city: str) -> HttpResponse:
    newsroom, known = newsroom_of(request), city_at(state, city)
    require(person(request), "set_portal")
    form = ListOfDatasetsForm(request.POST, request.FILES)
    context = {**_context(newsroom, known), "form": OwnPortalForm()}
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            loaded = acts.load_list(newsroom, known.slug, content, by=attribution(request))
        except CsvFaultsError as error:
            context["faults"] = error.faults
            form.add_error("file", "Nothing was loaded: correct what is named below.")
        else:
            messages.success(request, str(loaded))
            for title in loaded.withdrawn[:20]:
                messages.info(request, f"No longer in the list: {title}")
            return SeeOther(_url(known))
    context["list_form"] = form
    return page(request, TEMPLATE, form, **context)


@require_POST
def own_portal_give_up(request: HttpRequest, state: str, city: str) -> HttpResponse:
    newsroom, known = newsroom_of(request), city_at(state, city)
    require(person(request), "set_portal")
    return button(
        request,
        lambda: acts.use_the_packs(newsroom, known.slug, by=attribution(request)),
        done="Back to the portal that the desk knows.",
        to=_url(known),
    )


def _context(newsroom: Newsroom, city: City) -> dict[str, Any]:
    portal = CityPortal.objects.for_newsroom(newsroom).filter(city_slug=city.slug).first()
    return {
        "city": city,
        "portal": portal,
        "is_own": portal is not None and portal.newsroom_id is not None,
        "has_failed_too_often": portal is not None and has_failed_too_often(portal),
        "list_form": ListOfDatasetsForm(),
    }


def _written(entered: acts.EnteredPortal) -> str:
    return " ".join((entered.platform, entered.base_url, entered.organization))


def _url(city: City) -> str:
    return reverse("own_portal", args=city.slug.split("/"))
