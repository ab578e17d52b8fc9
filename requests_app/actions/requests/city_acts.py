"""What the city did, as a person read it: a machine files mail, a person says what it means."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.requests.city_answer import CityAnswer, keep
from requests_app.actions.transitions import lock, record, take
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import Event, EventKind, RecordsRequest


@transaction.atomic
def receive(
    records_request: RecordsRequest,
    *,
    on: date,
    by: Attribution,
) -> Event:
    """The day the custodian had it, where that is not the day it was sent."""
    request = pending(records_request, "received")
    days.check(request, on, at=by.at, after=request.submitted_on)
    return record(request, EventKind.RECEIVED, Occasion(by, on))


def acknowledge(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
) -> Event:
    return _answer(
        records_request,
        "acknowledge",
        answer=answer,
        by=by,
    )


def request_clarification(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
) -> Event:
    return _answer(
        records_request,
        "request_clarification",
        answer=answer,
        by=by,
    )


def estimate_fees(
    records_request: RecordsRequest, *, answer: CityAnswer, by: Attribution, amount: Decimal
) -> Event:
    if amount <= 0:
        raise Refused("A fee estimate has an amount above zero; record a waiver if it is free.")
    return _answer(
        records_request,
        "estimate_fees",
        answer=answer,
        by=by,
        data={"amount": f"{amount:.2f}"},
        amount=amount,
    )


def waive_fees(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
) -> Event:
    quoted = records_request.fees_estimated_on
    return _answer(
        records_request,
        "waive_fees",
        answer=answer,
        by=by,
        after=quoted,
        after_what="the fee was quoted",
    )


@transaction.atomic
def extend(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
    until: date | None = None,
    ground: str = "",
) -> Event:
    """The city took more time: an event, not a state. The statute says what it is worth."""
    if until is not None and until < answer.on:
        raise Refused("The extension ends before the day it was announced: check the date.")
    data = {"until": until.isoformat() if until else "", "ground": ground}
    return _remark(records_request, EventKind.EXTENDED, answer=answer, by=by, data=data)


@transaction.atomic
def produce_in_part(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
) -> Event:
    """Some of the records came, and the rest is still to come."""
    return _remark(records_request, EventKind.PRODUCED_IN_PART, answer=answer, by=by, data={})


def grant(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
) -> Event:
    return _answer(
        records_request,
        "grant",
        answer=answer,
        by=by,
    )


def grant_in_part(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
    exemptions: Sequence[str] = (),
) -> Event:
    data = {"exemptions": list(exemptions)}
    return _answer(records_request, "grant_in_part", answer=answer, by=by, data=data)


def deny(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
    exemptions: Sequence[str] = (),
) -> Event:
    data = {"exemptions": list(exemptions)}
    return _answer(records_request, "deny", answer=answer, by=by, data=data)


def find_no_records(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
) -> Event:
    return _answer(
        records_request,
        "find_no_records",
        answer=answer,
        by=by,
    )


def refer(
    records_request: RecordsRequest, *, answer: CityAnswer, by: Attribution, to: str
) -> Event:
    if not to.strip():
        raise Refused("Say to whom the city referred the request.")
    return _answer(records_request, "refer", answer=answer, by=by, data={"to": to.strip()})


# -- once it had answered, or a body had decided --
@transaction.atomic
def give_grounds(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
) -> Event:
    """The city's written statement of why it withheld."""
    asked = _last(records_request, EventKind.GROUNDS_REQUESTED)
    if asked is None:
        raise Refused(
            "We did not ask for the grounds: file this as a note, or ask first. "
            "Nothing was changed."
        )
    return _respond(
        records_request,
        EventKind.GROUNDS_GIVEN,
        to=asked,
        answer=answer,
        by=by,
    )


@transaction.atomic
def deny_fee_waiver(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
) -> Event:
    """The city refuses to waive its fee. In Oregon sixty days begin (ORS 192.329(3)(b))."""
    quoted = _last(records_request, EventKind.FEES_ESTIMATED)
    if quoted is None:
        raise Refused(
            "No fee was quoted that could be waived: record the city's estimate first. "
            "Nothing was changed."
        )
    return _respond(
        records_request,
        EventKind.FEE_WAIVER_DENIED,
        to=quoted,
        answer=answer,
        by=by,
    )


@transaction.atomic
def comply(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
) -> Event:
    """The city did what the body decided."""
    decided = _decided(records_request)
    return _respond(
        records_request,
        EventKind.COMPLIED,
        to=decided,
        answer=answer,
        by=by,
    )


@transaction.atomic
def sue(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
) -> Event:
    """The city goes to court against the decision instead (ORS 192.411(2)).

    A suit of ours is filed as an appeal by the court's route: `appeals.file`.
    """
    decided = _decided(records_request)
    return _respond(
        records_request,
        EventKind.LAWSUIT,
        to=decided,
        answer=answer,
        by=by,
    )


@transaction.atomic
def _answer(
    records_request: RecordsRequest,
    name: str,
    *,
    answer: CityAnswer,
    by: Attribution,
    data: Mapping[str, Any] | None = None,
    after: date | None = None,
    after_what: str = "it was submitted",
    **arguments: Any,
) -> Event:
    """A city's act that moves the request: its day checked, its words and files kept."""
    request = lock(records_request)
    _check_it_left(request)
    if name in {"grant", "grant_in_part"} and not request.is_pending:
        days.check_after_last_answer(request, answer.on, at=by.at)
    after = after or request.submitted_on
    days.check(request, answer.on, at=by.at, after=after, after_what=after_what)
    if answer.city_reference:
        request.city_reference = answer.city_reference
    facts = {**answer.facts(), **(data or {})}
    event = take(request, name, Occasion(by, answer.on, facts), **arguments)
    keep(
        request,
        answer,
        event=event,
        by=by,
    )
    return event


def _check_it_left(request: RecordsRequest) -> None:
    """The city cannot have answered what has reached nobody. Raises Refused."""
    reached = request.events.filter(kind__in=[EventKind.SENT, EventKind.RECEIVED])
    if request.submitted_on and not reached.exists():
        raise Refused(
            "The request has not left yet: send it, say when it was handed over, or record the day "
            "on which the custodian received it. Nothing was changed."
        )


def _remark(
    records_request: RecordsRequest,
    kind: EventKind,
    *,
    answer: CityAnswer,
    by: Attribution,
    data: Mapping[str, Any],
) -> Event:
    """While it is the city's turn: an act that is an event and not a state."""
    request = pending(records_request, kind.label.lower())
    _check_it_left(request)
    days.check(request, answer.on, at=by.at, after=request.submitted_on)
    return _write_down(request, kind, answer=answer, by=by, data=data)


def _respond(
    records_request: RecordsRequest,
    kind: EventKind,
    *,
    to: Event,
    answer: CityAnswer,
    by: Attribution,
) -> Event:
    """An event that answers an earlier one: on its day or after, and while the request is open."""
    request = lock(records_request)
    if request.is_over:
        stands = request.get_state_display().lower()
        raise Refused(f"This is {stands}, so nothing is owed any more. Nothing was changed.")
    what = f"of “{to.get_kind_display().lower()}”"
    days.check(request, answer.on, at=by.at, after=to.on, after_what=what)
    return _write_down(request, kind, answer=answer, by=by, data={})


def _write_down(
    request: RecordsRequest,
    kind: EventKind,
    *,
    answer: CityAnswer,
    by: Attribution,
    data: Mapping[str, Any],
) -> Event:
    """The event, and the city's words and files behind it."""
    event = record(request, kind, Occasion(by, answer.on, {**answer.facts(), **data}))
    keep(
        request,
        answer,
        event=event,
        by=by,
    )
    return event


def _last(records_request: RecordsRequest, kind: EventKind) -> Event | None:
    return records_request.events.filter(kind=kind).in_order().last()


def _decided(records_request: RecordsRequest) -> Event:
    decided = _last(records_request, EventKind.APPEAL_DECIDED)
    if decided is None:
        raise Refused("No appeal was decided here: record the decision first. Nothing was changed.")
    return decided


def pending(records_request: RecordsRequest, tried: str) -> RecordsRequest:
    """The locked request, if it is still the city's turn. Raises Refused."""
    request = lock(records_request)
    if not request.is_pending:
        stands = request.get_state_display().lower()
        raise Refused(f"This is {stands}, so it cannot be {tried} now. Nothing was changed.")
    return request
