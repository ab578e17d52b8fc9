"""One dataset: what the portal says of it, how it is asked, what changed, and what can be asked."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cities.portals.dataset_record import Distribution
from cities.schema.load import load_city
from requests_app.actions.catalog import withdrawn_datasets
from requests_app.catalog.differences import sentences
from requests_app.catalog.history import RecordedDay, days_of
from requests_app.catalog.reading import columns
from requests_app.catalog.ready_queries import ReadyQuery, ready_query
from requests_app.catalog.ready_queries.shell_and_python import is_web_address
from requests_app.models import CatalogDataset, DatasetWatch, RecordsRequest
from requests_app.permissions import require
from requests_app.views.catalog.catalog_status import status_of
from requests_app.views.catalog.dataset_rows import shown_as_stale
from requests_app.views.lookup import attribution, newsroom_of, now, person
from requests_app.views.responses import button

CHANGES_SHOWN = 5
REQUESTS_SHOWN = 10


def visible_dataset(request: HttpRequest, pk: int) -> CatalogDataset:
    """Of a catalog that the person's newsroom reads; else a 404."""
    datasets = CatalogDataset.objects.for_newsroom(newsroom_of(request))
    return get_object_or_404(datasets.select_related("portal"), pk=pk)


@dataclass(frozen=True, slots=True)
class Link:
    """A way to the data; `address` is empty where the portal gave none that can be opened."""

    label: str
    format: str
    address: str


def _link(one: Distribution) -> Link:
    return Link(one.label or one.format or "Link", one.format, _web(one.url))


def _web(address: str) -> str:
    """What may stand in a link: a portal's word is no reason to open `javascript:`."""
    return address if is_web_address(address) else ""


@require_safe
def dataset_page(request: HttpRequest, pk: int) -> HttpResponse:
    dataset, at = visible_dataset(request, pk), now()
    city, record = load_city(dataset.portal.city_slug), dataset.record
    days = [day for day in days_of(dataset.versions.order_by("seen_at", "pk")) if day.sentences]
    links = [(one.kind, _link(one)) for one in record.distributions]
    context = {
        "dataset": dataset,
        "record": record,
        "city": city,
        "status": status_of(dataset.portal),
        "can_ask_for_columns": not record.columns and columns.can_be_asked_for(dataset),
        "is_stale": shown_as_stale(dataset, at=at),
        "landing_url": _web(record.landing_url),
        "license_url": _web(record.license_url),
        "contact_url": _web(record.contact_url),
        "exports": [link for kind, link in links if kind == "file"],
        "interfaces": [link for kind, link in links if kind == "api"],
        "pages": [link for kind, link in links if kind == "page"],
        "query": None if dataset.withdrawn_at else _query(dataset, at),
        "changes": days[::-1][:CHANGES_SHOWN],
        "more_changes": max(len(days) - CHANGES_SHOWN, 0),
        "asked": _asked_about(request, dataset),
        "watch": DatasetWatch.objects.filter(user=person(request), dataset=dataset).first(),
    }
    return render(request, "catalog/dataset.html", context)


def _query(dataset: CatalogDataset, at: datetime) -> ReadyQuery | None:
    portal = dataset.portal
    since = _since(dataset, at)
    platform, base_url = portal.platform, portal.base_url
    return ready_query(dataset.record, platform=platform, base_url=base_url, since=since)


@require_safe
def dataset_query(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The ready query as a file: for whom no script copies it."""
    dataset = visible_dataset(request, pk)
    query = _query(dataset, now())
    if query is None or kind not in ("sh", "py"):
        raise Http404("There is no such query of this dataset.")
    text = query.python if kind == "py" else query.curl + "\n"
    headers = {"Content-Disposition": f'attachment; filename="dataset-{pk}.{kind}"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


def _since(dataset: CatalogDataset, at: datetime) -> date:
    """The year of its last data, from the first day on."""
    return date((dataset.data_updated_at or at).year, 1, 1)


def _asked_about(request: HttpRequest, dataset: CatalogDataset) -> list[RecordsRequest]:
    """The newest requests that cite it, of those that this person sees."""
    visible = RecordsRequest.objects.visible_to(person(request)).without_discarded()
    cites = visible.filter(cited_dataset__dataset=dataset)
    found = cites.only("public_id", "reference", "subject", "state", "kind", "city_slug")
    return list(found.order_by("-created_at")[:REQUESTS_SHOWN])


@require_safe
def dataset_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What every reading found changed, and any two days' records compared."""
    dataset = visible_dataset(request, pk)
    days = days_of(dataset.versions.order_by("seen_at", "pk"))
    old, new = _chosen(request, days)
    context = {
        "dataset": dataset,
        "city": load_city(dataset.portal.city_slug),
        "days": days[::-1],
        "old": old,
        "new": new,
        "sentences": sentences(old.record, new.record) if old and new else (),
    }
    return render(request, "catalog/history.html", context)


def _chosen(
    request: HttpRequest, days: list[RecordedDay]
) -> tuple[RecordedDay | None, RecordedDay | None]:
    """The two days that an address names, the older first; else the last two."""
    asked = [request.GET.get(name) for name in ("old", "new")]
    if not any(asked):
        return (days[-2], days[-1]) if len(days) > 1 else (None, None)
    by_key = {str(day.version.pk): place for place, day in enumerate(days)}
    if any(key not in by_key for key in asked):
        raise Http404("No reading of this dataset has that number.")
    first, last = sorted(by_key[key] for key in asked if key)
    return days[first], days[last]


@require_POST
def withdrawn_dataset_records(request: HttpRequest, pk: int) -> HttpResponse:
    dataset = visible_dataset(request, pk)
    require(person(request), "begin_request")
    return button(
        request,
        lambda: withdrawn_datasets.ask_for_what_was_in_it(dataset, by=attribution(request)),
        done="Drafted, with the metadata as the catalog last showed it. Read it before it goes.",
        to=reverse("dataset_page", args=[pk]),
        onward=lambda made: reverse("request_edit", args=[made.public_id]),
    )
