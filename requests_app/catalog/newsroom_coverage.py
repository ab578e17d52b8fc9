"""What a newsroom got from the cities' catalogs, city by city, counted in the ledger."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from cities.schema.city import RequestKind
from requests_app.models import Event, EventKind, Newsroom, RecordsRequest

OF_A_DATASET = (RequestKind.DATASET, RequestKind.CORRECTION, RequestKind.ACCESS)
GIVEN = (EventKind.GRANTED, EventKind.GRANTED_IN_PART)
REFUSED = (EventKind.DENIED, EventKind.NO_RECORDS)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Requests of one city's: a request counts once in each column that fits it.

    `filed` asked for datasets, corrections or access; `demand` are records requests of which a
    published dataset was found to hold a part, or all.
    """

    filed: int = 0
    opened: int = 0  # published, exported or opened at our request
    corrected: int = 0
    refused: int = 0
    demand: int = 0


def coverage_of(newsroom: Newsroom) -> dict[str, Coverage]:
    """City → what came of it; a fixed number of queries."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name, requests in _counted(newsroom).items():
        per_city = requests.order_by().values("city_slug").annotate(count=Count("pk"))
        for row in per_city:
            found[row["city_slug"]][name] = row["count"]
    return {city: Coverage(**counts) for city, counts in found.items()}


def _counted(newsroom: Newsroom) -> dict[str, QuerySet[RecordsRequest]]:
    """What each column counts."""
    all_of_it = RecordsRequest.objects.filter(newsroom=newsroom).without_discarded()
    of_datasets = all_of_it.filter(kind__in=OF_A_DATASET)
    given = of_datasets.filter(pk__in=_with(GIVEN))
    return {
        "filed": of_datasets.filter(pk__in=_with((EventKind.SUBMITTED,))),
        "opened": given.exclude(kind=RequestKind.CORRECTION),
        "corrected": given.filter(kind=RequestKind.CORRECTION),
        "refused": of_datasets.filter(pk__in=_with(REFUSED)),
        "demand": all_of_it.filter(kind=RequestKind.RECORDS, cited_dataset__isnull=False),
    }


def _with(kinds: tuple[EventKind, ...]) -> QuerySet[Event, int]:
    """The requests with such an entry that stands."""
    events = Event.objects.effective().filter(kind__in=kinds)
    return events.values_list("records_request_id", flat=True)
