"""Challenge what the city did: draft, file, record the decision, go to the next route."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cities.schema.city import Route
from requests_app import letters
from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.requests.city_act_recording import CityAnswer, keep
from requests_app.actions.sending import deliveries
from requests_app.actions.transitions import change, lock, record, take
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.letters import PlannedLetter, Sending
from requests_app.models import (
    Appeal,
    AppealState,
    Deadline,
    Delivery,
    Event,
    EventKind,
    LetterKind,
    RecordsRequest,
    RequestState,
    User,
)
from requests_app.vocabulary.states import UNDECIDED

S = RequestState


@dataclass(frozen=True, slots=True)
class RouteOption:
    """A route that is open now, with our clock for it and the step taken on it, if any."""

    route: Route
    answers: str
    deadline: Deadline | None
    appeal: Appeal | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a body decided. A court's clock runs from the mailing: `on` is that day."""

    on: date
    outcome: str
    answer: CityAnswer | None = None  # its words and its files
    body_reference: str = ""


def open_routes(records_request: RecordsRequest, *, on: date) -> list[RouteOption]:
    """The routes in the order a requester would take them, for what the city did last."""
    appeals = {appeal.route: appeal for appeal in records_request.appeals.all()}
    clocks = list(records_request.deadlines.all())
    found: dict[str, RouteOption] = {}
    for answer, decided in _grievances(records_request, on=on):
        for route in records_request.city.routes_after(
            answer, records_request.custodian, records_request.kind, decided=decided
        ):
            clock = _clock_of(route, clocks)
            option = RouteOption(route, answer, clock, appeals.get(route.slug))
            found.setdefault(route.slug, option)
    return sorted(found.values(), key=lambda option: option.route.order)


def _clock_of(route: Route, clocks: list[Deadline]) -> Deadline | None:
    own = [c for c in clocks if c.clock == route.clock and c.route in {"", route.slug}]
    return own[-1] if route.clock and own else None


def _grievances(records_request: RecordsRequest, *, on: date) -> list[tuple[str, str]]:
    """What there is to challenge, each with the route whose decision opens the next, if any."""
    if records_request.is_over or not records_request.submitted_on:
        return []
    appeals = list(records_request.appeals.all())
    found = [("decision", a.route) for a in appeals if a.state == AppealState.DECIDED]
    found += [(a.answers, "") for a in appeals]
    is_silence = records_request.state == S.DENIED and records_request.is_denied_by_silence
    challenged = S(records_request.state).described.challenged_as
    if challenged and not is_silence:
        found.append((challenged, ""))
    is_late = records_request.deadlines.filter(whose="city").late(on=on).exists()
    if records_request.is_denied_by_silence or (records_request.is_pending and is_late):
        found.append(("silence", ""))
    return found


@transaction.atomic
def draft(
    records_request: RecordsRequest,
    *,
    route: str,
    by: Attribution,
) -> Appeal:
    """An appeal by one of the open routes, with its letter written from the route's wording."""
    request = lock(records_request)
    on = days.today(request, by.at)
    options = {option.route.slug: option for option in open_routes(request, on=on)}
    option = options.get(route)
    if option is None:
        offered = ", ".join(o.route.name for o in options.values()) or "none"
        raise Refused(f"That route is not open for this request now. Open: {offered}.")
    if option.appeal and option.appeal.state in UNDECIDED:
        stands = option.appeal.get_state_display().lower()
        raise Refused(f"There is an appeal by this route already: it is {stands}.")
    appeal: Appeal = Appeal(
        records_request=request,
        route=route,
        answers=option.answers,
        subject=request.subject,
        created_by=by.user,
        created_at=by.at,
    )
    try:
        composed = letters.compose_appeal(appeal)
    except letters.LetterError as error:
        raise Refused(str(error)) from error
    appeal.letter_text, appeal.letter_template = composed.text, composed.template
    appeal.save()
    data = {"route": route, "body": option.route.body}
    record(request, EventKind.APPEAL_DRAFTED, Occasion(by, on, data, appeal=appeal))
    return appeal


@transaction.atomic
def edit_letter(appeal: Appeal, *, by: User, text: str) -> None:
    lock(appeal)
    if appeal.state != AppealState.DRAFT:
        raise Refused(f"This appeal is {appeal.get_state_display().lower()}: it cannot be edited.")
    if not text.strip():
        raise Refused("The letter is empty: write it, or start a new draft.")
    appeal.letter_text = text.replace("\r\n", "\n").strip() + "\n"
    appeal.save()


@transaction.atomic
def file(
    appeal: Appeal,
    *,
    by: Attribution,
    sending: Sending,
    filed_in_court_on: date | None = None,
    body_reference: str = "",
) -> Delivery:
    """Issue the appeal and promise its sending; the request is under appeal, or in litigation.

    A court is filed with by counsel: `filed_in_court_on` is that day, and the letter is a notice
    of it to the city. A notice alone would meet no limit.
    """
    request = lock(appeal.records_request)
    lock(appeal)
    route = appeal.pack_route
    if route.is_court and filed_in_court_on is None:
        raise Refused("Enter the day on which the case was filed in court: a letter files none.")
    on = filed_in_court_on or deliveries.day_of_act(request, sending, at=by.at)
    days.check_after_last_answer(request, on, at=by.at)
    appeal.body_reference = body_reference or appeal.body_reference
    change(appeal, "file", on=on)
    letter = PlannedLetter(request, LetterKind.APPEAL, sending, on, by.user, appeal)
    delivery = deliveries.issue_and_promise(letter, appeal.letter_text, by=by)
    data = {"route": appeal.route, "body": route.body, "channel": sending.channel, "to": sending.to}
    take(
        request,
        "challenge",
        Occasion(by, on, data, appeal=appeal, delivery=None if route.is_court else delivery),
        in_court=route.is_court,
    )
    deliveries.hand_over_now(delivery, sending, by=by)
    return delivery


@transaction.atomic
def receive(
    appeal: Appeal,
    *,
    on: date,
    by: Attribution,
) -> Event:
    """The body has what we posted: its own clock runs from that day."""
    request = lock(appeal.records_request)
    lock(appeal)
    if appeal.state != AppealState.FILED:
        stands = appeal.get_state_display().lower()
        raise Refused(f"This appeal is {stands}: nobody can have received it now.")
    days.check(request, on, at=by.at, after=appeal.filed_on, after_what="the appeal was filed")
    data = {"route": appeal.route, "body": appeal.pack_route.body}
    kind = EventKind.APPEAL_RECEIVED
    return record(request, kind, Occasion(by, on, data, appeal=appeal))


@transaction.atomic
def decide(
    appeal: Appeal,
    decision: Decision,
    *,
    by: Attribution,
) -> Event:
    """Record what the body decided."""
    request, on, answer = lock(appeal.records_request), decision.on, decision.answer
    lock(appeal)
    days.check(request, on, at=by.at, after=appeal.filed_on, after_what="the appeal was filed")
    appeal.body_reference = decision.body_reference or appeal.body_reference
    change(appeal, "decide", on=on, outcome=decision.outcome)
    data = {
        "route": appeal.route,
        "body": appeal.pack_route.body,
        "outcome": decision.outcome,
        "text": answer.text if answer else "",
    }
    event = record(request, EventKind.APPEAL_DECIDED, Occasion(by, on, data, appeal=appeal))
    if answer:
        keep(request, answer, event=event, by=by, appeal=appeal)
    return event


@transaction.atomic
def withdraw(
    appeal: Appeal,
    *,
    on: date,
    by: Attribution,
) -> Event:
    """Give an appeal up, filed or not."""
    request = lock(appeal.records_request)
    lock(appeal)
    days.check(request, on, at=by.at, after=appeal.filed_on, after_what="the appeal was filed")
    change(appeal, "withdraw", on=on)
    data = {"route": appeal.route, "body": appeal.pack_route.body}
    kind = EventKind.APPEAL_WITHDRAWN
    return record(request, kind, Occasion(by, on, data, appeal=appeal))
