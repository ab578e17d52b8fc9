"""A city's scorecard for everybody: read-only, without a cookie, counted once an hour at most.

It is made without the request that asks for it, so that nobody's session can change a word of it.
"""

from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from requests_app.models import CountedRequest, LogEntry, Scorecard
from requests_app.research.figures.every_figure import figures_of
from requests_app.research.figures.population import population_of
from requests_app.research.figures.scope import Scope
from requests_app.views.lookup import city_at, now
from requests_app.views.research.shown_figures import scope_in_words, shown

HOUR = 3600


@login_not_required
@require_safe
def open_scorecard(request: HttpRequest, newsroom: int, state: str, city: str) -> HttpResponseBase:
    slug = city_at(state, city).slug
    public = Scorecard.objects.public().select_related("newsroom")
    scorecard = public.filter(newsroom_id=newsroom, city_slug=slug).first()
    if scorecard is None:
        raise Http404("No scorecard of that city is published here.")
    key = f"scorecard-{scorecard.pk}-{scorecard.published_at.timestamp()}"
    body = str(cache.get_or_set(key, lambda: _page(scorecard), HOUR))
    etag = quote_etag(sha256(body.encode()).hexdigest()[:32])
    answer = HttpResponse(body, headers={"ETag": etag, "Cache-Control": f"public, max-age={HOUR}"})
    found = get_conditional_response(request, etag=etag, response=answer)
    return found or answer


def _page(scorecard: Scorecard) -> str:
    """Of the newsroom’s own requests and the appeals that it tracks, not of what it logged."""
    requests = CountedRequest.objects.filter(newsroom=scorecard.newsroom)
    tracked = LogEntry.objects.filter(newsroom=scorecard.newsroom).tracked()
    scope = Scope(city=scorecard.city_slug, filed_from=scorecard.filed_from)
    population = population_of(requests, tracked, scope, at=now(), is_for_everybody=True)
    figures = figures_of(population, scorecard.figures)
    context = {
        "newsroom": scorecard.newsroom,
        "city": city_at(*scorecard.city_slug.split("/")),
        "scope": scope_in_words(scope),
        "population": population,
        "figures": [shown(figure) for figure in figures],
        "root": settings.BASE_URL,
    }
    return render_to_string("research/scorecards/open.html", context)
