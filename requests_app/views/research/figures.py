"""The figures as a page, and the numbers of each as CSV."""

import csv

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.views.decorators.http import require_safe

from requests_app.forms.research.scope import ScopeForm
from requests_app.models import CountedRequest, LogEntry, LoggedRequest
from requests_app.research.figures.every_figure import figure_at, figures_of
from requests_app.research.figures.figure import Figure
from requests_app.research.figures.population import Population, population_of
from requests_app.research.figures.scope import Scope
from requests_app.views.lookup import newsroom_of, now, person
from requests_app.views.research.shown_figures import scope_in_words, shown


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    form = scope_form(request)
    context = {"form": form, "is_narrowed": any(request.GET.values())}
    if form.is_valid():
        population = population_for(request, form.scope)
        context |= {
            "figures": [shown(figure) for figure in figures_of(population)],
            "population": population,
            "scope": scope_in_words(form.scope),
            "asked": request.GET.urlencode(),
        }
    return render(request, "research/figures/page.html", context)


@require_safe
def figure_csv(request: HttpRequest, slug: str) -> HttpResponse:
    form = scope_form(request)
    if not form.is_valid():
        return cannot_be_followed(form)
    population = population_for(request, form.scope)
    figure = figure_at(slug, population)
    if figure is None:
        raise Http404(f"There is no figure “{slug}” of that choice.")
    return as_csv(figure, population)


def scope_form(request: HttpRequest) -> ScopeForm:
    return ScopeForm(request.GET, newsroom=newsroom_of(request))


def cannot_be_followed(form: ScopeForm) -> HttpResponse:
    """What is wrong with the choice, a sentence a line."""
    wrong = "\n".join(str(error) for errors in form.errors.values() for error in errors)
    return HttpResponseBadRequest(wrong, content_type="text/plain; charset=utf-8")


def population_for(request: HttpRequest, scope: Scope) -> Population:
    """Of what this person may see, and no more."""
    user = person(request)
    requests, entries = CountedRequest.objects, LogEntry.objects
    seen = requests.visible_to(user), entries.visible_to(user)
    logged = LoggedRequest.objects.visible_to(user)
    return population_of(*seen, scope, at=now(), viewer=user, logged_requests=logged)


def as_csv(figure: Figure, population: Population) -> HttpResponse:
    """Under its headings, the numbers that its chart is drawn from."""
    place = population.scope.city.replace("/", "-") or "every-city"
    name = f"{figure.slug}-{place}-{population.on.isoformat()}.csv"
    answer = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    table = csv.writer(answer)
    table.writerow(figure.numbers.headings)
    table.writerows(figure.numbers.rows)
    return answer
