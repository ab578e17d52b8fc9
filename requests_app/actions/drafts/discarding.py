"""A draft that is not wanted leaves the board and the lists, and can be brought back."""

from django.db import transaction

from requests_app.actions.transitions import lock, take
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import Event, RecordsRequest


@transaction.atomic
def discard(records_request: RecordsRequest, *, by: Attribution) -> Event:
    """Nothing was sent, so nothing is withdrawn: the city never knew of it."""
    request = lock(records_request)
    return take(request, "discard", Occasion(by))


@transaction.atomic
def bring_back(records_request: RecordsRequest, *, by: Attribution) -> Event:
    """A draft again, as it stood."""
    request = lock(records_request)
    return take(request, "bring_back", Occasion(by))
