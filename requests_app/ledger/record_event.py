"""One event written, and what follows from it derived again."""

from requests_app.ledger.occasion import Occasion
from requests_app.ledger.rederiving import rederive
from requests_app.models import Event, EventKind, RecordsRequest
from requests_app.vocabulary.event_description import Mark


def record(records_request: RecordsRequest, kind: EventKind, occasion: Occasion) -> Event:
    """Add one event and derive the deadlines and headlines again.

    Raises `cities.clocks.derive.ClockError` where the event cannot stand beside the ones before it.
    """
    at = occasion.by.at
    event = Event.objects.create(
        records_request=records_request,
        appeal=occasion.appeal,
        delivery=occasion.delivery,
        kind=kind,
        on=occasion.on or records_request.city.local_date(at),
        by=occasion.by.user,
        recorded_at=at,
        data=dict(occasion.data),
    )
    # What mail changes on the board hangs on the message, which whoever files it has yet to write.
    if not kind.described.marks & Mark.READ_BY_NO_CLOCK:
        rederive(records_request, at=at, because=event.get_kind_display())
    return event
