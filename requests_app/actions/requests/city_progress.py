"""What the city does before it determines anything: it has the request, asks, quotes, takes time.

Whether it then gives the records or not stands in `city_determinations`.
"""

from datetime import date
from decimal import Decimal

from django.db import transaction

from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.requests.city_act_recording import (
    CityAnswer,
    keep,
    last_event,
    lock_pending,
    move,
    record_answer_to,
    record_while_pending,
)
from requests_app.actions.transitions import record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import Event, EventKind, RecordsRequest


@transaction.atomic
def receive(
    records_request: RecordsRequest,
    *,
    on: date,
    by: Attribution,
    proof: CityAnswer | None = None,
) -> Event:
    """The day the custodian had it, where that is not the day it was sent. `proof`: the return
    receipt or the message that shows it, which a challenge may have to enclose."""
    request = lock_pending(records_request, "received")
    days.check(request, on, at=by.at, after=request.submitted_on)
    data = {"mail": proof.mail.pk} if proof and proof.mail else {}
    event = record(request, EventKind.RECEIVED, Occasion(by, on, data))
    if proof and (proof.mail or proof.files):
        keep(request, proof, event=event, by=by)
    return event


def acknowledge(records_request: RecordsRequest, *, answer: CityAnswer, by: Attribution) -> Event:
    """It has our request. Whether that is an answer in the law's sense, its clocks say."""
    return move(records_request, "acknowledge", answer=answer, by=by)


def request_clarification(
    records_request: RecordsRequest, *, answer: CityAnswer, by: Attribution
) -> Event:
    """It asks what we mean."""
    return move(records_request, "request_clarification", answer=answer, by=by)


@transaction.atomic
def extend(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
    until: date | None = None,
    ground: str = "",
) -> Event:
    """It took more time: an event, not a state. The statute says what it is worth."""
    if until is not None and until < answer.on:
        raise Refused("The extension ends before the day it was announced: check the date.")
    data = {"until": until.isoformat() if until else "", "ground": ground}
    return record_while_pending(
        records_request, EventKind.EXTENDED, answer=answer, by=by, data=data
    )


def produce_in_part(
    records_request: RecordsRequest, *, answer: CityAnswer, by: Attribution
) -> Event:
    """Some of the records came, and the rest is still to come."""
    return record_while_pending(records_request, EventKind.PRODUCED_IN_PART, answer=answer, by=by)


# -- fees --
def estimate_fees(
    records_request: RecordsRequest, *, answer: CityAnswer, by: Attribution, amount: Decimal
) -> Event:
    """It quotes a fee."""
    if amount <= 0:
        raise Refused("A fee estimate has an amount above zero; record a waiver if it is free.")
    data = {"amount": f"{amount:.2f}"}
    return move(records_request, "estimate_fees", answer=answer, by=by, data=data, amount=amount)


def waive_fees(records_request: RecordsRequest, *, answer: CityAnswer, by: Attribution) -> Event:
    """It asks no fee."""
    return move(records_request, "waive_fees", answer=answer, by=by)


@transaction.atomic
def deny_fee_waiver(
    records_request: RecordsRequest, *, answer: CityAnswer, by: Attribution
) -> Event:
    """It refuses to waive its fee. In Oregon sixty days begin (ORS 192.329(3)(b))."""
    unless = "No fee was quoted that could be waived: record the city's estimate first."
    quoted = last_event(records_request, EventKind.FEES_ESTIMATED, unless=unless)
    return record_answer_to(quoted, EventKind.FEE_WAIVER_DENIED, answer=answer, by=by)
