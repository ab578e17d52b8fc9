"""Everything that a person can record of a request: one table, one page."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django_fsm import can_proceed

from requests_app.actions.requests import aftermath, city_acts, ending, notes, our_letters, silence
from requests_app.forms.requests import city_acts as forms
from requests_app.forms.sending import our_letters as asking
from requests_app.models import EventKind, LetterKind, RecordsRequest, RequestState, User
from requests_app.permissions import may
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.events import kinds_marked


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be recorded. `transition` names the model's move that it needs, if any.

    It has a `form`; or it writes a `letter`, with `typed` for what the wording needs to be told.
    """

    title: str
    label: str
    do: Callable[..., object]
    form: type[forms.ActForm] | None
    verb: str
    transition: str = ""
    states: frozenset[str] | None = None
    after: Collection[EventKind] = ()  # one of these must have happened
    or_late: bool = False  # or the city has missed a day
    letter: LetterKind | None = None
    typed: type[asking.TypedForm] = asking.TypedForm
    hint: str = ""
    is_grave: bool = False  # ends something: its button says so

    def fits(self, state: str, *, happened: Collection[str], is_late: bool) -> bool:
        """Whether it makes sense there and then; the transition's own guard is asked besides."""
        if self.states is not None and state not in self.states:
            return False
        is_due = bool(set(self.after) & set(happened)) or (self.or_late and is_late)
        return not self.after or is_due


PENDING = frozenset({"submitted", "acknowledged", "awaiting_clarification", "awaiting_fees"})
CHALLENGED = frozenset({"under_appeal", "in_litigation"})
WITHHELD = frozenset({"denied", "granted_in_part"}) | CHALLENGED
FILED = frozenset(RequestState.values) - {"draft", "in_review", "approved"}
NEVER_OVER = FILED - {"closed", "withdrawn", "lapsed"}

ACTS: dict[str, Act] = {
    "received": Act(
        "The custodian has it", "Received", city_acts.receive, forms.ReceivedForm, "record_answer",
        states=PENDING,
        hint="For what was posted, or to correct the day from which the clock runs.",
    ),
    "acknowledged": Act(
        "The city acknowledged the request", "Acknowledged", city_acts.acknowledge,
        forms.AnswerForm, "record_answer", "acknowledge",
    ),
    "clarification-requested": Act(
        "The city asked for clarification", "Asked for clarification",
        city_acts.request_clarification, forms.AnswerForm, "record_answer", "request_clarification",
    ),
    "clarified": Act(
        "Answer the clarification", "Answer the clarification", our_letters.clarify, None,
        "reply_to_city", "clarify", letter=LetterKind.CLARIFICATION_ANSWER,
    ),
    "fees-estimated": Act(
        "The city estimated fees", "Estimated fees", city_acts.estimate_fees, forms.FeesForm,
        "record_answer", "estimate_fees",
    ),
    "fees-accepted": Act(
        "Accept the fees", "Accept the fees", our_letters.accept_fees, None, "reply_to_city",
        "accept_fees", letter=LetterKind.FEE_ACCEPTANCE,
    ),
    "fees-refused": Act(
        "Object to the fees", "Object to the fees", our_letters.refuse_fees, None,
        "reply_to_city", "refuse_fees", letter=LetterKind.FEE_REFUSAL,
    ),
    "fees-paid": Act(
        "The fees are paid", "Fees paid", our_letters.pay_fees, forms.ReasonForm, "reply_to_city",
        "pay_fees",
    ),
    "fees-waived": Act(
        "The city waived the fees", "Waived the fees", city_acts.waive_fees, forms.AnswerForm,
        "record_answer", "waive_fees",
    ),
    "fee-waiver-denied": Act(
        "The city refused to waive the fees", "Refused the waiver", aftermath.deny_fee_waiver,
        forms.AnswerForm, "record_answer", states=frozenset({"awaiting_fees"}),
    ),
    "extended": Act(
        "The city took more time", "Took more time", city_acts.extend, forms.ExtensionForm,
        "record_answer", states=PENDING,
    ),
    "produced-in-part": Act(
        "The city sent some of the records", "Sent some, more to come", city_acts.produce_in_part,
        forms.AnswerForm, "record_answer", states=PENDING,
    ),
    "granted": Act(
        "The city gave all of the records", "Gave all of it", city_acts.grant, forms.AnswerForm,
        "record_answer", "grant",
    ),
    "granted-in-part": Act(
        "The city gave a part and withheld the rest", "Gave a part", city_acts.grant_in_part,
        forms.DenialForm, "record_answer", "grant_in_part",
    ),
    "denied": Act(
        "The city denied the request", "Denied it", city_acts.deny, forms.DenialForm,
        "record_answer", "deny",
    ),
    "deemed-denied": Act(
        "Treat the silence as a denial", "Treat the silence as a denial", silence.treat_as_denial,
        forms.ActForm, "treat_as_denial", "deem_denied",
    ),
    "no-records": Act(
        "The city has no such records", "Has no such records", city_acts.find_no_records,
        forms.AnswerForm, "record_answer", "find_no_records",
    ),
    "referred": Act(
        "The city referred us elsewhere", "Referred us elsewhere", city_acts.refer,
        forms.ReferralForm, "record_answer", "refer",
    ),
    "grounds-requested": Act(
        "Ask for the grounds of the denial", "Ask for the grounds", our_letters.request_grounds,
        None, "reply_to_city", states=WITHHELD, letter=LetterKind.GROUNDS_REQUEST,
    ),
    "grounds-given": Act(
        "The city stated its grounds", "Stated its grounds", aftermath.give_grounds,
        forms.AnswerForm, "record_answer", states=WITHHELD,
    ),
    "complied": Act(
        "The city did what was decided", "Did what was decided", aftermath.comply,
        forms.AnswerForm, "record_answer", states=CHALLENGED,
    ),
    "city-sued": Act(
        "The city took the decision to court", "Took it to court", aftermath.sue,
        forms.AnswerForm, "record_answer", states=CHALLENGED,
    ),
    "follow-up": Act(
        "Send a follow-up", "Send a follow-up", our_letters.follow_up, None, "reply_to_city",
        states=PENDING, letter=LetterKind.FOLLOW_UP,
    ),
    "fee-waiver-requested": Act(
        "Ask for the fee to be waived", "Ask for a fee waiver", our_letters.request_fee_waiver,
        None, "reply_to_city", states=PENDING, letter=LetterKind.FEE_WAIVER_REQUEST,
        typed=asking.FeeWaiverForm,
    ),
    "narrowed": Act(
        "Narrow the request", "Narrow the request", our_letters.narrow, None, "reply_to_city",
        states=PENDING, letter=LetterKind.NARROWING, typed=asking.NarrowingForm,
        hint="Less, or more exactly: the request and its day stand, and the rest is dropped.",
    ),
    "thanked": Act(
        "Thank the city", "Say thanks", our_letters.thank, None, "reply_to_city",
        states=PENDING | {"granted", "granted_in_part", "closed"} | CHALLENGED,
        after=kinds_marked(Mark.GIVES), letter=LetterKind.THANKS,
    ),
    "suit-announced": Act(
        "Announce a suit", "Announce a suit", our_letters.announce_suit, None, "announce_suit",
        states=NEVER_OVER - {"in_litigation"}, after=kinds_marked(Mark.REFUSES), or_late=True,
        letter=LetterKind.NOTICE_OF_SUIT, typed=asking.SuitForm, is_grave=True,
        hint="A letter before a suit. It files nothing and moves no clock: talk to counsel first.",
    ),
    "note": Act(
        "Add a note", "Note", notes.note, forms.NoteForm, "add_note",
        hint="For the newsroom only: it moves no clock and is never sent.",
    ),
    "closed": Act(
        "Close the request", "Close", ending.close, forms.ReasonForm, "end_request", "close",
        hint="Everything stays in the ledger.",
    ),
    "withdrawn-by-letter": Act(
        "Withdraw the request by a letter", "Withdraw by letter", ending.withdraw_by_letter, None,
        "end_request", "withdraw", after=(EventKind.SENT, EventKind.RECEIVED),
        letter=LetterKind.WITHDRAWAL,
        typed=asking.WithdrawalLetterForm, is_grave=True,
        hint="This ends it, and tells the city so. What still waits to be sent is not sent.",
    ),
    "withdrawn": Act(
        "Withdraw the request", "Withdraw", ending.withdraw, forms.ReasonForm, "end_request",
        "withdraw", is_grave=True,
        hint="This ends it here. If the city has the request, withdraw by a letter instead.",
    ),
    "lapsed": Act(
        "Let the request lapse", "Let it lapse", ending.lapse, forms.ReasonForm, "end_request",
        "lapse", is_grave=True,
        hint="For a request the city has closed because it waited for us too long.",
    ),
}  # fmt: skip

ANSWERS = (
    "acknowledged", "clarification-requested", "fees-estimated", "fees-waived", "fee-waiver-denied",
    "extended", "produced-in-part", "granted", "granted-in-part", "denied", "no-records",
    "referred", "grounds-given", "complied", "city-sued",
)  # fmt: skip
# Our answers to what is open, offered beside the next step; a question and a fee may both be.
REPLIES = ("clarified", "fees-accepted", "fees-refused")
MORE_REPLIES = {
    "awaiting_clarification": ("narrowed",),
    "awaiting_fees": ("fee-waiver-requested", "narrowed"),
}
OTHERS = (
    "follow-up", "narrowed", "fee-waiver-requested", "grounds-requested", "thanked",
    "suit-announced", "received", "fees-paid", "note", "closed", "lapsed", "withdrawn-by-letter",
    "withdrawn",
)  # fmt: skip


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
        {"slug": name, "label": act.label}
        for name, act in ((name, ACTS[name]) for name in names)
        if act.fits(records_request.state, happened=happened, is_late=is_late)
        and can_move(act.transition)
        and may(user, act.verb, records_request)
    ]
