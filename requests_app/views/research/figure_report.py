"""The figures of one city on paper: the same charts, with the method and how to repeat it."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from requests_app.forms.research.scope import ScopeForm
from requests_app.letters.errors import LetterError
from requests_app.letters.paper.render import render_html
from requests_app.models import Role
from requests_app.research.figures.every_figure import figures_of
from requests_app.research.figures.population import Population
from requests_app.views.lookup import city_at, membership_of, newsroom_of
from requests_app.views.research.figures import cannot_be_followed, population_for
from requests_app.views.research.shown_figures import scope_in_words, shown
from requests_app.vocabulary.dates_and_amounts import day


@require_safe
def figures_report(request: HttpRequest, state: str, city: str) -> HttpResponse:
    of_city = city_at(state, city)
    asked = request.GET.copy()
    asked["city"] = of_city.slug
    form = ScopeForm(asked, newsroom=newsroom_of(request))
    if not form.is_valid():
        return cannot_be_followed(form)
    population = population_for(request, form.scope)
    context = {
        "city": of_city,
        "address": f"{settings.BASE_URL}{reverse('figures')}?{asked.urlencode()}",
        "newsroom": newsroom_of(request),
        "whose": _whose(request),
        **_counted(population),
    }
    try:
        pdf = render_html(render_to_string("research/figures/report.html", context), of_city.name)
    except LetterError as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    name = f"figures-{of_city.slug.replace('/', '-')}-{population.on.isoformat()}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _counted(population: Population) -> dict[str, object]:
    return {
        "population": population,
        "as_of": day(population.on),
        "scope": scope_in_words(population.scope),
        "figures": [shown(figure) for figure in figures_of(population)],
        "css": _css(),
    }


def _whose(request: HttpRequest) -> str:
    if membership_of(request).role == Role.REPORTER:
        return "Of the requests that one reporter began, is assigned or was shared."
    return "Of all the newsroom’s requests."


@cache
def _css() -> SafeString:
    sheet = Path(settings.ROOT) / "templates" / "research" / "figures" / "report.css"
    return mark_safe(sheet.read_text(encoding="utf-8"))  # noqa: S308  our own file
