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
    return _write(records_request, LetterKind.FOLLOW_UP, event_kind=EventKind.FOLLOWED_UP, **sent)


@transaction.atomic
def request_grounds(records_request: RecordsRequest, **sent: Any) -> Delivery:
    """Ask for the grounds of a denial in writing: in Missouri a clock of its own (§ 610.023.4)."""
    request = lock(records_request)
    kinds = (EventKind.DENIED, EventKind.GRANTED_IN_PART)
    withheld = request.events.filter(kind__in=kinds).in_order().last()
    if withheld is None or request.is_over:
        raise Refused(
            "The city has withheld nothing in writing here, so there are no grounds to ask for: "
            "record its denial first. Nothing was changed."
        )
    return _write(
        request, LetterKind.GROUNDS_REQUEST, event_kind=EventKind.GROUNDS_REQUESTED, **sent
    )


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
    transition: str = "",
    event_kind: EventKind | None = None,
    by: User,
    at: datetime,
    text: str,
    channel: str,
    to: str,
    handed_over_on: date | None = None,
    confirmation: str = "",
    found: sending.Found | None = None,
    data: Mapping[str, Any] | None = None,
) -> Delivery:
    """Move the request, issue the letter, promise its sending, write the event that carries it.

    A transition names its own event; a letter that moves no state is given one, `event_kind`.
    """
    request = lock(records_request)
    asked_on, asked = _asked(request, transition)
    on = sending.check_handed_over(
        request, handed_over_on, channel=channel, at=at, after=asked_on, after_what=asked
    )
    if not text.strip():
        raise Refused("The letter is empty: write what the city should read.")
    if transition:
        change(request, transition, on=on)
    sending.keep_found(request, found, channel=channel, to=to, by=by, at=at)
    delivery = sending.dispatch(
        request,
        kind=kind,
        text=text,
        on=on,
        by=by,
        at=at,
        channel=channel,
        to=to,
        to_name=request.office.name,
    )
    kind_of_event = event_kind or event_of(RecordsRequest, transition)
    facts = {"channel": channel, "to": to, **(data or {})}
    record(request, kind_of_event, on=on, by=by, at=at, data=facts, delivery=delivery)
    sending.hand_over_now(delivery, on=handed_over_on, by=by, at=at, confirmation=confirmation)
    return delivery


def _asked(request: RecordsRequest, transition: str) -> tuple[date | None, str]:
    """The day of what our letter answers, and what it was."""
    if transition == "clarify":
        return request.clarification_requested_on, "the city asked"
    if transition in {"accept_fees", "refuse_fees"}:
        return request.fees_estimated_on, "the fee was quoted"
    return request.submitted_on, "it was submitted"
