"""What we write to the city: each is a letter, a sending, and one event."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import transaction

from requests_app import ledger
from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.requests.city_act_recording import lock_pending
from requests_app.actions.sending import deliveries
from requests_app.actions.transitions import change, lock, record, take
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.letters import PlannedLetter, Sending
from requests_app.models import (
    Attachment,
    Communication,
    Delivery,
    Event,
    EventKind,
    LetterKind,
    RecordsRequest,
    RequestState,
)
from requests_app.models.requests.transition_decorator import leaves
from requests_app.office_contacts import role_written_to
from requests_app.policy.rights import has_lapsed
from requests_app.vocabulary.dates_and_amounts import short_weekday
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import kinds_marked


@dataclass(frozen=True, slots=True)
class FurtherExhibits:
    """What a person chose to stand behind a supplement, by kind and key of the paper: a letter, a
    message or a file; and whether they confirmed that what has no pages goes beside it."""

    papers: tuple[tuple[str, int], ...]
    is_beside_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class OurLetter:
    """A letter as a person sends it: its words, how it goes, what its template asked of them."""

    text: str
    sending: Sending
    entered: Mapping[str, Any] = field(default_factory=dict)
    answers: Communication | None = None  # and of a reply in one's own words
    chosen_files: tuple[Attachment, ...] = ()  # that go along; none, of most kinds
    exhibits: FurtherExhibits | None = None  # behind a supplement


@dataclass(frozen=True, slots=True)
class WrittenAct:
    """A kind of letter, and what sending it does: a transition, or an event that moves no state.

    An act that stands whether or not its letter arrives is not `is_carried` by it.
    """

    letter: LetterKind
    transition: str = ""
    event: EventKind | None = None
    is_carried: bool = True

    @property
    def leaves_event(self) -> EventKind:
        return self.event or leaves(RecordsRequest, self.transition).event


L, E = LetterKind, EventKind
CLARIFICATION_ANSWER = WrittenAct(L.CLARIFICATION_ANSWER, "clarify")
FEE_ACCEPTANCE = WrittenAct(L.FEE_ACCEPTANCE, "accept_fees")
FEE_REFUSAL = WrittenAct(L.FEE_REFUSAL, "refuse_fees")
FEE_WAIVER_REQUEST = WrittenAct(L.FEE_WAIVER_REQUEST, event=E.FEE_WAIVER_REQUESTED)
FOLLOW_UP = WrittenAct(L.FOLLOW_UP, event=E.FOLLOWED_UP)
GROUNDS_REQUEST = WrittenAct(L.GROUNDS_REQUEST, event=E.GROUNDS_REQUESTED)
NARROWING = WrittenAct(L.NARROWING, event=E.NARROWED)
NARROWING_THAT_ANSWERS = WrittenAct(L.NARROWING, "clarify")
NOTICE_OF_SUIT = WrittenAct(L.NOTICE_OF_SUIT, event=E.SUIT_ANNOUNCED)
THANKS = WrittenAct(L.THANKS, event=E.THANKED)
REPLY = WrittenAct(L.REPLY, event=E.REPLIED)
WITHDRAWAL = WrittenAct(L.WITHDRAWAL, "withdraw", is_carried=False)


def clarify(records_request: RecordsRequest, *, letter: OurLetter, by: Attribution) -> Delivery:
    """Answer the city's question."""
    return write(records_request, CLARIFICATION_ANSWER, letter, by=by)


def accept_fees(records_request: RecordsRequest, *, letter: OurLetter, by: Attribution) -> Delivery:
    """Agree to the estimate. The fee is not paid by that: see `pay_fees`."""
    return write(records_request, FEE_ACCEPTANCE, letter, by=by)


def refuse_fees(records_request: RecordsRequest, *, letter: OurLetter, by: Attribution) -> Delivery:
    """Object to the estimate."""
    return write(records_request, FEE_REFUSAL, letter, by=by)


@transaction.atomic
def follow_up(records_request: RecordsRequest, *, letter: OurLetter, by: Attribution) -> Delivery:
    """Ask where it stands: an event, not a state."""
    lock_pending(records_request, "followed up")
    return write(records_request, FOLLOW_UP, letter, by=by)


@transaction.atomic
def request_grounds(
    records_request: RecordsRequest, *, letter: OurLetter, by: Attribution
) -> Delivery:
    """Ask for the grounds of a denial in writing: in Missouri a clock of its own (§ 610.023.4)."""
    request = lock(records_request)
    withholding = kinds_marked(Mark.WITHHOLDS)
    withheld = request.events.effective().filter(kind__in=withholding).in_order().last()
    if withheld is None or request.is_over:
        raise Refused(
            "The city has withheld nothing in writing here, so there are no grounds to ask for: "
            "record its denial first. Nothing was changed."
        )
    return write(request, GROUNDS_REQUEST, letter, by=by)


@transaction.atomic
def request_fee_waiver(
    records_request: RecordsRequest, *, letter: OurLetter, by: Attribution
) -> Delivery:
    """Ask for the fee to be waived or reduced, before it is quoted or after."""
    request = lock_pending(records_request, "asked to be freed of fees")
    if request.fees_settled_on:
        raise Refused(
            f"The fee was settled on {short_weekday(request.fees_settled_on)}: there is none left "
            "to waive. Nothing was changed."
        )
    return write(request, FEE_WAIVER_REQUEST, letter, by=by)


@transaction.atomic
def narrow(
    records_request: RecordsRequest,
    *,
    letter: OurLetter,
    by: Attribution,
    answers_question: bool = False,
) -> Delivery:
    """Ask for less than before: the letter's `entered` names it as `narrowed`, a list.

    The ledger keeps it as what is asked for from then on. Where the city's question is open, the
    narrowing may be its answer: then it is that event.
    """
    request = lock_pending(records_request, "narrowed")
    asked = [line.strip() for line in letter.entered.get("narrowed", ()) if line.strip()]
    if not asked:
        raise Refused("Say what you ask for now, a line for each thing.")
    act = NARROWING_THAT_ANSWERS if answers_question else NARROWING
    entered = {"narrowed": asked}
    return write(request, act, replace(letter, entered=entered), by=by, data=entered)


@transaction.atomic
def thank(records_request: RecordsRequest, *, letter: OurLetter, by: Attribution) -> Delivery:
    """A courtesy, once the city gave something; also when the request is closed already."""
    request = lock(records_request)
    if not request.events.effective().filter(kind__in=kinds_marked(Mark.GIVES)).exists():
        raise Refused(
            "The city has given nothing yet to thank it for: record what it gave first. "
            "Nothing was changed."
        )
    return write(request, THANKS, letter, by=by)


@transaction.atomic
def announce_suit(
    records_request: RecordsRequest, *, letter: OurLetter, by: Attribution
) -> Delivery:
    """Tell the city that we will go to court unless it answers. It files nothing."""
    request = lock(records_request)
    if request.is_over or request.state == RequestState.IN_LITIGATION:
        stands = request.get_state_display().lower()
        raise Refused(f"This is {stands}, so no suit can be announced now. Nothing was changed.")
    is_refused = request.events.effective().filter(kind__in=kinds_marked(Mark.REFUSES)).exists()
    is_late = has_lapsed(ledger.standing_for(request), on=days.today(request, by.at))
    if not (is_refused or (request.is_pending and is_late)):
        raise Refused(
            "The city has neither refused anything nor missed a day: there is nothing to sue over "
            "yet. Nothing was changed."
        )
    return write(request, NOTICE_OF_SUIT, letter, by=by)


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
    act: WrittenAct,
    letter: OurLetter,
    *,
    by: Attribution,
    data: Mapping[str, Any] | None = None,
) -> Delivery:
    """Move the request, issue the letter, promise its sending, write the event that carries it."""
    request, sending = lock(records_request), letter.sending
    asked_on, asked = _asked(request, act)
    on = deliveries.day_of_act(request, sending, at=by.at, after=asked_on, after_what=asked)
    if not letter.text.strip():
        raise Refused("The letter is empty: write what the city should read.")
    if act.transition:
        change(request, act.transition, on=on)
    role = role_written_to(request, act.letter)
    deliveries.keep_found_address(request, sending, by=by, office_role=role)
    planned = PlannedLetter(
        request,
        act.letter,
        sending,
        on,
        by.user,
        answers=letter.answers,
        chosen_files=letter.chosen_files,
    )
    delivery = deliveries.issue_and_promise(planned, letter.text, by=by, entered=letter.entered)
    facts = {"channel": sending.channel, "to": sending.to, **(data or {})}
    facts |= deliveries.copies_recorded(delivery.letter)
    carrier = delivery if act.is_carried else None
    record(request, act.leaves_event, Occasion(by, on, facts, delivery=carrier))
    deliveries.hand_over_now(delivery, sending, by=by)
    return delivery


def _asked(request: RecordsRequest, act: WrittenAct) -> tuple[date | None, str]:
    """The day of what our letter answers, and what it was."""
    if act.transition == "clarify":
        return request.clarification_requested_on, "the city asked"
    if act.transition in {"accept_fees", "refuse_fees"}:
        return request.fees_estimated_on, "the fee was quoted"
    return request.submitted_on, "it was submitted"
