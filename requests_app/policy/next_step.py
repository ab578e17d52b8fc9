"""What to do next with a request: where its step leads, and what its button is called.

Which step it is, the headline says (`requests_app.headlines`); why, `policy.step_words` says.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.timezone import localtime

from requests_app.models import (
    Appeal,
    AppealState,
    Channel,
    Communication,
    Deadline,
    Delivery,
    DeliveryState,
    RecordsRequest,
    RequestState,
)
from requests_app.models.requests.request_lifecycle import (
    clarification_is_open,
    fees_are_open,
    fees_are_unsettled,
)
from requests_app.permissions import is_editor
from requests_app.policy.acts import ACTS
from requests_app.vocabulary.dates_and_amounts import near_weekday
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
    N.FILE_APPEAL: _Lead("Open the appeal", Page.APPEAL),
    N.AWAIT_DECISION: _Lead("Open the appeal", Page.APPEAL),
    N.CHALLENGE_OR_CLOSE: _Lead("See the routes", Page.ROUTES),
    N.CLOSE: _act("Close", "closed"),
}  # fmt: skip
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
    is_ours = is_turn_of(user, turn, seen.request)
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


def is_turn_of(user: User, turn: Turn, request: RecordsRequest) -> bool:
    """Whether it waits for the one who asks. `Headline.objects.for_board` says the same in SQL."""
    if turn == Turn.EDITOR:
        return bool(is_editor.test(user))
    if turn == Turn.OWNER:
        return request.owner == user
    return turn == Turn.OURS


def short(office: str) -> str:
    """An office's name to its first comma: "Dataset steward", for a line in a table."""
    return office.partition(",")[0]


def _lead(step: NextStep, request: RecordsRequest) -> _Lead | None:
    """None where there is nothing to do but wait."""
    if step == NextStep.FINISH_DRAFT:
        return TO_REVIEW if request.newsroom.reviews_before_filing else LEADS[NextStep.SUBMIT]
    return LEADS.get(step)


def _title(step: NextStep, seen: Seen) -> str:
    assert seen.headline is not None
    shown = seen.headline.clock
    if step == NextStep.FINISH_DRAFT:
        is_read_first = seen.request.newsroom.reviews_before_filing
        return "Send it to review" if is_read_first else NextStep.SUBMIT.label
    if step == NextStep.CHALLENGE and (window := seen.headline.window):
        last = window.due_on or window.latest_on
        return f"Appeal by {near_weekday(last, seen.today)}, or decide to wait" if last else ""
    if step == NextStep.PAY_FEE and shown and shown.due_on:
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
    if delivery.state == DeliveryState.RECALLED:
        text = f"The letter to {to} was recalled before it left: nobody has it, and no clock runs."
        return _again("Send it, or withdraw", text, "Send it after all", delivery)
    happened = "came back" if delivery.state == DeliveryState.BOUNCED else "did not go"
    text = f"The letter to {to} {happened}: {delivery.last_answer or 'the mail server refused it'}"
    return _again("Send it again", text, "Try again", delivery)


def _again(title: str, text: str, label: str, delivery: Delivery) -> Step:
    return Step(
        title, text, label, Page.RETRY, number=delivery.pk, is_ours=True, is_post=True,
        verb="retry_delivery",
    )  # fmt: skip


def _for_message(seen: Seen) -> Step:
    """The city wrote: what it is, a person says before anything else is advised."""
    first, more = seen.unread[0], len(seen.unread) - 1
    on = near_weekday(first.on, seen.today)
    others = f" {count(more, 'more message')} since." if more else ""
    did = Channel(first.channel).described.city_did
    text = f"{seen.request.city.name} {did} on {on}. Nobody has said yet what it is.{others}"
    title = "Read what the city wrote" if first.mail_id else "Say what the city meant"
    return Step(title, text, "Read it", Page.MESSAGE, number=first.pk, is_ours=True)


def _until_it_leaves(delivery: Delivery) -> Step:
    when = time_of_day(localtime(delivery.not_before))
    text = f"The letter to {delivery.to_name} leaves at {when}, and can be recalled until then."
    if delivery.state == DeliveryState.SENDING:
        text = f"The letter to {delivery.to_name} is being sent."
    return Step("Wait until it leaves", text, "wait until it leaves")


def _before_filing(request: RecordsRequest, *, for_editor: bool) -> Step:
    if request.state == S.IN_REVIEW:
        text, label = "An editor reads it before it is filed.", "Review" if for_editor else ""
        return Step("Review the letter", text, label, Page.REVIEW, is_ours=for_editor)
    if request.state == S.DRAFT and request.newsroom.reviews_before_filing:
        text = "This newsroom reviews before filing. Send the letter to an editor when it is ready."
        return Step(
            "Send it to review", text, "Send to review", Page.SEND_TO_REVIEW, is_ours=True,
            is_post=True, verb="send_to_review",
        )  # fmt: skip
    text = "Read the letter as it will be sent, choose how it goes, and file it."
    return Step(
        "Preview and submit", text, "Submit", Page.SUBMIT, is_ours=True, verb="submit_request"
    )


def _discarded(seen: Seen) -> Step:
    ended = seen.request.ended_on
    when = f" on {near_weekday(ended, seen.today)}" if ended else ""
    text = f"This draft was discarded{when}: nothing was sent. All of it is kept."
    return Step(
        "Discarded", text, "Bring it back", Page.BRING_BACK, is_post=True, verb="discard_draft"
    )


def _while_pending(seen: Seen) -> Step:
    request, pill = seen.request, seen.pill
    if clarification_is_open(request):
        text = f"{request.city.name} asked what exactly you mean, and waits for your answer."
        return _act("Answer the clarification", text, "Answer", "clarified", is_ours=True)
    if fees_are_open(request):
        assert request.fee_amount is not None  # the database pairs it with its day
        amount = dollars(request.fee_amount)
        text = f"{request.city.name} wants {amount}. Accept it, object, or narrow the request."
        return _act("Answer the fee", text, "Answer the fee", "fees-accepted", is_ours=True)
    if seen.late and pill and pill.due_on:
        return _when_late(seen, pill)
    if window := seen.window:
        return _while_we_may_challenge(seen, window)
    if pill and pill.deadline.whose == "ours":
        return _in_our_time(seen, pill)
    waiting = f"wait for the {short(request.office.name)}"
    when = f" It has until {near_weekday(pill.due_on, seen.today)}." if pill and pill.due_on else ""
    return Step("Wait for the city", f"It is the turn of the {request.office.name}.{when}", waiting)


def _while_we_may_challenge(seen: Seen, window: Deadline) -> Step:
    """A right of ours runs while the city has not certainly missed anything: never "wait"."""
    due_on = window.due_on or window.latest_on
    assert due_on is not None  # a running window has its days
    text = (
        f"{time_left(window, today=seen.today)}. Nothing that the city has sent takes that away on "
        "every reading of the law; waiting past that day does."
    )
    if due_on <= seen.today + WINDOW_SHOWN:
        title = f"Appeal by {near_weekday(due_on, seen.today)}, or decide to wait"
        return Step(title, text, "See the routes", Page.ROUTES, is_ours=True)
    title = "Ask how it stands, or challenge it"
    return _act(title, text, "Follow up", "follow-up", is_ours=True)


def _in_our_time(seen: Seen, pill: Pill) -> Step:
    """A clock of ours that no route belongs to: the fee, or the newsroom's own reminder."""
    due = near_weekday(pill.due_on, seen.today) if pill.due_on else ""
    if pill.deadline.is_reminder and pill.due_on and pill.due_on < seen.today:
        text = "No law sets a clock here. The newsroom's own reminder has passed."
        return _act("Ask how it stands", text, "Follow up", "follow-up", is_ours=True)
    if pill.deadline.is_reminder:
        waiting = f"wait for the {short(seen.request.office.name)}"
        text = (
            f"It is the turn of the {seen.request.office.name}. The newsroom looks again on {due}."
        )
        return Step("Wait for the city", text, waiting)
    if fees_are_unsettled(seen.request):
        text = f"We have until {due} to pay the fee, or the city counts the request as ended."
        return _act(f"Pay the fee by {due}", text, "Fees paid", "fees-paid", is_ours=True)
    text = f"We have until {due} {_purpose(pill)}."
    return _act("Ask how it stands", text, "Follow up", "follow-up", is_ours=True)


def _when_late(seen: Seen, pill: Pill) -> Step:
    request, silence = seen.request, seen.request.city.statute.silence
    due = near_weekday(pill.due_on, seen.today) if pill.due_on else ""
    missed = f"{request.city.name} had until {due} {_purpose(pill)}. "
    if seen.window:
        missed = f"{missed}{time_left(seen.window, today=seen.today)}. "
    if silence.is_denial and pill.deadline.clock in silence.clocks:
        text = f"{missed}{silence.meaning}"
        return _act("Treat the silence as a denial", text, "Treat as denied", "deemed-denied")
    text = f"{missed}Remind it in writing; the letter quotes the clock."
    return _act("Follow up", text, "Follow up", "follow-up")


def _purpose(pill: Pill) -> str:
    return pill.why.partition(" · ")[0]


def _after_an_answer(seen: Seen) -> Step:
    request, appeal = seen.request, seen.open_appeal
    if request.is_over:
        ended = near_weekday(request.ended_on, seen.today) if request.ended_on else ""
        return Step(
            request.get_state_display(), f"It ended on {ended}. The ledger keeps all of it."
        )
    if appeal:
        return _while_appealed(appeal)
    if request.state in REFUSED or seen.is_decided_against_us:
        text = "The law’s ways to challenge it stand below, in their order. Or close the request."
        if seen.window:
            text = f"{time_left(seen.window, today=seen.today)}. {text}"
        return Step("Appeal, or close it", text, "See the routes", Page.ROUTES, is_ours=True)
    text = "Nothing is open any more. Close it when the newsroom has what it asked for."
    if seen.window:  # the records came, and came late
        text = (
            f"{time_left(seen.window, today=seen.today)}, though the records have come. Close it "
            "when the newsroom has what it asked for."
        )
    return _act("Close the request", text, "Close", "closed", is_ours=True)


def _while_appealed(appeal: Appeal) -> Step:
    body, label = appeal.pack_route.body, "Open the appeal"
    if appeal.state == AppealState.DRAFT:
        text = f"An appeal to the {body} is drafted and not yet filed."
        return Step("File the appeal", text, label, Page.APPEAL, number=appeal.pk, is_ours=True)
    text = f"It is the turn of the {body}. Record its decision when it comes."
    return Step("Wait for the decision", text, label, Page.APPEAL, number=appeal.pk)
