"""Treat silence as a denial: a person's act, and only where the statute says so."""

from datetime import date

from django.db import transaction

from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.transitions import lock, take
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import Deadline, Event, RecordsRequest
from requests_app.vocabulary.dates_and_amounts import short_weekday


def lapsed_clock(records_request: RecordsRequest, *, on: date) -> Deadline | None:
    """The clock whose lapse the law treats as a denial, once it has certainly lapsed."""
    silence = records_request.city.statute.silence
    if not silence.is_denial:
        return None
    lapsed = records_request.deadlines.filter(clock__in=silence.clocks).late(on=on)
    return lapsed.order_by("due_on").first()


def can_treat_as_denial(records_request: RecordsRequest, *, on: date) -> str:
    """ "" if silence may be treated as a denial on that day; otherwise the reason why not."""
    statute = records_request.city.statute
    if not statute.silence.is_denial:
        return f"{statute.silence.meaning} ({statute.silence.citation})"
    if not records_request.is_pending:
        return f"This is {records_request.get_state_display().lower()}."
    if lapsed_clock(records_request, on=on):
        return ""
    running = (
        records_request.deadlines.filter(clock__in=statute.silence.clocks, due_on__isnull=False)
        .order_by("due_on")
        .first()
    )
    if running is None or running.due_on is None:
        return "No clock is running whose end would be a denial."
    if running.status == "met":
        return "The city has answered within the meaning of the law: its silence is no denial."
    return f"The city has until {short_weekday(running.due_on)}: its silence is no denial before."


@transaction.atomic
def treat_as_denial(
    records_request: RecordsRequest,
    *,
    on: date,
    by: Attribution,
) -> Event:
    """Record that the city's silence counts as a denial. `on` is the day this is noted."""
    request = lock(records_request)
    days.check(request, on, at=by.at, after=request.submitted_on)
    reason = can_treat_as_denial(request, on=on)
    if reason:
        raise Refused(f"{reason} Nothing was changed.")
    clock = lapsed_clock(request, on=on)
    assert clock is not None
    data = {
        "clock": clock.clock,
        "lapsed_on": str(clock.earliest_on or clock.due_on),
        "citation": request.city.statute.silence.citation,
    }
    return take(request, "deem_denied", Occasion(by, on, data))
