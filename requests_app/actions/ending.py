"""The ways a request ends."""

from datetime import date, datetime

from django.db import transaction

from requests_app.actions import days
from requests_app.actions.moves import lock, take
from requests_app.delivery import outbox
from requests_app.models import Event, RecordsRequest, User


@transaction.atomic
def close(
    records_request: RecordsRequest, *, on: date, by: User, at: datetime, note: str = ""
) -> Event:
    """We have what there is to have."""
    return _end(records_request, "close", on=on, by=by, at=at, note=note)


@transaction.atomic
def withdraw(
    records_request: RecordsRequest, *, on: date, by: User, at: datetime, note: str = ""
) -> Event:
    """We no longer ask. What has not been sent yet is not sent any more."""
    event = _end(records_request, "withdraw", on=on, by=by, at=at, note=note)
    outbox.cancel_waiting(records_request)
    return event


@transaction.atomic
def lapse(
    records_request: RecordsRequest, *, on: date, by: User, at: datetime, note: str = ""
) -> Event:
    """The city closed it because we did not pay or answer in time."""
    return _end(records_request, "lapse", on=on, by=by, at=at, note=note)


def _end(
    records_request: RecordsRequest, name: str, *, on: date, by: User, at: datetime, note: str
) -> Event:
    request = lock(records_request)
    days.check_after_last_answer(request, on, at=at)
    return take(request, name, on=on, by=by, at=at, data={"text": note})
