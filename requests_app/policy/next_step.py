"""What to do next with a request: one primary step, in words, from where it stands."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from requests_app.models import (
    Appeal,
    Deadline,
    Delivery,
    DeliveryState,
    RecordsRequest,
    RequestState,
)
from requests_app.models.records_request import REFUSED, clarification_is_open, fees_are_open
from requests_app.permissions import is_editor
from requests_app.policy.clock_pill import Pill, headline
from requests_app.vocabulary.clocks import describe_clock
from requests_app.vocabulary.phrases import dollars, near_weekday, time_of_day

S = RequestState


@dataclass(frozen=True, slots=True)
class Step:
    """`label` and `url` are empty where there is nothing to do but wait."""

    title: str
    text: str
    label: str = ""
    url: str = ""
    is_ours: bool = False  # it waits for us, not for the city
    is_post: bool = False
    verb: str = ""


@dataclass(slots=True)
class Seen:
    """A request with what the pages need beside it, loaded once for a whole list."""

    request: RecordsRequest
    today: date
    deadlines: list[Deadline]
    troubled: list[Delivery] = field(default_factory=list)
    waiting: list[Delivery] = field(default_factory=list)
    appeals: list[Appeal] = field(default_factory=list)

    @property
    def counting(self) -> list[Deadline]:
        """The clocks that matter now: once the city has answered, only those of a challenge."""
        if self.request.is_pending:
            return self.deadlines
        return [row for row in self.deadlines if describe_clock(row.clock).is_of_a_challenge]

    @property
    def pill(self) -> Pill | None:
        return headline(self.counting, today=self.today)

    @property
    def late(self) -> bool:
        return bool(self.pill and self.pill.is_late and self.pill.deadline.whose != "ours")

    @property
    def open_appeal(self) -> Appeal | None:
        return next((a for a in self.appeals if a.state in {"draft", "filed"}), None)

    @property
    def is_decided_against_us(self) -> bool:
        """The last decision left something withheld, so a further route may be open."""
        decided = [appeal for appeal in self.appeals if appeal.state == "decided"]
        return bool(decided) and decided[-1].outcome not in {"reversed", "settled"}


def next_step(seen: Seen, *, for_editor: bool) -> Step:
    """The step for where it stands. What went wrong on its way comes first."""
    request = seen.request
    if seen.troubled:
        return _for_delivery(seen.troubled[0])
    if seen.waiting:
        return _until_it_leaves(seen.waiting[0])
    if request.state in {S.DRAFT, S.IN_REVIEW, S.APPROVED}:
        return _before_filing(request, for_editor=for_editor)
    if request.is_pending:
        return _while_pending(seen)
    return _after_an_answer(seen)


def step_for(seen: Seen, user: object) -> Step:
    return next_step(seen, for_editor=bool(is_editor.test(user)))


def short(office: str) -> str:
    """An office's name to its first comma: "Dataset steward", for a line in a table."""
    return office.partition(",")[0]


def _url(name: str, request: RecordsRequest, *more: str) -> str:
    return reverse(name, args=[request.public_id, *more])


def _act(request: RecordsRequest, act: str) -> str:
    return _url("record_act", request, act)


def _for_delivery(delivery: Delivery) -> Step:
    to = delivery.to_name
    if delivery.state == DeliveryState.BY_HAND:
        url = reverse("delivery_hand_over", args=[delivery.pk])
        how = delivery.get_channel_display().lower()
        text = f"The letter to {to} goes by {how}: somebody does it, then says on which day."
        return Step("Hand over the letter", text, "Say when it went", url, True, verb="hand_over")
    page = _url("request_page", delivery.records_request) + "#deliveries"
    if delivery.state == DeliveryState.IN_DOUBT:
        text = f"The line broke with the letter to {to} half given. Find out whether it arrived."
        return Step("Did the letter arrive?", text, "Settle the doubt", page, True)
    url = reverse("delivery_retry", args=[delivery.pk])
    if delivery.state == DeliveryState.RECALLED:
        text = f"The letter to {to} was recalled before it left: nobody has it, and no clock runs."
        return Step(
            "Send it, or withdraw", text, "Send it after all", url, True, True, "retry_delivery"
        )
    happened = "came back" if delivery.state == DeliveryState.BOUNCED else "did not go"
    text = f"The letter to {to} {happened}: {delivery.last_answer or 'the mail server refused it'}"
    return Step("Send it again", text, "Try again", url, True, True, "retry_delivery")


def _until_it_leaves(delivery: Delivery) -> Step:
    when = time_of_day(localtime(delivery.not_before))
    text = f"The letter to {delivery.to_name} leaves at {when}, and can be recalled until then."
    if delivery.state == DeliveryState.SENDING:
        text = f"The letter to {delivery.to_name} is being sent."
    return Step("Wait until it leaves", text, "wait until it leaves")


def _before_filing(request: RecordsRequest, *, for_editor: bool) -> Step:
    if request.state == S.IN_REVIEW:
        text = "An editor reads it before it is filed."
        page = _url("request_page", request) + "#review"
        return Step("Review the letter", text, "Review" if for_editor else "", page, for_editor)
    if request.state == S.DRAFT and request.newsroom.reviews_before_filing:
        text = "This newsroom reviews before filing. Send the letter to an editor when it is ready."
        url = _url("send_to_review", request)
        return Step("Send it to review", text, "Send to review", url, True, True, "send_to_review")
    text = "Read the letter as it will be sent, choose how it goes, and file it."
    url = _url("request_submit", request)
    return Step("Preview and submit", text, "Submit", url, True, verb="submit_request")


def _while_pending(seen: Seen) -> Step:
    request, pill = seen.request, seen.pill
    if clarification_is_open(request):
        text = f"{request.city.name} asked what exactly you mean, and waits for your answer."
        url = _act(request, "clarified")
        return Step("Answer the clarification", text, "Answer", url, True, verb="reply_to_city")
    if fees_are_open(request):
        assert request.fee_amount is not None  # the database pairs it with its day
        amount = dollars(request.fee_amount)
        text = f"{request.city.name} wants {amount}. Accept it, object, or narrow the request."
        url = _act(request, "fees-accepted")
        return Step("Answer the fee", text, "Answer the fee", url, True, verb="reply_to_city")
    if seen.late and pill and pill.due_on:
        return _when_late(seen, pill)
    waiting = f"wait for the {short(request.office.name)}"
    if pill and pill.deadline.is_reminder and pill.due_on and pill.due_on < seen.today:
        text = "No law sets a clock here. The newsroom's own reminder has passed."
        return Step(
            "Ask how it stands",
            text,
            "Follow up",
            _act(request, "follow-up"),
            True,
            verb="reply_to_city",
        )
    when = f" It has until {near_weekday(pill.due_on, seen.today)}." if pill and pill.due_on else ""
    return Step("Wait for the city", f"It is the turn of the {request.office.name}.{when}", waiting)


def _when_late(seen: Seen, pill: Pill) -> Step:
    request, silence = seen.request, seen.request.city.statute.silence
    due = near_weekday(pill.due_on, seen.today) if pill.due_on else ""
    missed = f"{request.city.name} had until {due} {_purpose(pill)}. "
    if silence.is_denial and pill.deadline.clock in silence.clocks:
        url = _act(request, "deemed-denied")
        text = f"{missed}{silence.meaning}"
        return Step(
            "Treat the silence as a denial", text, "Treat as denied", url, verb="treat_as_denial"
        )
    text = f"{missed}Remind it in writing; the letter quotes the clock."
    return Step("Follow up", text, "Follow up", _act(request, "follow-up"), verb="reply_to_city")


def _purpose(pill: Pill) -> str:
    return pill.why.partition(" · ")[0]


def _after_an_answer(seen: Seen) -> Step:
    request, appeal = seen.request, seen.open_appeal
    if request.is_over:
        ended = near_weekday(request.ended_on, seen.today) if request.ended_on else ""
        return Step(
            request.get_state_display(), f"It ended on {ended}. The ledger keeps all of it."
        )
    if appeal and appeal.state == "draft":
        url = reverse("appeal_page", args=[appeal.pk])
        text = f"An appeal to the {appeal.pack_route.body} is drafted and not yet filed."
        return Step("File the appeal", text, "Open the appeal", url, True)
    if appeal:
        url = reverse("appeal_page", args=[appeal.pk])
        text = f"It is the turn of the {appeal.pack_route.body}. Record its decision when it comes."
        return Step("Wait for the decision", text, "Open the appeal", url)
    if request.state in REFUSED or seen.is_decided_against_us:
        page = _url("request_page", request) + "#routes"
        text = "The law’s ways to challenge it stand below, in their order. Or close the request."
        return Step("Appeal, or close it", text, "See the routes", page, True)
    text = "Nothing is open any more. Close it when the newsroom has what it asked for."
    return Step(
        "Close the request", text, "Close", _act(request, "closed"), True, verb="end_request"
    )
