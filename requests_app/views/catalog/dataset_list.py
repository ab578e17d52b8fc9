"""A city's datasets, searched and filtered; and the catalogs of all cities beside each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, DateTimeField, Q, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cities.schema.city import City
from cities.schema.load import all_cities
from requests_app.catalog.dataset_search import DatasetSearch, stale_ones
from requests_app.forms.catalog.dataset_filter import DatasetFilter
from requests_app.models import CatalogDataset, CityPortal, DatasetNews, DatasetWatch, Newsroom
from requests_app.models.catalog.catalog_dataset import CatalogDatasetQuerySet
from requests_app.views.catalog.catalog_status import CatalogStatus, portal_of, status_of
from requests_app.views.catalog.dataset_rows import row_of
from requests_app.views.lookup import city_at, newsroom_of, now, person
from requests_app.views.paging import EPOCH, INSTANT, Order, Time, page_of

# The newest data first; what states no day of its own comes last.
UPDATED_AT = Time(
    "updated_or_never",
    lambda at: (at - EPOCH) // INSTANT,
    lambda number: EPOCH + INSTANT * number,
)
NEWEST_DATA_FIRST = Order(UPDATED_AT)
NEVER = Coalesce("data_updated_at", Value(EPOCH, output_field=DateTimeField()))


@require_safe
def dataset_list(request: HttpRequest, state: str, city: str) -> HttpResponse:
    newsroom, known, at = newsroom_of(request), city_at(state, city), now()
    datasets = CatalogDataset.objects.for_newsroom(newsroom).of_city(known.slug)
    search = DatasetSearch.read(request.GET)
    found = search.found_in(datasets, at=at).annotate(updated_or_never=NEVER)
    shown = page_of(found, request.GET, NEWEST_DATA_FIRST)
    context = {
        "city": known,
        "status": status_of(portal_of(newsroom, known)),
        "search": search,
        "filter": _filter(request, datasets),
        "shown": shown,
        "rows": [row_of(dataset, at=at) for dataset in shown.rows],
        "is_followed": _is_followed(request, known, search),
    }
    return render(request, "catalog/datasets.html", context)


def _filter(request: HttpRequest, datasets: CatalogDatasetQuerySet) -> DatasetFilter:
    stewards = datasets.exclude(steward="").order_by("steward").values_list("steward", flat=True)
    lists = datasets.order_by().values_list("facts__themes", flat=True)
    themes = sorted({theme for found in lists for theme in found or ()})
    return DatasetFilter(request.GET or None, themes=themes, stewards=list(stewards.distinct()))


def _is_followed(request: HttpRequest, city: City, search: DatasetSearch) -> bool:
    if search.to_follow.is_empty:
        return False
    mine = DatasetWatch.objects.filter(user=person(request), dataset=None, city_slug=city.slug)
    return mine.filter(search=search.to_follow.write()).exists()


@dataclass(frozen=True, slots=True)
class CityCatalog:
    """One city's catalog, counted."""

    city: City
    status: CatalogStatus
    published: int = 0
    stale: int = 0
    withdrawn: int = 0


@require_safe
def catalog(request: HttpRequest) -> HttpResponse:
    newsroom = newsroom_of(request)
    news = DatasetNews.objects.unseen().filter(watch__user=person(request))
    context = {"catalogs": catalogs(newsroom, at=now()), "unseen": news.count()}
    return render(request, "catalog/catalogs.html", context)


def catalogs(newsroom: Newsroom, *, at: datetime) -> list[CityCatalog]:
    """Of every city, in three queries."""
    portals = {one.city_slug: one for one in CityPortal.objects.for_newsroom(newsroom)}
    datasets = CatalogDataset.objects.for_newsroom(newsroom)
    published = Q(withdrawn_at__isnull=True)
    counted = (
        datasets.order_by()
        .values("portal__city_slug")
        .annotate(
            published=Count("pk", filter=published),
            withdrawn=Count("pk", filter=~published),
            stale=Count("pk", filter=published & stale_ones(datasets, at=at)),
        )
    )
    counts = {row["portal__city_slug"]: row for row in counted}
    return [
        CityCatalog(city, status_of(portals.get(city.slug)), **_counts(counts.get(city.slug)))
        for city in all_cities()
    ]


def _counts(row: Mapping[str, Any] | None) -> dict[str, int]:
    names = ("published", "withdrawn", "stale")
    return {name: row[name] for name in names} if row else {}
