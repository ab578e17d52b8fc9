"""What a newsroom got from the cities' catalogs, city by city, counted in the ledger."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from cities.schema.city import RequestKind
from requests_app.models import Event, EventKind, Newsroom, RecordsRequest
from requests_app.policy.checked_datasets import Answer

OF_A_DATASET = (RequestKind.DATASET, RequestKind.CORRECTION, RequestKind.ACCESS)
GIVEN = (EventKind.GRANTED, EventKind.GRANTED_IN_PART)
REFUSED = (EventKind.DENIED, EventKind.NO_RECORDS)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Requests of one city's: a request counts once in each column that fits it.

    `filed` asked for datasets, corrections or access. The last three are what people want to know:
    a published dataset answered it, or a part of it, or was looked for in vain.
    """

    filed: int = 0
    opened: int = 0  # published, exported or opened at our request
    corrected: int = 0
    refused: int = 0
    answered: int = 0
    partly: int = 0
    uncovered: int = 0


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
    all_of_it = RecordsRequest.objects.filter(newsroom=newsroom)
    of_datasets = all_of_it.without_discarded().filter(kind__in=OF_A_DATASET)
    covered = Q(pk__in=_checked(Answer.ANSWERS, Answer.PARTLY))
    cites = Q(kind=RequestKind.RECORDS, cited_dataset__isnull=False)
    answered = Q(pk__in=_checked(Answer.ANSWERS))
    given = of_datasets.filter(pk__in=_with(GIVEN))
    return {
        "filed": of_datasets.filter(pk__in=_with((EventKind.SUBMITTED,))),
        "opened": given.exclude(kind=RequestKind.CORRECTION),
        "corrected": given.filter(kind=RequestKind.CORRECTION),
        "refused": of_datasets.filter(pk__in=_with(REFUSED)),
        "answered": all_of_it.filter(answered),  # also drafts that were closed with it
        "partly": all_of_it.without_discarded().filter(covered | cites).exclude(answered),
        "uncovered": all_of_it.filter(pk__in=_checked(Answer.NOT_IT, Answer.NONE_FOUND)).exclude(
            covered | cites
        ),
    }


def _with(kinds: tuple[EventKind, ...]) -> QuerySet[Event, int]:
    """The requests with such an entry that stands."""
    events = Event.objects.effective().filter(kind__in=kinds)
    return events.values_list("records_request_id", flat=True)


def _checked(*answers: Answer) -> QuerySet[Event, int]:
    """The requests before which somebody looked at published datasets and said so."""
    checks = Event.objects.effective().filter(kind=EventKind.CATALOG_CHECKED)
    said = checks.filter(data__judged__in=[answer.value for answer in answers])
    return said.values_list("records_request_id", flat=True)
