"""Deliveries after a correction of the ledger: each stands where the effective entries leave it.

Nothing here sends anything. What was canceled and has its reason again is recalled: a person sends
it, or does not.
"""

from collections.abc import Mapping
from datetime import datetime, time

from django.db.models import Q, QuerySet

from requests_app.delivery.outbox import moves
from requests_app.delivery.outbox.moves import Move, make
from requests_app.ledger.effective import struck_by
from requests_app.models import Delivery, DeliveryState, Event, EventKind, RecordsRequest
from requests_app.vocabulary.event_description import Actor
from requests_app.vocabulary.event_kinds import describe

K = EventKind
# What a delivery was before a bounce of it was reported, and the way back.
BEFORE_BOUNCE: Mapping[str, Move] = {
    K.SENT: moves.STRIKE_BOUNCE_OF_SENT,
    K.DELIVERED: moves.STRIKE_BOUNCE_OF_DELIVERED,
    K.SENDING_IN_DOUBT: moves.STRIKE_BOUNCE_IN_DOUBT,
}


def letters_of(act: Event) -> QuerySet[Delivery]:
    """The messages of the letter that an act of ours was made by; none, where it had no letter.

    An act that its letter does not carry, such as a withdrawal, promised it at the same moment.
    """
    ours = Delivery.objects.filter(records_request=act.records_request_id)
    if describe(act.kind).actor != Actor.OURS:
        return ours.none()
    if act.delivery_id is not None:
        return ours.filter(Q(pk=act.delivery_id) | Q(first_part=act.delivery_id))
    if not act.data.get("channel"):
        return ours.none()
    return ours.filter(created_at=act.recorded_at, appeal=act.appeal_id)


def has_left(act: Event) -> bool:
    """Whether anything of its letter was given to a server or handed over, or may have been."""
    letters = letters_of(act)
    may_be_out = letters.exclude(state__in=[*moves.CANCEL.sources, DeliveryState.CANCELED])
    was_sent = Event.objects.effective().filter(delivery__in=letters, kind=K.SENT)
    return may_be_out.exists() or was_sent.exists()


def cancel_and_recall(records_request: RecordsRequest) -> None:
    """What has no reason to leave any more is canceled; what has its reason again is recalled."""
    canceled = {letter.pk for act in _struck_acts(records_request) for letter in letters_of(act)}
    canceled |= {letter.pk for letter in _canceled_by_withdrawing(records_request)}
    for delivery in records_request.deliveries.all():
        make(moves.CANCEL if delivery.pk in canceled else moves.RESTORE_CANCELED, delivery)


def stands_as_bounced(bounced: Event) -> bool:
    """Whether the letter stands where this report put it, and nothing was done about it since."""
    of_it = Delivery.objects.filter(events=bounced, state=DeliveryState.BOUNCED)
    later = Event.objects.filter(delivery__in=of_it, kind=K.BOUNCED, pk__gt=bounced.pk)
    return of_it.exists() and not later.effective().exists()


def strike_bounce(bounced: Event) -> bool:
    """It did not come back: it stands as it stood before."""
    delivery = bounced.delivery
    assert delivery is not None
    earlier = Event.objects.effective().filter(
        delivery=delivery, kind__in=BEFORE_BOUNCE, pk__lt=bounced.pk
    )
    last = earlier.order_by("pk").last()
    return last is not None and make(BEFORE_BOUNCE[last.kind], delivery)


def restore_bounce(bounced: Event) -> bool:
    """It came back, as was first reported. False: it stands as no longer sent."""
    assert bounced.delivery is not None
    return make(moves.MARK_BOUNCED, bounced.delivery)


def correct_handing_over(sent: Event) -> None:
    """It left on another day than was entered; of an earlier day, only the day is known."""
    delivery = sent.delivery
    assert delivery is not None
    last = delivery.events.effective().filter(kind=K.SENT).in_order().last()
    if last is not None and last.pk == sent.pk:
        noon = datetime.combine(sent.on, time(12), tzinfo=delivery.records_request.city.tz)
        Delivery.objects.filter(pk=delivery.pk).update(sent_at=noon)


def _struck_acts(records_request: RecordsRequest) -> list[Event]:
    entries = list(records_request.events.all())
    struck = struck_by(entries)
    return [entry for entry in entries if entry.pk in struck]


def _canceled_by_withdrawing(records_request: RecordsRequest) -> QuerySet[Delivery]:
    """What waited when the request was withdrawn; a letter that says so was promised with it."""
    withdrawn = records_request.events.effective().filter(kind=K.WITHDRAWN).last()
    if withdrawn is None:
        return Delivery.objects.none()
    return Delivery.objects.filter(
        records_request=records_request, created_at__lt=withdrawn.recorded_at
    )
