"""The ways a request ends."""

from datetime import date

from django.db import transaction

from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.sending import our_letters
from requests_app.actions.sending.our_letters import OurLetter
from requests_app.actions.transitions import lock, take
from requests_app.delivery import outbox
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import (
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    RecordsRequest,
)

LEFT = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.IN_DOUBT)


@transaction.atomic
def close(records_request: RecordsRequest, *, on: date, by: Attribution, note: str = "") -> Event:
    """We have what there is to have."""
    return _end(records_request, "close", on=on, by=by, note=note)


@transaction.atomic
def withdraw(
    records_request: RecordsRequest, *, on: date, by: Attribution, note: str = ""
) -> Event:
    """We no longer ask. What has not been sent yet is not sent any more."""
    event = _end(records_request, "withdraw", on=on, by=by, note=note)
    outbox.cancel_waiting(records_request)
    return event


@transaction.atomic
def withdraw_by_letter(
    records_request: RecordsRequest, *, letter: OurLetter, by: Attribution
) -> Delivery:
    """We no longer ask, and tell the city so. What waits is not sent any more, but this letter is.

    The request ends with the act, not with the letter's arrival: no clock runs on for it.
    """
    request = lock(records_request)
    if not has_reached_the_city(request):
        raise Refused(
            "Nothing of this has reached the city, so there is nothing to tell it: withdraw "
            "without a letter. Nothing was changed."
        )
    if on := letter.sending.day_by_hand:
        days.check_after_last_answer(request, on, at=by.at)
    outbox.cancel_waiting(request)
    return our_letters.write(request, our_letters.WITHDRAWAL, letter, by=by)


def has_reached_the_city(records_request: RecordsRequest) -> bool:
    """Whether the city has the request, or may have it."""
    return (
        records_request.deliveries.filter(appeal=None, state__in=LEFT).exists()
        or records_request.events.effective().filter(kind=EventKind.RECEIVED).exists()
    )


@transaction.atomic
def lapse(records_request: RecordsRequest, *, on: date, by: Attribution, note: str = "") -> Event:
    """The city closed it because we did not pay or answer in time."""
    return _end(records_request, "lapse", on=on, by=by, note=note)


def _end(
    records_request: RecordsRequest, name: str, *, on: date, by: Attribution, note: str
) -> Event:
    request = lock(records_request)
    days.check_after_last_answer(request, on, at=by.at)
    return take(request, name, Occasion(by, on, {"text": note}))
