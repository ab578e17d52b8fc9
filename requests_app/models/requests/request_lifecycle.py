"""Where a request stands, and the moves that the law and the newsroom allow it.

Each transition is given `on`, the city's day of what happened; those that keep it set a field.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django_fsm import GET_STATE, FSMField

from requests_app.models.guards.state_guard import GuardedState
from requests_app.models.requests.transition_decorator import Leaves, transition
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import EventKind, kinds_marked
from requests_app.vocabulary.states import (
    ANSWERABLE,
    CHALLENGED,
    OPEN,
    OVER,
    PENDING,
    REFUSED,
    UNDECIDED,
    UNFILED,
    RequestState,
)

S = RequestState
K = EventKind
# A later answer of the city takes the place of an earlier one.
ANSWERS = frozenset({K.GRANTED}) | kinds_marked(Mark.REFUSES)
BACK_TO_DRAFT = (K.RETURNED, K.DRAFT_BROUGHT_BACK)
NO_QUESTION = "No question of the city's is open: record the one it asked first."
NO_FEE_WAITS = "No fee estimate is waiting for an answer: record the city's estimate first."
NO_FEE_UNPAID = "No fee was quoted that is still unpaid: record the city's estimate first."


# Guards of the transitions below. django-fsm hands them a bare model, hence Any.
def has_fresh_review(request: Any) -> bool:
    """Approved, or of a newsroom that does not review."""
    return bool(request.state == S.APPROVED or not request.newsroom.reviews_before_filing)


def clarification_is_open(request: Any) -> bool:
    return request.clarification_requested_on is not None and request.clarified_on is None


def fees_are_open(request: Any) -> bool:
    return request.fees_estimated_on is not None and request.fees_answered_on is None


def fees_are_unsettled(request: Any) -> bool:
    return request.fees_estimated_on is not None and request.fees_settled_on is None


def is_not_denied_in_writing(request: Any) -> bool:
    return request.denied_on is None or request.is_denied_by_silence


def appeals_are_settled(request: Any) -> bool:
    return all(appeal.state not in UNDECIDED for appeal in request.appeals.all())


def _still_waiting_for(request: "RequestLifecycle", *args: Any, **kwargs: Any) -> str:
    """Where a pending request stands once an act is done: whatever is still open decides."""
    if clarification_is_open(request):
        return S.AWAITING_CLARIFICATION
    if fees_are_open(request):
        return S.AWAITING_FEES
    return S.ACKNOWLEDGED if request.acknowledged_on else S.SUBMITTED


STILL_PENDING = GET_STATE(_still_waiting_for, states=list(PENDING))
# After a challenge is begun or decided, a court's case outranks any other.
CHALLENGE = GET_STATE(
    lambda request, *args, **kwargs: (
        S.IN_LITIGATION
        if kwargs.get("in_court") or request.state == S.IN_LITIGATION
        else S.UNDER_APPEAL
    ),
    states=list(CHALLENGED),
)


class RequestLifecycle(GuardedState, models.Model):
    """A request's state, its days, and its transitions; drawn in docs/states.md."""

    state = FSMField(default=S.DRAFT, choices=S.choices, protected=True)
    # Set by the transitions below, on the city's own days.
    city_reference = models.CharField("the city's tracking number", max_length=120, blank=True)
    submitted_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    clarification_requested_on = models.DateField(null=True)
    clarified_on = models.DateField(null=True)
    fees_estimated_on = models.DateField(null=True)
    fee_amount = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    fees_answered_on = models.DateField(null=True)  # accepted, refused, paid or waived
    fees_settled_on = models.DateField(null=True)  # paid or waived
    denied_on = models.DateField(null=True)
    is_denied_by_silence = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)

    class Meta:
        abstract = True

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    # -- in the newsroom --
    @transition(
        S.DRAFT, S.IN_REVIEW, Leaves(K.SENT_TO_REVIEW, "sent to review", undone_by=BACK_TO_DRAFT)
    )
    def send_to_review(self, *, on: date) -> None: ...

    @transition(S.IN_REVIEW, S.APPROVED, Leaves(K.APPROVED, "approved", undone_by=BACK_TO_DRAFT))
    def approve(self, *, on: date) -> None: ...

    @transition(
        [S.IN_REVIEW, S.APPROVED],
        S.DRAFT,
        Leaves(K.RETURNED, "returned", undone_by=(K.SENT_TO_REVIEW, K.SUBMITTED)),
    )
    def return_to_draft(self, *, on: date) -> None: ...

    @transition(
        [S.DRAFT, S.APPROVED],
        S.SUBMITTED,
        Leaves(
            K.SUBMITTED,
            "submitted",
            unless="This newsroom reviews before filing: send it to an editor first.",
        ),
        only_if=has_fresh_review,
    )
    def submit(self, *, on: date) -> None:
        self.submitted_on = on

    @transition(
        UNFILED,
        S.DISCARDED,
        Leaves(K.DRAFT_DISCARDED, "discarded", undone_by=(K.DRAFT_BROUGHT_BACK,)),
    )
    def discard(self, *, on: date) -> None:
        self.ended_on = on

    @transition(
        S.DISCARDED,
        S.DRAFT,
        Leaves(K.DRAFT_BROUGHT_BACK, "brought back", undone_by=(K.DRAFT_DISCARDED,)),
    )
    def bring_back(self, *, on: date) -> None:
        self.ended_on = None

    # -- the city's acts, and our answers to them --
    @transition(S.SUBMITTED, S.ACKNOWLEDGED, Leaves(K.ACKNOWLEDGED, "acknowledged"))
    def acknowledge(self, *, on: date) -> None:
        self.acknowledged_on = on

    @transition(
        PENDING,
        S.AWAITING_CLARIFICATION,
        Leaves(
            K.CLARIFICATION_REQUESTED,
            "put on hold for a clarification",
            undone_by=(K.CLARIFIED, K.CLARIFICATION_DECLINED),
        ),
    )
    def request_clarification(self, *, on: date) -> None:
        self.clarification_requested_on, self.clarified_on = on, None

    @transition(
        PENDING,
        STILL_PENDING,
        Leaves(
            K.CLARIFIED,
            "clarified",
            unless=NO_QUESTION,
            undone_by=(K.CLARIFICATION_REQUESTED,),
        ),
        only_if=clarification_is_open,
    )
    def clarify(self, *, on: date) -> None:
        self.clarified_on = on

    @transition(
        PENDING,
        STILL_PENDING,
        Leaves(
            K.CLARIFICATION_DECLINED,
            "left without the clarification",
            unless=NO_QUESTION,
            undone_by=(K.CLARIFICATION_REQUESTED,),
        ),
        only_if=clarification_is_open,
    )
    def decline_clarification(self, *, on: date) -> None:
        """The question is answered with a no, and is open no longer."""
        self.clarified_on = on

    @transition(
        PENDING,
        S.AWAITING_FEES,
        Leaves(
            K.FEES_ESTIMATED,
            "given a fee estimate",
            undone_by=(K.FEES_ACCEPTED, K.FEES_REFUSED, K.FEES_PAID, K.FEES_WAIVED),
            reads=lambda request, data: {"amount": Decimal(data["amount"])},
        ),
    )
    def estimate_fees(self, *, on: date, amount: Any) -> None:
        self.fees_estimated_on, self.fee_amount = on, amount
        self.fees_answered_on = self.fees_settled_on = None

    @transition(
        PENDING,
        STILL_PENDING,
        Leaves(
            K.FEES_ACCEPTED,
            "answered with an acceptance of fees",
            unless=NO_FEE_WAITS,
            undone_by=(K.FEES_ESTIMATED,),
        ),
        only_if=fees_are_open,
    )
    def accept_fees(self, *, on: date) -> None:
        self.fees_answered_on = on

    @transition(
        PENDING,
        STILL_PENDING,
        Leaves(
            K.FEES_REFUSED,
            "answered with a refusal of fees",
            unless=NO_FEE_WAITS,
            undone_by=(K.FEES_ESTIMATED,),
        ),
        only_if=fees_are_open,
    )
    def refuse_fees(self, *, on: date) -> None:
        self.fees_answered_on = on

    @transition(
        PENDING,
        STILL_PENDING,
        Leaves(K.FEES_PAID, "paid for", unless=NO_FEE_UNPAID, undone_by=(K.FEES_ESTIMATED,)),
        only_if=fees_are_unsettled,
    )
    def pay_fees(self, *, on: date) -> None:
        self.fees_answered_on, self.fees_settled_on = self.fees_answered_on or on, on

    @transition(
        PENDING,
        STILL_PENDING,
        Leaves(K.FEES_WAIVED, "freed of fees", unless=NO_FEE_UNPAID, undone_by=(K.FEES_ESTIMATED,)),
        only_if=fees_are_unsettled,
    )
    def waive_fees(self, *, on: date) -> None:
        self.fees_answered_on, self.fees_settled_on = self.fees_answered_on or on, on

    # -- the city's answers --
    @transition(ANSWERABLE, S.GRANTED, Leaves(K.GRANTED, "granted", undone_by=ANSWERS))
    def grant(self, *, on: date) -> None: ...

    @transition(
        [state for state in ANSWERABLE if state != S.GRANTED_IN_PART],
        S.GRANTED_IN_PART,
        Leaves(K.GRANTED_IN_PART, "granted in part", undone_by=ANSWERS),
    )
    def grant_in_part(self, *, on: date) -> None: ...

    @transition(
        [*PENDING, S.DENIED, S.REFERRED],
        S.DENIED,
        Leaves(
            K.DENIED,
            "denied",
            unless="The city's written denial is already recorded.",
            undone_by=ANSWERS,
        ),
        only_if=is_not_denied_in_writing,
    )
    def deny(self, *, on: date) -> None:
        self.denied_on, self.is_denied_by_silence = on, False

    @transition(PENDING, S.DENIED, Leaves(K.DEEMED_DENIED, "treated as denied", undone_by=ANSWERS))
    def deem_denied(self, *, on: date) -> None:
        """Whether the statute treats silence as a denial, the action asks the pack."""
        self.denied_on, self.is_denied_by_silence = on, True

    @transition(
        [*PENDING, S.DENIED, S.REFERRED],
        S.NO_RECORDS,
        Leaves(K.NO_RECORDS, "answered with “no records”", undone_by=ANSWERS),
    )
    def find_no_records(self, *, on: date) -> None: ...

    @transition([*PENDING, S.DENIED], S.REFERRED, Leaves(K.REFERRED, "referred", undone_by=ANSWERS))
    def refer(self, *, on: date) -> None: ...

    # -- challenges --
    @transition(
        [*PENDING, S.GRANTED, *REFUSED, *CHALLENGED],
        CHALLENGE,
        # The request's move and the appeal's filing are one act, and so one event.
        Leaves(
            K.APPEAL_FILED,
            "appealed",
            reads=lambda request, data: {"in_court": request.city.route(data["route"]).is_court},
        ),
    )
    def challenge(self, *, on: date, in_court: bool) -> None:
        """An appeal is filed, here or in court. The action asks the pack which routes are open."""

    # -- the end --
    @transition(
        [S.GRANTED, *REFUSED, *CHALLENGED],
        S.CLOSED,
        Leaves(
            K.CLOSED,
            "closed",
            unless="An appeal is still open: record its decision or withdraw it first.",
        ),
        only_if=appeals_are_settled,
    )
    def close(self, *, on: date) -> None:
        self.ended_on = on

    @transition(
        OPEN,
        S.WITHDRAWN,
        Leaves(K.WITHDRAWN, "withdrawn", unless="An appeal is still open: withdraw it first."),
        only_if=appeals_are_settled,
    )
    def withdraw(self, *, on: date) -> None:
        self.ended_on = on

    @transition(PENDING, S.LAPSED, Leaves(K.LAPSED, "marked as lapsed"))
    def lapse(self, *, on: date) -> None:
        self.ended_on = on
