"""Treat silence as a denial: a person's act, and only where the statute says so."""

from datetime import date

from django.db import transaction

from cities.rights.standing import Grievance
from requests_app import ledger
from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.transitions import lock, take
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import Event, RecordsRequest
from requests_app.policy.rights import lapsed_silence
from requests_app.vocabulary.dates_and_amounts import short_weekday


def silence_of(records_request: RecordsRequest, *, on: date) -> Grievance:
    """The silence that may be treated as a denial that day. Refused: why there is none."""
    statute = records_request.city.statute
    if not statute.silence.is_denial:
        raise Refused(f"{statute.silence.meaning} ({statute.silence.citation})")
    if not records_request.is_pending:
        raise Refused(f"This is {records_request.get_state_display().lower()}.")
    standing = ledger.standing_for(records_request)
    if silence := lapsed_silence(standing, on=on):
        return silence
    running = [
        clock
        for clock in standing.deadlines
        if clock.clock in statute.silence.clocks and clock.due_on and clock.status != "met"
    ]
    if running and (due := min(clock.due_on for clock in running if clock.due_on)) >= on:
        raise Refused(
            f"The city has until {short_weekday(due)}: only after that day can its silence be "
            "treated as a denial."
        )
    raise Refused("No time for an answer has passed in silence.")


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
    try:
        silence = silence_of(request, on=on)
    except Refused as error:
        raise Refused(f"{error} Nothing was changed.") from error
    clock = silence.lapsed
    assert clock is not None
    data = {
        "clock": clock.clock,
        "lapsed_on": str(clock.earliest_on or clock.due_on),
        "citation": request.city.statute.silence.citation,
    }
    if not silence.is_sure(on):
        data["unsettled"] = silence.unsettled
    return take(request, "deem_denied", Occasion(by, on, data))
