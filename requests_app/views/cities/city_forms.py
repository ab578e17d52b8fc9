"""A city's own PDF form on the page of its office: uploaded, looked at, put away."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cities.schema.city import City
from cities.schema.forms import FORM_FACTS, FormMapping
from requests_app import letters
from requests_app.actions.cities import city_forms as acts
from requests_app.forms.newsroom.stationery import CityFormForm
from requests_app.letters.forms import office_form
from requests_app.models import CityForm, FilledForm, RecordsRequest
from requests_app.permissions import require
from requests_app.views.lookup import attribution, city_at, newsroom_of, person
from requests_app.views.responses import SeeOther, button, fulfilled, page
from requests_app.views.sending import previews


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the form, and what fills it."""

    field: office_form.FormField
    facts: tuple[str, ...]  # in words; none: nothing does


@dataclass(frozen=True, slots=True)
class Shown:
    """The form in use, as its page tells of it."""

    form: CityForm
    rows: list[Row]
    lacking: list[str]  # fields that the pack's mapping names and this copy of the form has not
    sample: list[previews.Page]
    problem: str = ""


def city_form(request: HttpRequest, state: str, city: str, role: str) -> HttpResponse:
    """Everybody of the newsroom sees it; an editor uploads another."""
    newsroom, known = newsroom_of(request), city_at(state, city)
    office = _office(known, role)
    form = CityFormForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require(person(request), "keep_city_form")
        if fulfilled(
            form,
            lambda: acts.keep_form(
                newsroom,
                form.uploaded(),
                city_slug=known.slug,
                office_role=role,
                by=attribution(request),
            ),
        ):
            messages.success(request, "Kept. It goes with the letters that begin a request.")
            return SeeOther(_url(known, role))
    mapping, kept = office.form, office_form.in_use(newsroom, known.slug, role)
    context: dict[str, Any] = {
        "city": known,
        "office": office,
        "form": form,
        "mapping": mapping,
        "shown": _shown(kept, mapping) if kept else None,
    }
    return page(request, "cities/form.html", form, **context)


@require_POST
def city_form_put_away(request: HttpRequest, pk: int) -> HttpResponse:
    kept = _form(request, pk)
    require(person(request), "keep_city_form")
    state, _, city = kept.city.partition("/")
    return button(
        request,
        lambda: acts.put_away_form(
            kept,
            by=attribution(request),
        ),
        done="Put away. Letters to the office go without it.",
        to=reverse("city_form", args=[state, city, kept.office]),
    )


@require_safe
def city_form_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The blank form as it was uploaded, to download: it is the city's file, not ours."""
    kept = _form(request, pk)
    return _pdf(bytes(kept.pdf), f'attachment; filename="{kept.office}-form.pdf"')


@require_safe
def filled_form_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as it went with a letter, byte for byte."""
    visible = RecordsRequest.objects.visible_to(person(request))
    forms = FilledForm.objects.filter(letter__records_request__in=visible)
    filled = get_object_or_404(forms.select_related("letter__records_request"), letter_id=pk)
    name = f"{filled.letter.records_request.reference}-form.pdf"
    return _pdf(bytes(filled.pdf), f'inline; filename="{name}"')


def _pdf(data: bytes, disposition: str) -> HttpResponse:
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


def _form(request: HttpRequest, pk: int) -> CityForm:
    return get_object_or_404(CityForm, newsroom=newsroom_of(request), pk=pk)


def _office(city: City, role: str) -> Any:
    try:
        return city.office(role)
    except LookupError as error:
        raise Http404(str(error)) from error


def _shown(kept: CityForm, mapping: FormMapping | None) -> Shown:
    blank = bytes(kept.pdf)
    fields = office_form.examine(blank).fields
    filled_by = _filled_by(mapping)
    names = {field.name for field in fields}
    rows = [Row(field, tuple(filled_by.get(field.name, ()))) for field in fields]
    sample, problem = [], ""
    try:
        pdf = office_form.sample(blank, mapping).pdf if mapping else blank
        sample = previews.pages_of(pdf, "form")
    except letters.LetterError as error:
        problem = str(error)
    lacking = sorted(filled_by.keys() - names)
    return Shown(kept, rows, lacking, sample, problem)


def _filled_by(mapping: FormMapping | None) -> dict[str, list[str]]:
    """Field → the facts that go into it, in words."""
    found: dict[str, list[str]] = {}
    for fact, targets in mapping.fields.items() if mapping else ():
        for target in targets:
            chosen = f": {target.choose}" if target.choose else ""
            found.setdefault(target.field, []).append(FORM_FACTS[fact] + chosen)
    return found


def _url(city: City, role: str) -> str:
    state, _, name = city.slug.partition("/")
    return reverse("city_form", args=[state, name, role])
