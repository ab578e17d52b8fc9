"""An editor reads a request before it is filed, where the newsroom wants that."""

from datetime import datetime

from django.db import transaction

from requests_app.actions.days import today
from requests_app.actions.errors import Refused
from requests_app.actions.transact import lock, take
from requests_app.models import Event, RecordsRequest, User


@transaction.atomic
def send_to_review(records_request: RecordsRequest, *, by: User, at: datetime) -> Event:
    request = lock(records_request)
    return take(request, "send_to_review", on=today(request, at), by=by, at=at)


@transaction.atomic
def approve(records_request: RecordsRequest, *, by: User, at: datetime, note: str = "") -> Event:
    request = lock(records_request)
    return take(request, "approve", on=today(request, at), by=by, at=at, data={"text": note})


@transaction.atomic
def return_to_draft(records_request: RecordsRequest, *, by: User, at: datetime, note: str) -> Event:
    """Back to the reporter, who must learn why."""
    if not note.strip():
        raise Refused("Say what should change: the reporter reads it in the ledger.")
    request = lock(records_request)
    return take(
        request, "return_to_draft", on=today(request, at), by=by, at=at, data={"text": note}
    )
