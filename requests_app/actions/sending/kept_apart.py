"""A letter encloses what was kept apart after it was issued: a person sends it without that."""

from collections.abc import Sequence

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.actions.sending import deliveries
from requests_app.actions.transitions import lock, record, refuse_on_clock_error
from requests_app.delivery import links, outbox
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.letters import Sending, copies, enclosures
from requests_app.models import Attachment, Channel, Delivery, DeliveryState, EventKind, Letter
from requests_app.permissions import may

S = DeliveryState


@transaction.atomic
def send_without(delivery: Delivery, *, by: Attribution) -> None:
    """Leave out what is kept apart, and go on: by mail into the queue, by hand as it waited.

    As long as no part of the letter is out it is issued anew and names what it encloses. Where its
    first part is out already, the part that follows tells the city what is not enclosed.
    """
    request = lock(delivery.records_request)
    delivery.refresh_from_db()
    apart = enclosures.kept_apart_since(delivery)
    if not apart:
        raise Refused("Nothing that this letter encloses is kept apart. Nothing was changed.")
    if not delivery.is_at_home:
        stands = delivery.get_state_display().lower()
        raise Refused(f"This sending stands at “{stands}”: it cannot go otherwise now.")
    if not may(by.user, "change_approved_letter", delivery):
        raise Refused(
            "An editor approved this letter with that file: ask an editor or an admin to send it "
            "without. Nothing was changed."
        )
    messages = list(outbox.messages_of(delivery))
    _take_out(messages, apart, by=by)
    letter = delivery.letter
    if all(message.is_at_home for message in messages):
        letter = _issued_anew(messages, by=by)
    data = {"files": [file.name for file in apart]}
    record(request, EventKind.ENCLOSURE_LEFT_OUT, Occasion(by, data=data, delivery=delivery))
    _go_on(delivery, letter, by=by)


def _take_out(
    messages: Sequence[Delivery], apart: Sequence[Attachment], *, by: Attribution
) -> None:
    for message in messages:
        message.files.remove(*apart)
        for link in message.links.filter(attachment__in=apart, ended_at=None):
            links.end(link, by=by)


def _issued_anew(messages: Sequence[Delivery], *, by: Attribution) -> Letter:
    """The same words, of today, without the file; all its messages carry that letter now."""
    first = messages[0]
    stays = copies.on_issued(first.letter)
    sending = Sending(Channel(first.channel), first.to, copies=stays)
    leaves_at = outbox.leaves_at(first.records_request.newsroom, at=by.at)
    letter = deliveries.issue_anew(first, sending, leaves_at, by=by)
    Delivery.objects.filter(pk__in=[message.pk for message in messages]).update(letter=letter)
    outbox.cancel_empty(first)
    return letter


def _go_on(delivery: Delivery, letter: Letter, *, by: Attribution) -> None:
    """What failed or was recalled is sent; what waits, waits on with its new letter."""
    if delivery.state not in {S.FAILED, S.RECALLED}:
        return
    with refuse_on_clock_error():
        outbox.send_again(
            delivery,
            Occasion(by),
            letter=letter,
            to=delivery.to,
            not_before=outbox.leaves_at(delivery.records_request.newsroom, at=by.at),
        )
