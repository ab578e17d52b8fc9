"""Everything that a person can record of a request, and what can be recorded now.

`forms.requests.recorded_acts` binds each slug to its action and its form.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django_fsm import can_proceed

from cities.schema.offices import RequestKind
from requests_app.escalations import has_next_office
from requests_app.models import EventKind, LetterKind, RecordsRequest, RequestState, User
from requests_app.permissions import may
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import kinds_marked
from requests_app.vocabulary.kinds_of_request import OF_DATA
from requests_app.vocabulary.states import CHALLENGED, FILED_AND_OPEN, PENDING, REFUSED, WITHHELD

S = RequestState


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be recorded, under its name in an address.

    `verb` is the permission it needs, `transition` the model's move, if any: the transition's own
    guard is asked besides `states`. One that writes a `letter` is edited beside its paper.
    """

    slug: str
    title: str
    label: str
    verb: str
    transition: str = ""
    states: Collection[str] | None = None
    kinds: Collection[str] = tuple(RequestKind)
    after: Collection[EventKind] = ()  # one of these must have happened
    or_late: bool = False  # or the city has missed a day
    letter: LetterKind | None = None
    hint: str = ""
    is_grave: bool = False  # ends something: its button says so
    of_data: tuple[str, str] = ("", "")  # title and label in a request for data
    only_if: Callable[[RecordsRequest], bool] | None = None

    def worded_for(self, kind: str) -> "Act":
        """As it is called in a request of that kind."""
        title, label = self.of_data
        is_other = kind != RequestKind.RECORDS and title
        return replace(self, title=title, label=label) if is_other else self

    def fits(self, state: str, *, happened: Collection[str], is_late: bool) -> bool:
        """Whether it makes sense there and then; the transition's own guard is asked besides."""
        if self.states is not None and state not in self.states:
            return False
        is_due = bool(set(self.after) & set(happened)) or (self.or_late and is_late)
        return not self.after or is_due


# What the city did, offered together.
_ANSWERS = (
    Act("acknowledged", "The city acknowledged the request", "Acknowledged", "record_answer",
        "acknowledge"),
    Act("clarification-requested", "The city asked for clarification", "Asked for clarification",
        "record_answer", "request_clarification"),
    Act("fees-estimated", "The city estimated fees", "Estimated fees", "record_answer",
        "estimate_fees"),
    Act("fees-waived", "The city waived the fees", "Waived the fees", "record_answer",
        "waive_fees"),
    Act("fee-waiver-denied", "The city refused to waive the fees", "Refused the waiver",
        "record_answer", states=(S.AWAITING_FEES,)),
    Act("extended", "The city took more time", "Took more time", "record_answer", states=PENDING),
    Act("produced-in-part", "The city sent some of the records", "Sent some, more to come",
        "record_answer", states=PENDING,
        of_data=("The city did some of it, and more is to come", "Did some, more to come")),
    Act("granted", "The city gave all of the records", "Gave all of it", "record_answer", "grant",
        of_data=("The city did what we asked", "Did what we asked")),
    Act("granted-in-part", "The city gave a part and withheld the rest", "Gave a part",
        "record_answer", "grant_in_part",
        of_data=("The city did a part and refused the rest", "Did a part")),
    Act("denied", "The city denied the request", "Denied it", "record_answer", "deny",
        of_data=("The city refused", "Refused")),
    Act("no-records", "The city has no such records", "Has no such records", "record_answer",
        "find_no_records", of_data=("The city has no such data", "Has no such data")),
    Act("referred", "The city referred us elsewhere", "Referred us elsewhere", "record_answer",
        "refer"),
    Act("grounds-given", "The city stated its grounds", "Stated its grounds", "record_answer",
        states=WITHHELD),
    Act("complied", "The city did what was decided", "Did what was decided", "record_answer",
        states=CHALLENGED),
    Act("city-sued", "The city took the decision to court", "Took it to court", "record_answer",
        states=CHALLENGED),
)  # fmt: skip

# Our answers to what is open, offered beside the next step; a question and a fee may both be.
_REPLIES = (
    Act("clarified", "Answer the clarification", "Answer the clarification", "reply_to_city",
        "clarify", letter=LetterKind.CLARIFICATION_ANSWER),
    Act("clarification-declined", "Decline to answer the clarification", "Decline to answer",
        "reply_to_city", "decline_clarification",
        hint="Once you have told the city that the request stands as it is. The note says how."),
    Act("fees-accepted", "Accept the fees", "Accept the fees", "reply_to_city", "accept_fees",
        letter=LetterKind.FEE_ACCEPTANCE),
    Act("fees-refused", "Object to the fees", "Object to the fees", "reply_to_city", "refuse_fees",
        letter=LetterKind.FEE_REFUSAL),
)  # fmt: skip

# Offered as the next step alone, where the law says so.
_NEXT_STEPS = (
    Act("deemed-denied", "Treat the silence as a denial", "Treat the silence as a denial",
        "treat_as_denial", "deem_denied"),
)  # fmt: skip

_OTHERS = (
    Act("follow-up", "Send a follow-up", "Send a follow-up", "reply_to_city", states=PENDING,
        letter=LetterKind.FOLLOW_UP),
    Act("escalated", "Escalate to the next office", "Escalate", "reply_to_city",
        states=(*PENDING, *REFUSED), kinds=OF_DATA, letter=LetterKind.ESCALATION,
        only_if=has_next_office,
        hint="It goes to whoever comes next by the city’s own guide, with what was asked first. "
        "No law sets a time for it: the newsroom’s reminder begins again."),
    Act("narrowed", "Narrow the request", "Narrow the request", "reply_to_city", states=PENDING,
        letter=LetterKind.NARROWING,
        hint="Less, or more exactly: the request and its day stand, and the rest is dropped."),
    Act("fee-waiver-requested", "Ask for the fee to be waived", "Ask for a fee waiver",
        "reply_to_city", states=PENDING, letter=LetterKind.FEE_WAIVER_REQUEST),
    Act("grounds-requested", "Ask for the grounds of the denial", "Ask for the grounds",
        "reply_to_city", states=WITHHELD, letter=LetterKind.GROUNDS_REQUEST),
    Act("thanked", "Thank the city", "Say thanks", "reply_to_city",
        states=(*PENDING, S.GRANTED, S.GRANTED_IN_PART, S.CLOSED, *CHALLENGED),
        after=kinds_marked(Mark.GIVES), letter=LetterKind.THANKS),
    Act("suit-announced", "Announce a suit", "Announce a suit", "announce_suit",
        states=tuple(state for state in FILED_AND_OPEN if state != S.IN_LITIGATION),
        after=kinds_marked(Mark.REFUSES), or_late=True, letter=LetterKind.NOTICE_OF_SUIT,
        is_grave=True,
        hint="A letter before a suit. It files nothing and moves no clock: talk to counsel first."),
    Act("received", "The custodian has it", "Received", "record_answer", states=PENDING,
        hint="For what was posted, or to correct the day from which the clock runs."),
    Act("fees-paid", "The fees are paid", "Fees paid", "reply_to_city", "pay_fees"),
    Act("note", "Add a note", "Note", "add_note",
        hint="For the newsroom only: it moves no clock and is never sent."),
    Act("closed", "Close the request", "Close", "end_request", "close",
        hint="Everything stays in the ledger."),
    Act("lapsed", "Let the request lapse", "Let it lapse", "end_request", "lapse", is_grave=True,
        hint="For a request the city has closed because it waited for us too long."),
    Act("withdrawn-by-letter", "Withdraw the request by a letter", "Withdraw by letter",
        "end_request", "withdraw", after=(EventKind.SENT, EventKind.RECEIVED),
        letter=LetterKind.WITHDRAWAL, is_grave=True,
        hint="This ends it, and tells the city so. What still waits to be sent is not sent."),
    Act("withdrawn", "Withdraw the request", "Withdraw", "end_request", "withdraw",
        states=FILED_AND_OPEN, is_grave=True,
        hint="This ends it here. If the city has the request, withdraw by a letter instead."),
)  # fmt: skip

# Letters that move no state, as `vocabulary.letter_kinds` describes them.
_OFFERED = tuple(
    Act(offer.slug, offer.title, offer.label, "reply_to_city", states=offer.states,
        kinds=offer.kinds, after=offer.after, letter=kind, hint=offer.hint)
    for kind, offer in LetterKind.offered().items()
)  # fmt: skip

ACTS = {act.slug: act for act in (*_ANSWERS, *_REPLIES, *_NEXT_STEPS, *_OTHERS, *_OFFERED)}
ANSWERS = tuple(act.slug for act in _ANSWERS)
REPLIES = tuple(act.slug for act in _REPLIES)
NEXT_STEPS = tuple(act.slug for act in _NEXT_STEPS)
LETTERS = tuple(act.slug for act in (*_OTHERS, *_OFFERED) if act.letter)
OTHERS = tuple(act.slug for act in _OTHERS if not act.letter)
MORE_REPLIES = {
    S.AWAITING_CLARIFICATION: ("narrowed",),
    S.AWAITING_FEES: ("fee-waiver-requested", "narrowed"),
}


def to_steward(records_request: RecordsRequest) -> tuple[str, ...]:
    """What is offered beside the next step of a request for data."""
    return ("follow-up", "escalated") if records_request.kind in OF_DATA else ()


def offered(
    names: Iterable[str],
    records_request: RecordsRequest,
    user: User,
    *,
    happened: Collection[str],
    is_late: bool,
) -> list[dict[str, Any]]:
    """Those that are possible now, for this person: after what happened, by the kinds of events."""

    @cache
    def can_move(transition: str) -> bool:  # a guard may ask the database
        return not transition or can_proceed(getattr(records_request, transition))

    return [
        {"slug": name, "label": act.worded_for(records_request.kind).label}
        for name, act in ((name, ACTS[name]) for name in names)
        if records_request.kind in act.kinds
        and act.fits(records_request.state, happened=happened, is_late=is_late)
        and can_move(act.transition)
        and (act.only_if is None or act.only_if(records_request))
        and may(user, act.verb, records_request)
    ]
