"""What somebody follows, and what changed in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cities.schema.load import load_city
from requests_app.actions.catalog import following
from requests_app.catalog.dataset_search import DatasetSearch
from requests_app.catalog.history import RecordedDay, days_of
from requests_app.models import CatalogDataset, DatasetNews, DatasetVersion, DatasetWatch
from requests_app.views.catalog.dataset_page import visible_dataset
from requests_app.views.lookup import attribution, city_at, newsroom_of, person
from requests_app.views.paging import Order, page_of
from requests_app.views.responses import SeeOther, button

NEWEST_FIRST = Order()
Reading = tuple[int, datetime]  # of which dataset, and when


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One change that somebody is told of."""

    news: DatasetNews
    day: RecordedDay
    previous: DatasetVersion | None  # what it is compared with
    search: DatasetSearch | None  # where it is news of a search

    @property
    def city(self) -> str:
        return load_city(self.news.watch.city_slug).name


@require_safe
def followed_list(request: HttpRequest) -> HttpResponse:
    newsroom = newsroom_of(request)
    mine = DatasetWatch.objects.filter(user=person(request)).select_related("dataset")
    readable = CatalogDataset.objects.for_newsroom(newsroom)
    mine_of = DatasetNews.objects.filter(watch__user=person(request))
    news = mine_of.filter(version__dataset__in=readable).select_related(
        "watch", "version__dataset__portal"
    )
    shown = page_of(news, request.GET, NEWEST_FIRST)
    watches = list(mine.order_by("city_slug", "-pk"))
    context = {
        "shown": shown,
        "lines": lines_of(shown.rows),
        "unseen": mine_of.unseen().count(),
        "datasets": [watch for watch in watches if watch.dataset],
        "searches": [(watch, _search_of(watch)) for watch in watches if not watch.dataset],
    }
    return render(request, "catalog/followed.html", context)


def _search_of(watch: DatasetWatch) -> DatasetSearch | None:
    return DatasetSearch.written(watch.search) if watch.search else None


def lines_of(news: Iterable[DatasetNews]) -> list[NewsLine]:
    """Each with its dataset's record of that day: one query for all of them."""
    rows = list(news)
    datasets = {one.version.dataset_id for one in rows}
    versions = DatasetVersion.objects.filter(dataset__in=datasets).order_by(
        "dataset", "seen_at", "pk"
    )
    found: dict[Reading, tuple[RecordedDay, DatasetVersion | None]] = {}
    for key, of_one in groupby(versions, key=lambda version: version.dataset_id):
        previous = None
        for day in days_of(of_one):
            found[key, day.seen_at] = (day, previous)
            previous = day.version
    # One reading may have left two versions: it is told of once.
    told = {(one.watch_id, *_reading(one)): one for one in rows}
    return [NewsLine(one, *found[_reading(one)], _search_of(one.watch)) for one in told.values()]


def _reading(news: DatasetNews) -> Reading:
    return news.version.dataset_id, news.version.seen_at


@require_POST
def dataset_follow(request: HttpRequest, pk: int) -> HttpResponse:
    dataset = visible_dataset(request, pk)
    return button(
        request,
        lambda: following.follow_dataset(dataset, by=attribution(request)),
        done="Followed. What changes is told under “Followed”, and with the morning digest.",
        to=reverse("dataset_page", args=[pk]),
    )


@require_POST
def search_follow(request: HttpRequest, state: str, city: str) -> HttpResponse:
    newsroom_of(request)
    known = city_at(state, city)
    search = DatasetSearch.read(request.POST)
    back = reverse("dataset_list", args=[state, city])
    return button(
        request,
        lambda: following.follow_search(known.slug, search, by=attribution(request)),
        done="Followed. What is new and fits is told under “Followed”.",
        to=f"{back}?{search.write()}",
    )


@require_POST
def follow_stop(request: HttpRequest, pk: int) -> HttpResponse:
    watch = get_object_or_404(DatasetWatch, pk=pk, user=person(request))
    following.stop_following(watch, by=person(request))
    messages.success(request, "No longer followed.")
    return SeeOther(reverse("followed_list"))


@require_POST
def followed_seen(request: HttpRequest) -> HttpResponse:
    newsroom_of(request)
    following.mark_seen(by=attribution(request))
    return SeeOther(reverse("followed_list"))
