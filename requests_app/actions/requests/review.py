"""An editor reads a request before it is filed, where the newsroom wants that."""

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.actions.transitions import lock, take
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import Event, RecordsRequest


@transaction.atomic
def send_to_review(
    records_request: RecordsRequest,
    *,
    by: Attribution,
) -> Event:
    request = lock(records_request)
    return take(request, "send_to_review", Occasion(by))


@transaction.atomic
def approve(records_request: RecordsRequest, *, by: Attribution, note: str = "") -> Event:
    request = lock(records_request)
    return take(request, "approve", Occasion(by, data={"text": note}))


@transaction.atomic
def return_to_draft(records_request: RecordsRequest, *, by: Attribution, note: str) -> Event:
    """Back to the reporter, who must learn why."""
    if not note.strip():
        raise Refused("Say what should change: the reporter reads it in the ledger.")
    request = lock(records_request)
    return take(request, "return_to_draft", Occasion(by, data={"text": note}))
