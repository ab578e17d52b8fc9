"""Which cited datasets changed after their correction was asked for, and nobody looked yet."""

from collections.abc import Collection, Sequence

from django.db.models import OuterRef, QuerySet, Subquery

from cities.schema.offices import RequestKind
from requests_app.models import (
    CitedDataset,
    CityPortal,
    DatasetVersion,
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    LetterKind,
    RecordsRequest,
)
from requests_app.vocabulary.states import PENDING

HAS_LEFT = (DeliveryState.SENT, DeliveryState.DELIVERED)


def changed_since_asked(requests: Sequence[RecordsRequest]) -> dict[int, int]:
    """By the request's key: the last version of its dataset after the letter left and after the
    one that somebody looked at. Two queries, and none where there is no correction."""
    waiting = [request.pk for request in requests if request.state in PENDING]
    if not waiting:
        return {}
    looked_at = _looked_at(waiting)
    found: dict[int, int] = {}
    for cited in _sent(waiting):
        version: int | None = cited.last_version  # type: ignore[attr-defined]
        if version and version > looked_at.get(cited.records_request_id, 0):
            found[cited.records_request_id] = version
    return found


def _sent(requests: Collection[int]) -> list[CitedDataset]:
    """Those cited in a letter that left, each with the last version seen after that."""
    letters = Delivery.objects.filter(
        records_request=OuterRef("records_request"),
        letter__kind=LetterKind.CORRECTION_REQUEST,
        state__in=HAS_LEFT,
    )
    later = DatasetVersion.objects.filter(
        dataset=OuterRef("dataset"), seen_at__gt=OuterRef("left_at")
    ).exclude(changed=[])
    return list(
        CitedDataset.objects.filter(records_request__in=requests)
        .annotate(left_at=Subquery(letters.order_by("pk").values("sent_at")[:1]))
        .filter(left_at__isnull=False)
        .annotate(last_version=Subquery(later.order_by("-seen_at", "-pk").values("pk")[:1]))
    )


def _looked_at(requests: Collection[int]) -> dict[int, int]:
    """By the request's key: the last version that a person said something of."""
    checked = Event.objects.effective().filter(
        records_request__in=requests, kind=EventKind.CORRECTION_CHECKED
    )
    rows = checked.values_list("records_request", "data")
    found: dict[int, int] = {}
    for request, data in rows:
        found[request] = max(found.get(request, 0), int(data.get("version", 0)))
    return found


def corrections_citing(portal: CityPortal) -> QuerySet[RecordsRequest]:
    """Those that wait for the city, and cite a dataset of that portal."""
    found: QuerySet[RecordsRequest] = RecordsRequest.objects.filter(
        kind=RequestKind.CORRECTION, state__in=PENDING, cited_dataset__dataset__portal=portal
    )
    return found
