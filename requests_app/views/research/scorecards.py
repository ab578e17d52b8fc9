"""Where an admin chooses what everybody may see of which city."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cities.schema.city import City
from cities.schema.load import all_cities
from requests_app.actions.research import scorecards as acts
from requests_app.forms.research.scorecards import ScorecardForm
from requests_app.models import Newsroom, Scorecard
from requests_app.permissions import require
from requests_app.research.figures.every_figure import TITLES
from requests_app.views.lookup import attribution, city_at, newsroom_of, person
from requests_app.views.responses import SeeOther, button, fulfilled, page


@dataclass(frozen=True, slots=True)
class CityRow:
    city: City
    scorecard: Scorecard | None
    address: str

    @property
    def titles(self) -> list[str]:
        return [TITLES[slug] for slug in self.scorecard.figures] if self.scorecard else []


@require_safe
def scorecard_list(request: HttpRequest) -> HttpResponse:
    newsroom = _newsroom(request)
    published = {one.city_slug: one for one in Scorecard.objects.filter(newsroom=newsroom)}
    rows = [
        CityRow(city, published.get(city.slug), address_of(newsroom, city)) for city in all_cities()
    ]
    context = {"rows": rows, "is_on": newsroom.publishes_scorecards}
    return render(request, "research/scorecards/list.html", context)


@require_POST
def scorecard_switch(request: HttpRequest) -> HttpResponse:
    newsroom = _newsroom(request)
    on = request.POST.get("on") == "1"
    said = "Scorecards are published." if on else "No scorecard is published any more."
    return button(
        request,
        lambda: acts.switch(newsroom, on=on, by=attribution(request)),
        done=said,
        to=reverse("scorecard_list"),
    )


def scorecard_edit(request: HttpRequest, state: str, city: str) -> HttpResponse:
    newsroom, of_city = _newsroom(request), city_at(state, city)
    stored = Scorecard.objects.filter(newsroom=newsroom, city_slug=of_city.slug).first()
    initial = {"figures": stored.figures, "filed_from": stored.filed_from} if stored else {}
    form = ScorecardForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and fulfilled(
        form,
        lambda: acts.publish(newsroom, of_city.slug, form.shown, by=attribution(request)),
    ):
        messages.success(request, f"{of_city.name} is published as you chose.")
        return SeeOther(reverse("scorecard_list"))
    context = {"form": form, "city": of_city, "stored": stored}
    return page(request, "research/scorecards/edit.html", form, **context)


@require_POST
def scorecard_take_down(request: HttpRequest, state: str, city: str) -> HttpResponse:
    newsroom, of_city = _newsroom(request), city_at(state, city)
    return button(
        request,
        lambda: acts.take_down(newsroom, of_city.slug, by=attribution(request)),
        done=f"{of_city.name} is no longer published.",
        to=reverse("scorecard_list"),
    )


def address_of(newsroom: Newsroom, city: City) -> str:
    return reverse("open_scorecard", args=[newsroom.pk, *city.slug.split("/")])


def _newsroom(request: HttpRequest) -> Newsroom:
    newsroom = newsroom_of(request)
    require(person(request), "publish_scorecards")
    return newsroom
