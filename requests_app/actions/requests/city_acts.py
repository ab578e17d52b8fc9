"""What the city did, as a person read it: a machine files mail, a person says what it means."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.requests import filing
from requests_app.actions.requests.filing import Reply
from requests_app.actions.transact import lock, record, take
from requests_app.models import Event, EventKind, RecordsRequest, User


@transaction.atomic
def receive(records_request: RecordsRequest, *, on: date, by: User, at: datetime) -> Event:
    """The day the custodian had it, where that is not the day it was sent."""
    request = pending(records_request, "received")
    days.check(request, on, at=at, after=request.submitted_on)
    return record(request, EventKind.RECEIVED, on=on, by=by, at=at)


def acknowledge(records_request: RecordsRequest, *, reply: Reply, by: User, at: datetime) -> Event:
    return _answer(records_request, "acknowledge", reply=reply, by=by, at=at)


def request_clarification(
    records_request: RecordsRequest, *, reply: Reply, by: User, at: datetime
) -> Event:
    return _answer(records_request, "request_clarification", reply=reply, by=by, at=at)


def estimate_fees(
    records_request: RecordsRequest, *, reply: Reply, by: User, at: datetime, amount: Decimal
) -> Event:
    if amount <= 0:
        raise Refused("A fee estimate has an amount above zero; record a waiver if it is free.")
    return _answer(
        records_request,
        "estimate_fees",
        reply=reply,
        by=by,
        at=at,
        data={"amount": f"{amount:.2f}"},
        amount=amount,
    )


def waive_fees(records_request: RecordsRequest, *, reply: Reply, by: User, at: datetime) -> Event:
    quoted = records_request.fees_estimated_on
    return _answer(
        records_request,
        "waive_fees",
        reply=reply,
        by=by,
        at=at,
        after=quoted,
        after_what="the fee was quoted",
    )


@transaction.atomic
def extend(
    records_request: RecordsRequest,
    *,
    reply: Reply,
    by: User,
    at: datetime,
    until: date | None = None,
    ground: str = "",
) -> Event:
    """The city took more time: an event, not a state. The statute says what it is worth."""
    if until is not None and until < reply.on:
        raise Refused("The extension ends before the day it was announced: check the date.")
    data = {"until": until.isoformat() if until else "", "ground": ground}
    return _remark(records_request, EventKind.EXTENDED, reply=reply, by=by, at=at, data=data)


@transaction.atomic
def produce_in_part(
    records_request: RecordsRequest, *, reply: Reply, by: User, at: datetime
) -> Event:
    """Some of the records came, and the rest is still to come."""
    return _remark(records_request, EventKind.PRODUCED_IN_PART, reply=reply, by=by, at=at, data={})


def grant(records_request: RecordsRequest, *, reply: Reply, by: User, at: datetime) -> Event:
    return _answer(records_request, "grant", reply=reply, by=by, at=at)


def grant_in_part(
    records_request: RecordsRequest,
    *,
    reply: Reply,
    by: User,
    at: datetime,
    exemptions: Sequence[str] = (),
) -> Event:
    data = {"exemptions": list(exemptions)}
    return _answer(records_request, "grant_in_part", reply=reply, by=by, at=at, data=data)


def deny(
    records_request: RecordsRequest,
    *,
    reply: Reply,
    by: User,
    at: datetime,
    exemptions: Sequence[str] = (),
) -> Event:
    data = {"exemptions": list(exemptions)}
    return _answer(records_request, "deny", reply=reply, by=by, at=at, data=data)


def find_no_records(
    records_request: RecordsRequest, *, reply: Reply, by: User, at: datetime
) -> Event:
    return _answer(records_request, "find_no_records", reply=reply, by=by, at=at)


def refer(
    records_request: RecordsRequest, *, reply: Reply, by: User, at: datetime, to: str
) -> Event:
    if not to.strip():
        raise Refused("Say to whom the city referred the request.")
    return _answer(records_request, "refer", reply=reply, by=by, at=at, data={"to": to.strip()})


@transaction.atomic
def _answer(
    records_request: RecordsRequest,
    name: str,
    *,
    reply: Reply,
    by: User,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    after: date | None = None,
    after_what: str = "it was submitted",
    **arguments: Any,
) -> Event:
    """A city's act that moves the request: its day checked, its words and files kept."""
    request = lock(records_request)
    _check_it_left(request)
    if name in {"grant", "grant_in_part"} and not request.is_pending:
        days.check_after_last_answer(request, reply.on, at=at)
    after = after or request.submitted_on
    days.check(request, reply.on, at=at, after=after, after_what=after_what)
    if reply.city_reference:
        request.city_reference = reply.city_reference
    facts = {**reply.facts(), **(data or {})}
    event = take(request, name, on=reply.on, by=by, at=at, data=facts, **arguments)
    filing.keep(request, reply, event=event, by=by, at=at)
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
    reply: Reply,
    by: User,
    at: datetime,
    data: Mapping[str, Any],
) -> Event:
    """A city's act that is an event and not a state."""
    request = pending(records_request, kind.label.lower())
    _check_it_left(request)
    days.check(request, reply.on, at=at, after=request.submitted_on)
    event = record(request, kind, on=reply.on, by=by, at=at, data={**reply.facts(), **data})
    filing.keep(request, reply, event=event, by=by, at=at)
    return event


def pending(records_request: RecordsRequest, tried: str) -> RecordsRequest:
    """The locked request, if it is still the city's turn. Raises Refused."""
    request = lock(records_request)
    if not request.is_pending:
        stands = request.get_state_display().lower()
        raise Refused(f"This is {stands}, so it cannot be {tried} now. Nothing was changed.")
    return request
