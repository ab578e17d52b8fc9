"""What the clocks of one request or of many follow from, read with few queries."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import QuerySet

from cities.clocks.derive import Closure as LegalClosure
from cities.clocks.derive import Deadline as Derived
from cities.rights.standing import Standing
from cities.schema.city import RequestKind
from requests_app.deadlines import REMINDER_DAYS, Subject, derive, standing_of
from requests_app.ledger.effective import effective
from requests_app.models import Closure, Event, RecordsRequest, ReminderPolicy

BATCH = 500  # requests whose events are held at once: memory stays flat however many there are

Closures = dict[tuple[int, str], tuple[LegalClosure, ...]]  # of a newsroom, in a city


class Entry(NamedTuple):
    """What the folds read of an event; a fifth of the work of loading the whole of it."""

    pk: int
    records_request_id: int
    kind: str
    on: date
    data: Mapping[str, Any]
    delivery_id: int | None
    appeal_id: int | None = None
    strikes_id: int | None = None
    in_place_of_id: int | None = None


def closures_of(newsroom_id: int, city_slug: str) -> tuple[LegalClosure, ...]:
    """The days that city was closed, as that newsroom entered them."""
    entered = Closure.objects.filter(newsroom=newsroom_id, city=city_slug).order_by("on")
    return tuple(LegalClosure(c.on, c.reason, c.source) for c in entered)


def subject_of(
    records_request: RecordsRequest, closures: tuple[LegalClosure, ...] | None = None
) -> Subject:
    """What of a request decides its clocks; its newsroom's closures, unless others are given."""
    if closures is None:
        closures = closures_of(records_request.newsroom_id, records_request.city_slug)
    return Subject(
        city=records_request.city,
        kind=RequestKind(records_request.kind),
        custodian=records_request.custodian,
        track=records_request.track,
        closures=closures,
        reminder_days=_reminder_days(records_request),
    )


def _reminder_days(records_request: RecordsRequest) -> int:
    """The newsroom's own, for a request that no records law covers; of others it is not asked."""
    if records_request.kind == RequestKind.RECORDS:
        return REMINDER_DAYS
    policy = ReminderPolicy.objects.filter(newsroom=records_request.newsroom_id)
    return policy.values_list("steward_after", flat=True).first() or REMINDER_DAYS


def derive_for(records_request: RecordsRequest) -> tuple[Derived, ...]:
    """What follows from the ledger as it stands; nothing is written."""
    events = events_of([records_request])[records_request.pk]
    return derive(subject_of(records_request), events)


def standing_for(records_request: RecordsRequest) -> Standing:
    """Where the request stands by its ledger: what was done to us, and what we may do about it."""
    events = events_of([records_request])[records_request.pk]
    return standing_of(subject_of(records_request), events)


def batches(
    requests: QuerySet[RecordsRequest], *, locked: bool = False
) -> Iterator[list[RecordsRequest]]:
    """All of them by their number, some hundreds at a time, without their letters.

    Their keys are read once, by a cursor: asked for anew, "the next five hundred" would be sorted
    out of all that are left, each time.
    """
    keys = requests.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH)
    wanted = requests.select_for_update(no_key=True, of=("self",)) if locked else requests
    wanted = wanted.defer("letter_text", "particulars").order_by("pk")
    while some := list(islice(keys, BATCH)):
        yield list(wanted.filter(pk__in=some))


def events_of(batch: Sequence[RecordsRequest]) -> dict[int, list[Entry]]:
    """What stands in each request's ledger, by day, by the request's key: one query."""
    found: dict[int, list[Entry]] = defaultdict(list)
    corrected: set[int] = set()
    ledgers = Event.objects.filter(records_request__in=batch).in_order()
    for entry in map(Entry._make, ledgers.values_list(*Entry._fields)):
        found[entry.records_request_id].append(entry)
        if entry.strikes_id is not None:
            corrected.add(entry.records_request_id)
    found.update({key: effective(found[key]) for key in corrected})
    return found


def closures_for(request: RecordsRequest, known: Closures) -> tuple[LegalClosure, ...]:
    """The closures that concern it; `known` remembers those of other requests there."""
    key = (request.newsroom_id, request.city_slug)
    if key not in known:
        known[key] = closures_of(*key)
    return known[key]
