"""What is known of each city, and what a newsroom adds."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cities.clocks.derive import Closure as LegalClosure
from cities.schema.city import City
from cities.schema.load import all_cities
from requests_app import office_contacts
from requests_app.actions.cities import contacts
from requests_app.catalog.reading.city_portals import has_failed_too_often
from requests_app.forms.cities.city_pages import ClosureForm, OfficeEntryForm
from requests_app.models import CityPortal, Closure, Newsroom, RecordsRequest
from requests_app.permissions import require
from requests_app.views.lookup import attribution, city_at, newsroom_of, person
from requests_app.views.responses import SeeOther, fulfilled, page

MOVES_SHOWN = 100


@require_safe
def city_list(request: HttpRequest) -> HttpResponse:
    newsroom_of(request)
    return render(request, "cities/list.html", {"cities": all_cities()})


@require_safe
def city_page(request: HttpRequest, state: str, city: str) -> HttpResponse:
    newsroom, known = newsroom_of(request), city_at(state, city)
    requests = RecordsRequest.objects.visible_to(person(request)).of_city(known.slug)
    context = {
        "city": known,
        "law": known.statute,
        "offices": [_reached(found) for found in office_contacts.resolve_all(newsroom, known)],
        "fees": (*known.fees, *known.statute.fees),
        "gaps": (*known.not_specified, *known.statute.not_specified),
        "closures": Closure.objects.filter(newsroom=newsroom, city=known.slug).order_by("-on"),
        "requests_count": requests.count(),
        "portal_fails": _portal_fails(newsroom, known),
    }
    return render(request, "cities/page.html", context)


def _portal_fails(newsroom: Newsroom, city: City) -> int:
    """How often in a row the catalog could not be read, once that is worth a notice."""
    portals = CityPortal.objects.for_newsroom(newsroom).filter(city_slug=city.slug)
    return sum(portal.failures_in_a_row for portal in portals if has_failed_too_often(portal))


def _reached(found: office_contacts.ResolvedOffice) -> dict[str, Any]:
    """An office, the ways to reach it that somebody stated, and those that nobody did."""
    ways = {"E-mail": found.email, "Address": found.address, "Phone": found.phone,
            "Web portal": found.portal_url}  # fmt: skip
    if found.cut_off:
        ways["After this hour a message counts as of the next business day"] = found.cut_off
    return {
        "office": found.office,
        "stated": [(name, fact) for name, fact in ways.items() if fact.is_stated],
        "missing": [name.lower() for name, fact in ways.items() if not fact.is_stated],
        "ask": next((fact.ask for fact in ways.values() if fact.ask), ""),
    }


def office_entry(request: HttpRequest, state: str, city: str, role: str) -> HttpResponse:
    newsroom, known = newsroom_of(request), city_at(state, city)
    require(person(request), "enter_office")
    office = _office(newsroom, known, role)
    form = OfficeEntryForm(
        request.POST or None, initial={**office.entered, "checked_on": timezone.localdate()}
    )
    if request.method == "POST" and fulfilled(
        form,
        lambda: contacts.enter_office(
            newsroom,
            city_slug=known.slug,
            office_role=role,
            by=attribution(request),
            **form.arguments(),
        ),
    ):
        messages.success(request, f"Kept for your newsroom: {office.office.name}.")
        return SeeOther(_url(known))
    return page(request, "cities/office.html", form, city=known, office=office, form=form)


def closure_new(request: HttpRequest, state: str, city: str) -> HttpResponse:
    """Which requests it would move is shown first; what was shown is what is then confirmed."""
    newsroom, known = newsroom_of(request), city_at(state, city)
    require(person(request), "enter_closure")
    form = ClosureForm(request.POST or None)
    context: dict[str, Any] = {"city": known, "form": form}
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        if request.POST.get("shown") == entered["on"].isoformat():
            if fulfilled(
                form,
                lambda: contacts.enter_closure(
                    newsroom, LegalClosure(**entered), city_slug=known.slug, by=attribution(request)
                ),
            ):
                messages.success(request, "Kept. The clocks it touches are counted anew.")
                return SeeOther(_url(known))
        elif fulfilled(
            form, lambda: context.update(_moves(request, newsroom, known, entered["on"]))
        ):
            context["shown"] = entered["on"]
    return page(request, "cities/closure.html", form, **context)


def _moves(request: HttpRequest, newsroom: Any, city: City, on: date) -> dict[str, Any]:
    """What the closure would move, as far as this person sees it, and how much beyond."""
    moves = contacts.moved_by_closure(newsroom, city_slug=city.slug, on=on)
    requests = RecordsRequest.objects.visible_to(person(request)).of_city(city.slug)
    visible = set(requests.values_list("pk", flat=True))
    seen = [move for move in moves if move.records_request.pk in visible]
    return {"moves": seen[:MOVES_SHOWN], "more_moves": len(moves) - len(seen[:MOVES_SHOWN])}


def _office(newsroom: Any, city: City, role: str) -> office_contacts.ResolvedOffice:
    try:
        return office_contacts.resolve(newsroom, city, role)
    except LookupError as error:
        raise Http404(str(error)) from error


def _url(city: City) -> str:
    return reverse("city_page", args=city.slug.split("/"))
