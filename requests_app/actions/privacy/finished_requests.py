"""Which requests nothing goes of yet, and why: what is kept for its time counts from their end."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from requests_app.models import Appeal, Deadline, Delivery, Event, EventKind, RecordsRequest
from requests_app.vocabulary.states import OPEN

ENDINGS = (
    EventKind.CLOSED, EventKind.WITHDRAWN, EventKind.LAPSED, EventKind.DRAFT_DISCARDED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hold:
    """A reason for which something stays: in words, and of which rows."""

    why: str
    of: Q


def holds(*, at: datetime, before: datetime) -> tuple[Hold, ...]:
    """Of requests, the weightiest first. Those of which none is true ended before `before`."""
    of_it = {"records_request": OuterRef("pk")}
    gone_on = RecordsRequest.objects.open().filter(continues=OuterRef("pk"))
    today = at.date()
    running = Deadline.objects.filter(**of_it, status__in=["running", "projected"])
    still = running.filter(Q(due_on__gte=today) | Q(latest_on__gte=today))
    ended = Event.objects.filter(**of_it, kind__in=ENDINGS, recorded_at__gt=before)
    return (
        Hold("its request is open", Q(state__in=OPEN)),
        Hold("a request that goes on from its request is open", Q(Exists(gone_on))),
        Hold(
            "an appeal of its request is not decided",
            Q(Exists(Appeal.objects.undecided().filter(**of_it))),
        ),
        Hold("a clock of its request still runs", Q(Exists(still))),
        Hold(
            "a letter of its request is on its way",
            Q(Exists(Delivery.objects.waiting().filter(**of_it))),
        ),
        Hold(
            "its request ended not long enough ago",
            Q(Exists(ended)) | Q(ended_on__gt=before.date()),
        ),
    )


def any_of(found: tuple[Hold, ...]) -> Q:
    either = Q()
    for hold in found:
        either |= hold.of
    return either


def ended_before(before: datetime, *, at: datetime) -> Q:
    """Requests of which nothing is held any more."""
    return ~any_of(holds(at=at, before=before))
