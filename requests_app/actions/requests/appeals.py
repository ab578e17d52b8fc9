"""Challenge what the city did: draft, file, record the decision, go to the next route."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction

from requests_app.actions import days
from requests_app.actions.challenges import entered_days
from requests_app.actions.challenges.entered_days import ChallengeDay
from requests_app.actions.errors import Refused
from requests_app.actions.filings.argument_rows import propose
from requests_app.actions.filings.checklist import check_complete
from requests_app.actions.requests import appeal_drafts, exhibits
from requests_app.actions.requests.city_act_recording import CityAnswer, keep
from requests_app.actions.sending import deliveries
from requests_app.actions.transitions import change, lock, record, take
from requests_app.filings.make_filing import MadeFiling
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.letters import PlannedLetter, Sending
from requests_app.models import (
    Appeal,
    AppealState,
    ClaimedExemption,
    Delivery,
    Event,
    EventKind,
    LetterKind,
    RecordsRequest,
    User,
)
from requests_app.policy.rights import open_routes
from requests_app.vocabulary.challenge_days import DayKind
from requests_app.vocabulary.research.exemption_outcomes import Became
from requests_app.vocabulary.states import UNDECIDED


@dataclass(frozen=True, slots=True)
class DecidedExemption:
    """What became of one exemption that the city claimed: `claim` is as it was recorded."""

    claim: str
    became: Became
    passage: str = ""  # what the decision says of it
    page: str = ""  # and where


@dataclass(frozen=True, slots=True)
class Decision:
    """What a body decided. A court's clock runs from the mailing: `on` is that day."""

    on: date
    outcome: str
    answer: CityAnswer | None = None  # its words and its files
    body_reference: str = ""
    comply_by_on: date | None = None  # where it names the day
    exemptions: tuple[DecidedExemption, ...] = ()


@dataclass(frozen=True, slots=True)
class CourtFiling:
    """When counsel filed the case, and under which number the court has it."""

    on: date
    body_reference: str = ""


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
        subject=request.subject,
        created_by=by.user,
        created_at=by.at,
    )
    appeal.answers = option.answers
    appeal.save()
    exhibits.propose(appeal, by=by)
    propose(appeal, on=on, by=by)
    composed = appeal_drafts.compose(appeal, option.answers, on=on)
    appeal.letter_text = composed.text
    appeal_drafts.remember(appeal, composed, option.answers, 0)
    appeal.save()
    data = {"route": route, "body": option.route.body}
    event = record(request, EventKind.APPEAL_DRAFTED, Occasion(by, on, data, appeal=appeal))
    appeal.composed_through = event.pk
    appeal.save()
    return appeal


def mark_of(text: str) -> str:
    """By which one text is told from another."""
    return sha256(text.encode()).hexdigest()


@transaction.atomic
def edit_letter(appeal: Appeal, *, by: User, text: str, instead_of: str | None = None) -> None:
    """`instead_of` is the mark of the text that its writer began from: Refused where another one
    was saved meanwhile."""
    lock(appeal)
    if appeal.state != AppealState.DRAFT:
        raise Refused(f"This appeal is {appeal.get_state_display().lower()}: it cannot be edited.")
    if not text.strip():
        raise Refused("The letter is empty: write it, or start a new draft.")
    if instead_of not in {None, mark_of(appeal.letter_text)}:
        raise Refused(
            "Somebody saved this letter meanwhile. Nothing was overwritten: see what differs, then "
            "save again."
        )
    appeal.letter_text = text.replace("\r\n", "\n").strip() + "\n"
    appeal.save()


@dataclass(frozen=True, slots=True)
class _Filed:
    """Who files a challenge and how it goes; of a case in court, when and under which docket."""

    by: Attribution
    sending: Sending
    in_court: CourtFiling | None = None
    seen: str | None = None


def file(
    appeal: Appeal,
    *,
    by: Attribution,
    sending: Sending,
    in_court: CourtFiling | None = None,
    seen: str | None = None,
) -> Delivery:
    """Issue the appeal and promise its sending; the request is under appeal, or in litigation.

    A court is filed with by counsel: `in_court` says when, and the letter is a notice of it to the
    city. A notice alone would meet no limit. Refused while anything that was recorded since the
    draft was written is not settled. `seen` proves which letter the person had before them, by
    `mark_of`: Refused where another stands by now. What leaves is put together first, and kept:
    while the rows are locked it is only checked that it is still what they say.
    """
    filed = _Filed(by, sending, in_court, seen)
    return _file(appeal, filed, made=_made(appeal, filed))


def _made(appeal: Appeal, filed: _Filed) -> MadeFiling | None:
    """Letter and exhibits put together, outside any transaction; None where there are none."""
    planned = Appeal.objects.select_related("records_request").get(pk=appeal.pk)
    in_court = filed.in_court
    if planned.state != AppealState.DRAFT or (planned.pack_route.is_court and in_court is None):
        return None  # it is refused under the lock, in its own words
    planned.body_reference = in_court.body_reference if in_court else planned.body_reference
    today = planned.records_request.city.local_date(filed.by.at)
    appeal_drafts.check_up_to_date(planned, on=today)
    check_complete(planned, on=today)
    if not planned.exhibits.exists():
        exhibits.check(planned)
        return None
    on = (in_court.on if in_court else None) or filed.sending.day_by_hand or today
    return exhibits.put_together(_planned(planned, filed, on=on))


def _planned(appeal: Appeal, filed: _Filed, *, on: date) -> PlannedLetter:
    sending = replace(filed.sending, to=filed.sending.to.strip())
    request, kind = appeal.records_request, LetterKind.APPEAL
    return PlannedLetter(request, kind, sending, on, filed.by.user, appeal)


@transaction.atomic
def _file(appeal: Appeal, filed: _Filed, *, made: MadeFiling | None) -> Delivery:
    by, sending, in_court = filed.by, filed.sending, filed.in_court
    request = lock(appeal.records_request)
    lock(appeal)
    route = appeal.pack_route
    if route.is_court and in_court is None:
        raise Refused("Enter the day on which the case was filed in court: a letter files none.")
    on = in_court.on if in_court else deliveries.day_of_act(request, sending, at=by.at)
    days.check_after_last_answer(request, on, at=by.at)
    if appeal.state == AppealState.DRAFT:
        today = days.today(request, by.at)
        appeal_drafts.check_up_to_date(appeal, on=today)
        _check_seen(appeal, filed.seen)
        check_complete(appeal, on=today)
    if in_court and in_court.body_reference:
        appeal.body_reference = in_court.body_reference
    change(appeal, "file", on=on)
    letter = exhibits.with_its_filing(_planned(appeal, filed, on=on), made, by=by)
    delivery = deliveries.issue_and_promise(letter, appeal.letter_text, by=by)
    data = {
        "route": appeal.route,
        "body": route.body,
        "channel": sending.channel,
        "to": sending.to,
        **deliveries.copies_recorded(delivery.letter),
    }
    take(
        request,
        "challenge",
        Occasion(by, on, data, appeal=appeal, delivery=None if route.is_court else delivery),
        in_court=route.is_court,
    )
    deliveries.hand_over_now(delivery, sending, by=by)
    return delivery


def _check_seen(appeal: Appeal, seen: str | None) -> None:
    if seen not in {None, mark_of(appeal.letter_text)}:
        raise Refused(
            "This letter was changed after the page was opened: read it as it stands now, then "
            "file it. Nothing was filed."
        )


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
    if appeal.events.effective().filter(kind=kind, on=on).exists():
        raise Refused("That stands in the ledger already. Nothing was changed.")
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
    _check_claimed(appeal, decision.exemptions)
    appeal.body_reference = decision.body_reference or appeal.body_reference
    change(appeal, "decide", on=on, outcome=decision.outcome)
    data: dict[str, Any] = {
        "route": appeal.route,
        "body": appeal.pack_route.body,
        "outcome": decision.outcome,
        "text": answer.text if answer else "",
    }
    if decision.exemptions:
        data["exemptions"] = [asdict(one) for one in decision.exemptions]
    event = record(request, EventKind.APPEAL_DECIDED, Occasion(by, on, data, appeal=appeal))
    if answer:
        keep(request, answer, event=event, by=by, appeal=appeal)
    if decision.comply_by_on:
        day = ChallengeDay(DayKind.COMPLY_BY, decision.comply_by_on, on)
        entered_days.enter(appeal, day, by=by)
    return event


def _check_claimed(appeal: Appeal, decided: Sequence[DecidedExemption]) -> None:
    rows = ClaimedExemption.objects.filter(entry__appeal=appeal)
    claimed = set(rows.values_list("as_claimed", flat=True)) if decided else set()
    for one in decided:
        if one.claim not in claimed:
            named = "; ".join(sorted(claimed)) or "none is recorded"
            raise Refused(f"The city did not claim “{one.claim}” here. It claimed: {named}.")


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
