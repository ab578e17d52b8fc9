"""A hint, a thought: kept in the ledger, moving nothing."""

from datetime import date

from django.db import transaction

from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.transitions import lock, record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import Event, EventKind, RecordsRequest


@transaction.atomic
def note(
    records_request: RecordsRequest,
    *,
    on: date,
    text: str,
    by: Attribution,
) -> Event:
    if not text.strip():
        raise Refused("The note is empty: write what happened.")
    request = lock(records_request)
    days.check(request, on, at=by.at)
    data = {"text": text.strip()}
    return record(request, EventKind.NOTED, Occasion(by, on, data))
