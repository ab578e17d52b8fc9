"""The promise that a letter will go, and a worker's hold on it: taken once, kept, freed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import make_msgid

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F

from requests_app.delivery import links, message_plan, pace
from requests_app.delivery.outbox import moves
from requests_app.delivery.outbox.moves import LEASE
from requests_app.delivery.outbox.outcomes import mark_in_doubt, retry_later
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending, copies
from requests_app.models import Channel, Delivery, DeliveryState, Letter, LetterKind, Newsroom
from requests_app.office_contacts import addressee_of, goes_to_the_agency, written_to

DELIVER = "requests_app.delivery.tasks.deliver"

S = DeliveryState


def new_message_id() -> str:
    """Stated before the first try, so that a message in doubt can be looked for."""
    return make_msgid(domain=settings.MAIL_DOMAIN)


def leaves_at(newsroom: Newsroom, *, at: datetime) -> datetime:
    """When an e-mail promised now leaves: until then it can be recalled."""
    return at + timedelta(minutes=newsroom.recall_minutes)


def enqueue(
    letter: Letter,
    sending: Sending,
    *,
    by: Attribution,
) -> Delivery:
    """Promise that a letter will go; the delivery that carries it, the first of its parts.

    Raises `message_plan.TooLarge` where its enclosures can go neither in messages nor by link.
    """
    is_by_hand = sending.channel.is_by_hand
    plan = message_plan.by_hand(letter) if is_by_hand else message_plan.by_email(letter)
    first, *others = _promised(
        letter,
        sending,
        plan,
        by=by,
    )
    for delivery in (first, *others):
        notify_worker(delivery, at=by.at)
    links.create(first, plan.links, at=by.at)
    return first


def _promised(
    letter: Letter,
    sending: Sending,
    plan: message_plan.Plan,
    *,
    by: Attribution,
) -> Iterator[Delivery]:
    """A row for each message; the enclosures are set down with it, as they are frozen there."""
    is_by_hand = sending.channel.is_by_hand
    newsroom = letter.records_request.newsroom
    first: Delivery | None = None
    for part, enclosed in enumerate(plan.parts, start=1):
        delivery = Delivery.objects.create(
            records_request=letter.records_request,
            appeal=letter.appeal,
            letter=letter,
            channel=sending.channel,
            to_name=_addressee_of(letter),
            to=sending.to,
            copies=list(copies.addresses_in(copies.on_issued(letter))),
            state=S.BY_HAND if is_by_hand else S.QUEUED,
            first_part=first,
            part=part,
            parts=len(plan.parts),
            message_id=new_message_id(),
            not_before=by.at if is_by_hand else leaves_at(newsroom, at=by.at),
            created_at=by.at,
            created_by=by.user,
        )
        first = first or delivery
        if enclosed:
            delivery.files.set([enclosure.key for enclosure in enclosed])
        yield delivery


def _addressee_of(letter: Letter) -> str:
    """The body that an appeal goes to; else an office of the city, nearly always the one asked."""
    request, kind = letter.records_request, LetterKind(letter.kind)
    if letter.appeal and not goes_to_the_agency(kind):
        return addressee_of(letter.appeal).name
    return written_to(request, kind).name


def notify_worker(delivery: Delivery, *, at: datetime) -> None:
    """Ask the worker once the promise is committed. If the broker is away, the sweep finds it, as
    it finds what may not leave yet."""
    if delivery.channel == Channel.EMAIL and delivery.not_before <= at:
        transaction.on_commit(lambda: current_app.send_task(DELIVER, [delivery.pk]), robust=True)


def claim(delivery_id: int, *, at: datetime) -> Delivery | None:
    """Take one due delivery for sending; None if it is not waiting (any more)."""
    due = moves.able_to(moves.CLAIM, Delivery.objects.due(at=at).filter(pk=delivery_id))
    if not LEASE.claim(due, at=at, leased_until=_lease(at), handed_at=None):
        return None
    needed = ("records_request__newsroom", "letter__answers__mail", "first_part", "created_by")
    return Delivery.objects.select_related(*needed).get(pk=delivery_id)


def wait_for_turn(delivery: Delivery, *, at: datetime) -> bool:
    """Where its host is not to be written to yet, back to the queue until it is. False: go now."""
    if pace.is_still_good(delivery.turn_at, at=at):
        return False
    turn = pace.take_turn(delivery.host, at=at)
    if turn <= at:
        return False
    moves.make(
        moves.WAIT_FOR_TURN,
        delivery,
        not_before=turn,
        turn_at=turn,
        leased_until=None,
        attempts=F("attempts") - 1,
    )
    return True


def renew(delivery: Delivery, *, at: datetime) -> bool:
    """Say that the worker is still at it. False: the claim was lost."""
    return LEASE.write(delivery, leased_until=_lease(at))


def mark_handed(delivery: Delivery, *, at: datetime) -> bool:
    """Write down that the message is about to be ended. False: the claim was lost."""
    answer_by = _lease(at) + timedelta(seconds=settings.EMAIL_ANSWER_TIMEOUT)
    return LEASE.write(delivery, handed_at=at, leased_until=answer_by)


def release_stuck(*, at: datetime) -> int:
    """Deal with all that dead workers left."""
    stuck = list(Delivery.objects.stuck(at=at))
    for delivery in stuck:
        release(delivery, at=at)
    return len(stuck)


def release(delivery: Delivery, *, at: datetime) -> None:
    """What a dead worker left: another try if the server has no whole message, else a doubt.

    Taken over first, as it was seen: a worker that was only slow and has just marked the row keeps
    it; one that comes to its mark later finds its claim lost and ends no message.
    """
    if not LEASE.take_over(delivery, at=at, seen=("leased_until", "handed_at")):
        return
    if delivery.handed_at is None:
        answer = "The worker stopped before the message was given to the server."
        retry_later(delivery, at=at, answer=answer, wait=timedelta(0))
    else:
        answer = "The worker stopped after the message was given to the server."
        mark_in_doubt(delivery, at=at, answer=answer)


def _lease(at: datetime) -> datetime:
    return at + timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
