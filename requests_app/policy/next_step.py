"""What to do next with a request: where its step leads, and what its button is called.

Which step it is, the headline says (`requests_app.headlines`); why, `policy.step_words` says.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from requests_app.escalations import has_next_office
from requests_app.models import Headline, RecordsRequest, RequestState, User
from requests_app.permissions import is_editor
from requests_app.policy.acts import ACTS
from requests_app.vocabulary.dates_and_amounts import count, near_weekday
from requests_app.vocabulary.headlines import NextStep, Turn


class Page(StrEnum):
    """Where a step leads: an act to be recorded, a part of the request's page, or another page."""

    ACT = "an act"
    DELIVERIES = "the request's deliveries"
    REVIEW = "the request's review"
    BRING_BACK = "bringing a discarded draft back"
    ROUTES = "the request's routes"
    SEND_TO_REVIEW = "sending it to review"
    SUBMIT = "filing it"
    HAND_OVER = "a delivery's hand-over"
    RETRY = "a delivery's next try"
    APPEAL = "an appeal"
    MESSAGE = "a message of the city's"
    RECORDS_REQUEST = "turning it into a records request"
    DATASET_CHANGE = "a change of the dataset that it is about"


@dataclass(frozen=True, slots=True)
class Step:
    """`label` and `page` are empty where there is nothing to do but wait.

    `act` is the slug of what is to be recorded, `number` the key of the delivery, the message or
    the appeal. `is_ours`: it waits for us, or for the one of us who asks, and not for the city.
    """

    title: str
    label: str = ""
    page: Page | None = None
    act: str = ""
    number: int | None = None
    is_ours: bool = False
    is_post: bool = False
    verb: str = ""


@dataclass(frozen=True, slots=True)
class _Lead:
    """Where a step leads, whatever the request."""

    label: str
    page: Page
    act: str = ""
    verb: str = ""
    is_post: bool = False


def _act(label: str, slug: str) -> _Lead:
    """To an act to be recorded, by whoever may do that."""
    return _Lead(label, Page.ACT, act=slug, verb=ACTS[slug].verb)


N = NextStep
LEADS = {
    N.HAND_OVER: _Lead("Say when it went", Page.HAND_OVER, verb="hand_over"),
    N.SETTLE_DOUBT: _Lead("Settle the doubt", Page.DELIVERIES),
    N.SEND_RECALLED: _Lead(
        "Send it after all", Page.RETRY, verb="retry_delivery", is_post=True
    ),
    N.SEND_AGAIN: _Lead("Try again", Page.RETRY, verb="retry_delivery", is_post=True),
    N.READ_MESSAGE: _Lead("Read it", Page.MESSAGE),
    N.REVIEW: _Lead("Review", Page.REVIEW),
    N.SUBMIT: _Lead("Submit", Page.SUBMIT, verb="submit_request"),
    N.CLARIFY: _act("Answer", "clarified"),
    N.ANSWER_FEE: _act("Answer the fee", "fees-accepted"),
    N.TREAT_AS_DENIED: _act("Treat as denied", "deemed-denied"),
    N.FOLLOW_UP: _act("Follow up", "follow-up"),
    N.CHALLENGE: _Lead("See the routes", Page.ROUTES),
    N.ASK_OR_CHALLENGE: _act("Follow up", "follow-up"),
    N.PAY_FEE: _act("Fees paid", "fees-paid"),
    N.ASK: _act("Follow up", "follow-up"),
    N.FOLLOW_UP_OR_ESCALATE: _act("Escalate", "escalated"),
    N.ESCALATE_OR_CLOSE: _act("Escalate", "escalated"),
    N.IS_IT_FIXED: _Lead("See what changed", Page.DATASET_CHANGE, verb="record_answer"),
    N.FILE_APPEAL: _Lead("Open the appeal", Page.APPEAL),
    N.AWAIT_DECISION: _Lead("Open the appeal", Page.APPEAL),
    N.PREPARE: _Lead("Open the appeal", Page.APPEAL),
    N.SAY_WHAT_CAME: _Lead("Open the appeal", Page.APPEAL),
    N.CHALLENGE_OR_CLOSE: _Lead("See the routes", Page.ROUTES),
    N.CLOSE: _act("Close", "closed"),
}  # fmt: skip
ESCALATES = {N.FOLLOW_UP_OR_ESCALATE, N.ESCALATE_OR_CLOSE}
TO_RECORDS_REQUEST = _Lead(
    "Turn it into a records request", Page.RECORDS_REQUEST, verb="begin_request"
)
TO_REVIEW = _Lead("Send to review", Page.SEND_TO_REVIEW, verb="send_to_review", is_post=True)


@dataclass(frozen=True, slots=True)
class Seen:
    """A request on a day in its city, with its headline; None of what is over."""

    request: RecordsRequest
    today: date
    headline: Headline | None


def next_step(seen: Seen, user: User) -> Step:
    """The step for whoever asks: an editor's step is nobody else's, a draft is its owner's."""
    headline = seen.headline
    if headline is None:
        return _of_what_is_over(seen.request)
    step, turn = NextStep(headline.step), Turn(headline.turn)
    lead = _lead(step, seen.request)
    is_ours = _is_turn_of(user, turn, seen.request)
    title = _title(step, seen)
    if lead is None:
        return Step(title, _waiting_for(step, seen.request))
    if turn == Turn.EDITOR and not is_ours:
        return Step(title, page=lead.page)
    return Step(
        title,
        lead.label,
        lead.page,
        act=lead.act,
        number=headline.subject,
        is_ours=is_ours,
        is_post=lead.is_post,
        verb=lead.verb,
    )


def _is_turn_of(user: User, turn: Turn, request: RecordsRequest) -> bool:
    """Whether it waits for the one who asks. The board's `_for_others` says the same in SQL."""
    if turn == Turn.EDITOR:
        return bool(is_editor.test(user))
    if turn == Turn.OWNER:
        return request.owner_id == user.pk
    return turn == Turn.OURS


def short(office: str) -> str:
    """An office's name to its first comma: "Dataset steward", for a line in a table."""
    return office.partition(",")[0]


def _lead(step: NextStep, request: RecordsRequest) -> _Lead | None:
    """None where there is nothing to do but wait."""
    if step == NextStep.FINISH_DRAFT:
        return TO_REVIEW if request.newsroom.reviews_before_filing else LEADS[NextStep.SUBMIT]
    if step in ESCALATES and not has_next_office(request):
        return TO_RECORDS_REQUEST
    return LEADS.get(step)


def _title(step: NextStep, seen: Seen) -> str:
    assert seen.headline is not None
    shown = seen.headline.clock
    if step == NextStep.FINISH_DRAFT:
        is_read_first = seen.request.newsroom.reviews_before_filing
        return "Send it to review" if is_read_first else NextStep.SUBMIT.label
    if step == NextStep.CHALLENGE and (window := seen.headline.window):
        is_safe = window.due_on is not None and window.due_on >= seen.today
        last = window.due_on if is_safe else window.latest_on
        return f"Appeal by {near_weekday(last, seen.today)}, or decide to wait" if last else ""
    if step == NextStep.FOLLOW_UP_OR_ESCALATE and shown and shown.starts_on and shown.due_on:
        waited = count((shown.due_on - shown.starts_on).days, "day")
        return f"No answer for {waited}: follow up or escalate"
    if step == NextStep.PREPARE and shown and shown.described.is_entered and shown.due_on:
        return f"{shown.described.name}: {near_weekday(shown.due_on, seen.today)}"
    if step == NextStep.PAY_FEE and shown and shown.due_on and shown.due_on >= seen.today:
        return f"Pay the fee by {near_weekday(shown.due_on, seen.today)}"
    return str(step.label)


def _waiting_for(step: NextStep, request: RecordsRequest) -> str:
    if step == NextStep.LET_IT_LEAVE:
        return "wait until it leaves"
    return f"wait for the {short(request.office.name)}"


def _of_what_is_over(request: RecordsRequest) -> Step:
    if request.state == RequestState.DISCARDED:
        return Step(
            "Discarded", "Bring it back", Page.BRING_BACK, is_post=True, verb="discard_draft"
        )
    return Step(request.get_state_display())
