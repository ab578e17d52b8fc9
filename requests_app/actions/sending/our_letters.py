"""What we write to the city: each is a letter, a sending, and one event."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.requests.city_acts import pending
from requests_app.actions.sending import deliveries
from requests_app.actions.transitions import change, lock, record, take
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import (
    Delivery,
    Event,
    EventKind,
    LetterKind,
    RecordsRequest,
    RequestState,
)
from requests_app.models.requests.transition_decorator import leaves
from requests_app.vocabulary.dates_and_amounts import short_weekday
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import kinds_marked


def clarify(records_request: RecordsRequest, **sent: Any) -> Delivery:
    """Answer the city's question. See `write` for the arguments."""
    return write(records_request, LetterKind.CLARIFICATION_ANSWER, transition="clarify", **sent)


def accept_fees(records_request: RecordsRequest, **sent: Any) -> Delivery:
    """Agree to the estimate. The fee is not paid by that: see `pay_fees`."""
    return write(records_request, LetterKind.FEE_ACCEPTANCE, transition="accept_fees", **sent)


def refuse_fees(records_request: RecordsRequest, **sent: Any) -> Delivery:
    """Object to the estimate."""
    return write(records_request, LetterKind.FEE_REFUSAL, transition="refuse_fees", **sent)


@transaction.atomic
def follow_up(records_request: RecordsRequest, **sent: Any) -> Delivery:
    """Ask where it stands: an event, not a state."""
    pending(records_request, "followed up")
    return write(records_request, LetterKind.FOLLOW_UP, event_kind=EventKind.FOLLOWED_UP, **sent)


@transaction.atomic
def request_grounds(records_request: RecordsRequest, **sent: Any) -> Delivery:
    """Ask for the grounds of a denial in writing: in Missouri a clock of its own (§ 610.023.4)."""
    request = lock(records_request)
    withholding = kinds_marked(Mark.WITHHOLDS)
    withheld = request.events.filter(kind__in=withholding).in_order().last()
    if withheld is None or request.is_over:
        raise Refused(
            "The city has withheld nothing in writing here, so there are no grounds to ask for: "
            "record its denial first. Nothing was changed."
        )
    return write(
        request, LetterKind.GROUNDS_REQUEST, event_kind=EventKind.GROUNDS_REQUESTED, **sent
    )


@transaction.atomic
def request_fee_waiver(records_request: RecordsRequest, **sent: Any) -> Delivery:
    """Ask for the fee to be waived or reduced, before it is quoted or after."""
    request = pending(records_request, "asked to be freed of fees")
    if request.fees_settled_on:
        raise Refused(
            f"The fee was settled on {short_weekday(request.fees_settled_on)}: there is none left "
            "to waive. Nothing was changed."
        )
    kind = LetterKind.FEE_WAIVER_REQUEST
    return write(request, kind, event_kind=EventKind.FEE_WAIVER_REQUESTED, **sent)


@transaction.atomic
def narrow(
    records_request: RecordsRequest,
    *,
    entered: Mapping[str, Any],
    answers_question: bool = False,
    **sent: Any,
) -> Delivery:
    """Ask for less than before: `entered` names it as `narrowed`, a list.

    The ledger keeps it as what is asked for from then on. Where the city's question is open, the
    narrowing may be its answer: then it is that event.
    """
    request = pending(records_request, "narrowed")
    asked = [line.strip() for line in entered.get("narrowed", ()) if line.strip()]
    if not asked:
        raise Refused("Say what you ask for now, a line for each thing.")
    how: dict[str, Any] = (
        {"transition": "clarify"} if answers_question else {"event_kind": EventKind.NARROWED}
    )
    told = {"narrowed": asked}
    return write(request, LetterKind.NARROWING, data=told, entered=told, **how, **sent)


@transaction.atomic
def thank(records_request: RecordsRequest, **sent: Any) -> Delivery:
    """A courtesy, once the city gave something; also when the request is closed already."""
    request = lock(records_request)
    if not request.events.filter(kind__in=kinds_marked(Mark.GIVES)).exists():
        raise Refused(
            "The city has given nothing yet to thank it for: record what it gave first. "
            "Nothing was changed."
        )
    return write(request, LetterKind.THANKS, event_kind=EventKind.THANKED, **sent)


@transaction.atomic
def announce_suit(records_request: RecordsRequest, *, by: Attribution, **sent: Any) -> Delivery:
    """Tell the city that we will go to court unless it answers. It files nothing."""
    request = lock(records_request)
    if request.is_over or request.state == RequestState.IN_LITIGATION:
        stands = request.get_state_display().lower()
        raise Refused(f"This is {stands}, so no suit can be announced now. Nothing was changed.")
    is_refused = request.events.filter(kind__in=kinds_marked(Mark.REFUSES)).exists()
    today = days.today(request, by.at)
    is_late = request.deadlines.filter(whose="city").late(on=today).exists()
    if not (is_refused or (request.is_pending and is_late)):
        raise Refused(
            "The city has neither refused anything nor missed a day: there is nothing to sue over "
            "yet. Nothing was changed."
        )
    kind = LetterKind.NOTICE_OF_SUIT
    return write(request, kind, event_kind=EventKind.SUIT_ANNOUNCED, by=by, **sent)


@transaction.atomic
def decline_clarification(
    records_request: RecordsRequest, *, on: date, by: Attribution, note: str = ""
) -> Event:
    """We said that we will not answer the question. In Oregon the city's days run again, as after
    an answer (ORS 192.329(4))."""
    request = lock(records_request)
    asked = request.clarification_requested_on
    days.check(request, on, at=by.at, after=asked, after_what="the city asked")
    return take(request, "decline_clarification", Occasion(by, on, {"text": note}))


@transaction.atomic
def pay_fees(
    records_request: RecordsRequest, *, on: date, by: Attribution, note: str = ""
) -> Event:
    """The quoted fee was paid on that day: where fees stop the city's clock, it runs again."""
    request = lock(records_request)
    quoted = request.fees_estimated_on
    days.check(request, on, at=by.at, after=quoted, after_what="the fee was quoted")
    data = {"amount": f"{request.fee_amount:.2f}"} if request.fee_amount is not None else {}
    return take(request, "pay_fees", Occasion(by, on, {**data, "text": note}))


@transaction.atomic
def write(
    records_request: RecordsRequest,
    kind: LetterKind,
    *,
    transition: str = "",
    event_kind: EventKind | None = None,
    is_carried: bool = True,
    by: Attribution,
    text: str,
    channel: str,
    to: str,
    handed_over_on: date | None = None,
    confirmation: str = "",
    found: deliveries.Found | None = None,
    data: Mapping[str, Any] | None = None,
    entered: Mapping[str, Any] | None = None,
) -> Delivery:
    """Move the request, issue the letter, promise its sending, write the event that carries it.

    A transition names its own event; a letter that moves no state is given one, `event_kind`.
    `entered` is what a person typed for the wording.
    An act that stands whether or not its letter arrives is not `is_carried` by it.
    """
    request = lock(records_request)
    asked_on, asked = _asked(request, transition)
    on = deliveries.check_handed_over(
        request, handed_over_on, channel=channel, at=by.at, after=asked_on, after_what=asked
    )
    if not text.strip():
        raise Refused("The letter is empty: write what the city should read.")
    if transition:
        change(request, transition, on=on)
    deliveries.keep_found(
        request,
        found,
        channel=channel,
        to=to,
        by=by,
    )
    delivery = deliveries.dispatch(
        request,
        kind=kind,
        text=text,
        on=on,
        by=by,
        channel=channel,
        to=to,
        to_name=request.office.name,
        entered=entered,
    )
    kind_of_event = event_kind or leaves(RecordsRequest, transition).event
    facts = {"channel": channel, "to": to, **(data or {})}
    carrier = delivery if is_carried else None
    record(request, kind_of_event, Occasion(by, on, facts, delivery=carrier))
    deliveries.hand_over_now(delivery, on=handed_over_on, by=by, confirmation=confirmation)
    return delivery


def _asked(request: RecordsRequest, transition: str) -> tuple[date | None, str]:
    """The day of what our letter answers, and what it was."""
    if transition == "clarify":
        return request.clarification_requested_on, "the city asked"
    if transition in {"accept_fees", "refuse_fees"}:
        return request.fees_estimated_on, "the fee was quoted"
    return request.submitted_on, "it was submitted"
