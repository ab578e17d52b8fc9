"""What we answer to the city: each is a letter, a sending, and one event."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from requests_app.actions import days, sending
from requests_app.actions.answers import pending
from requests_app.actions.errors import Refused
from requests_app.actions.moves import change, lock, record, take
from requests_app.models import Delivery, Event, EventKind, LetterKind, RecordsRequest, User
from requests_app.states import event_of


def clarify(records_request: RecordsRequest, **sent: Any) -> Delivery:
    """Answer the city's question. See `_write` for the arguments."""
    return _write(records_request, LetterKind.CLARIFICATION_ANSWER, transition="clarify", **sent)


def accept_fees(records_request: RecordsRequest, **sent: Any) -> Delivery:
    """Agree to the estimate. The fee is not paid by that: see `pay_fees`."""
    return _write(records_request, LetterKind.FEE_ACCEPTANCE, transition="accept_fees", **sent)


def refuse_fees(records_request: RecordsRequest, **sent: Any) -> Delivery:
    """Object to the estimate."""
    return _write(records_request, LetterKind.FEE_REFUSAL, transition="refuse_fees", **sent)


@transaction.atomic
def follow_up(records_request: RecordsRequest, **sent: Any) -> Delivery:
    """Ask where it stands: an event, not a state."""
    pending(records_request, "followed up")
    return _write(records_request, LetterKind.FOLLOW_UP, transition=None, **sent)


@transaction.atomic
def pay_fees(
    records_request: RecordsRequest, *, on: date, by: User, at: datetime, note: str = ""
) -> Event:
    """The quoted fee was paid on that day: where fees stop the city's clock, it runs again."""
    request = lock(records_request)
    quoted = request.fees_estimated_on
    days.check(request, on, at=at, after=quoted, after_what="the fee was quoted")
    data = {"amount": f"{request.fee_amount:.2f}"} if request.fee_amount is not None else {}
    return take(request, "pay_fees", on=on, by=by, at=at, data={**data, "text": note})


@transaction.atomic
def _write(
    records_request: RecordsRequest,
    kind: LetterKind,
    *,
    transition: str | None,
    by: User,
    at: datetime,
    text: str,
    channel: str,
    to: str,
    handed_over_on: date | None = None,
    found: sending.Found | None = None,
    data: Mapping[str, Any] | None = None,
) -> Delivery:
    """Move the request, issue the letter, promise its sending, write the event that carries it."""
    request = lock(records_request)
    on = sending.check_handed_over(request, handed_over_on, channel=channel, at=at)
    if not text.strip():
        raise Refused("The letter is empty: write what the city should read.")
    if transition:
        change(request, transition, on=on)
    sending.keep_found(request, found, channel=channel, to=to, by=by, at=at)
    delivery = sending.dispatch(
        request,
        kind=kind,
        text=text,
        by=by,
        at=at,
        channel=channel,
        to=to,
        to_name=request.office.name,
    )
    event_kind = event_of(RecordsRequest, transition) if transition else EventKind.FOLLOWED_UP
    facts = {"channel": channel, "to": to, **(data or {})}
    record(request, event_kind, on=on, by=by, at=at, data=facts, delivery=delivery)
    sending.hand_over_now(delivery, on=handed_over_on, by=by, at=at)
    return delivery
