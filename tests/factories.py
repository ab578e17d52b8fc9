"""Newsrooms, people and requests for the tests. A request reaches a state by the real actions."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from requests_app.actions.cities import contacts
from requests_app.actions.drafts import discarding
from requests_app.actions.requests import (
    appeals,
    city_determinations,
    city_progress,
    drafting,
    ending,
    review,
    silence,
    submission,
)
from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.actions.sending import our_letters
from requests_app.actions.sending.our_letters import OurLetter
from requests_app.delivery import outbox
from requests_app.demo.finished_drafts import finish
from requests_app.ledger.attribution import Attribution
from requests_app.letters import FoundAddress, Sending
from requests_app.models import (
    Appeal,
    AppealOutcome,
    Channel,
    Delivery,
    Membership,
    Newsroom,
    RecordsRequest,
    RequestState,
    Role,
    User,
)

S = RequestState
NOW = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)  # a Monday, midday in the east, morning in the west
TODAY = date(2026, 11, 2)
CLERK = "clerk@stamford.example"
BY_EMAIL = Sending(Channel.EMAIL, CLERK)


class NewsroomFactory(DjangoModelFactory[Newsroom]):
    class Meta:
        model = Newsroom

    name = factory.Sequence(lambda n: f"Ledger {n}")
    address = "12 Summer Street\nStamford, CT 06901"
    recall_minutes = 0


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@ledger.example")
    name = factory.Sequence(lambda n: f"Person {n}")


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    newsroom = factory.SubFactory(NewsroomFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.REPORTER


def member(role: str = Role.REPORTER, newsroom: Newsroom | None = None, **user: Any) -> User:
    """Somebody with that role, in that newsroom or in one of their own."""
    place = {"newsroom": newsroom} if newsroom else {}
    person = UserFactory.create(**user)
    MembershipFactory.create(role=role, user=person, **place)
    return person


def draft(by: User | None = None, *, at: datetime = NOW, **said: Any) -> RecordsRequest:
    """A records request to Stamford's City Clerk, unless said otherwise."""
    fields: dict[str, Any] = {
        "city_slug": "us-ct/stamford",
        "kind": "records",
        "office_role": "city_clerk",
        "subject": "Use-of-force reports",
        "particulars": {"what": "every use-of-force report of 2025"},
        **said,
    }
    of_the_details = {field.name for field in dataclasses.fields(drafting.RequestDetails)}
    details = {name: fields.pop(name) for name in of_the_details & set(fields)}
    return drafting.begin(
        by=Attribution(by or member(), at), details=drafting.RequestDetails(**details), **fields
    )


def office_known(newsroom: Newsroom, email: str = CLERK, **where: str) -> None:
    """The newsroom knows that address of an office; Stamford's City Clerk, unless said."""
    where = {"city_slug": "us-ct/stamford", "office_role": "city_clerk", **where}
    by = Attribution(member(Role.EDITOR, newsroom), NOW)
    found = FoundAddress(source="the city's page", checked_on=TODAY)
    contacts.enter_office(newsroom, found=found, by=by, email=email, **where)


def rewritten(request: RecordsRequest, text: str, at: datetime = NOW) -> RecordsRequest:
    """The same draft with other words in its letter, saved by whoever began it."""
    drafting.save(request, content_of(request, text=text), by=Attribution(request.created_by, at))
    request.refresh_from_db()
    return request


def content_of(request: RecordsRequest, **changed: Any) -> drafting.DraftContent:
    """All that a draft's page holds, with some of it changed."""
    stands = {
        "office_role": request.office_role,
        "subject": request.subject,
        "particulars": request.particulars,
        "track": request.track,
    }
    text = changed.pop("text", request.letter_text)
    return drafting.DraftContent(drafting.RequestDetails(**{**stands, **changed}), text)


def let_go(delivery: Delivery, *, at: datetime = NOW) -> None:
    """The mail server takes it, at that moment."""
    Delivery.objects.filter(pk=delivery.pk).update(not_before=at)
    claimed = outbox.claim(delivery.pk, at=at)
    assert claimed is not None
    assert outbox.mark_sent(claimed, at=at, answer="250 OK")


def submitted(
    by: User | None = None, *, at: datetime = NOW, sent: bool = True, **said: Any
) -> RecordsRequest:
    """E-mailed, and taken by the server unless `sent` is False."""
    request = draft(by, at=at, **said)
    delivery = submission.submit(request, by=Attribution(request.created_by, at), sending=BY_EMAIL)
    if sent:
        let_go(delivery, at=at)
    request.refresh_from_db()
    return request


def said(on: date = TODAY, text: str = "", **fields: Any) -> CityAnswer:
    return CityAnswer(on=on, text=text, **fields)


def acting(request: RecordsRequest, at: datetime = NOW) -> dict[str, Any]:
    """`by` and `at`, as every action wants them."""
    return {"by": Attribution(request.created_by, at)}


def mailed(
    request: RecordsRequest,
    text: str = "Dear City Clerk:\n\nPlease see below.",
    sending: Sending = BY_EMAIL,
    **entered: Any,
) -> dict[str, Any]:
    """The arguments of a letter of ours, by e-mail unless said otherwise."""
    return {**acting(request), "letter": OurLetter(text, sending, entered)}


def appealed(request: RecordsRequest, route: str = "foic", at: datetime = NOW) -> Appeal:
    """Drafted, filed by e-mail and taken by the body's server."""
    appeal = appeals.draft(
        request,
        route=route,
        by=Attribution(request.created_by, at),
    )
    finish(appeal, by=Attribution(request.created_by, at))
    delivery = appeals.file(
        appeal,
        by=Attribution(request.created_by, at),
        sending=Sending(Channel.EMAIL, "body@foic.example"),
        in_court=appeals.CourtFiling(TODAY) if appeal.pack_route.is_court else None,
    )
    let_go(delivery, at=at)
    request.refresh_from_db()
    return appeal


def _acknowledged() -> RecordsRequest:
    request = submitted()
    city_progress.acknowledge(request, answer=said(), **acting(request))
    return request


def _awaiting_clarification() -> RecordsRequest:
    request = submitted()
    city_progress.request_clarification(request, answer=said(text="Which?"), **acting(request))
    return request


def _awaiting_fees() -> RecordsRequest:
    request = submitted()
    city_progress.estimate_fees(request, answer=said(), amount=Decimal("40.00"), **acting(request))
    return request


def _answered(verb: Callable[..., Any], **facts: Any) -> Callable[[], RecordsRequest]:
    def reach() -> RecordsRequest:
        request = submitted()
        verb(request, answer=said(), **acting(request), **facts)
        return request

    return reach


def _under_appeal() -> RecordsRequest:
    request = in_state(S.DENIED)
    appealed(request)
    return request


def _in_litigation() -> RecordsRequest:
    request = in_state(S.UNDER_APPEAL)
    appeal = request.appeals.get()
    appeals.decide(appeal, appeals.Decision(TODAY, AppealOutcome.AFFIRMED), **acting(request))
    appealed(request, route="superior_court")
    return request


def _closed() -> RecordsRequest:
    request = in_state(S.GRANTED)
    ending.close(request, on=TODAY, **acting(request))
    return request


def _in_review() -> RecordsRequest:
    request = draft()
    review.send_to_review(request, **acting(request))
    return request


def _approved() -> RecordsRequest:
    request = _in_review()
    review.approve(request, **acting(request))
    return request


def _ended(verb: Callable[..., Any]) -> Callable[[], RecordsRequest]:
    def reach() -> RecordsRequest:
        request = submitted()
        verb(request, on=TODAY, **acting(request))
        return request

    return reach


def _discarded() -> RecordsRequest:
    request = draft()
    discarding.discard(request, **acting(request))
    return request


REACH: dict[str, Callable[[], RecordsRequest]] = {
    S.DRAFT: draft,
    S.IN_REVIEW: _in_review,
    S.APPROVED: _approved,
    S.SUBMITTED: submitted,
    S.ACKNOWLEDGED: _acknowledged,
    S.AWAITING_CLARIFICATION: _awaiting_clarification,
    S.AWAITING_FEES: _awaiting_fees,
    S.GRANTED: _answered(city_determinations.grant),
    S.GRANTED_IN_PART: _answered(city_determinations.grant_in_part, exemptions=["§ 1-210(b)(2)"]),
    S.DENIED: _answered(city_determinations.deny, exemptions=["§ 1-210(b)(1)"]),
    S.NO_RECORDS: _answered(city_determinations.find_no_records),
    S.REFERRED: _answered(city_determinations.refer, to="the Board of Education"),
    S.UNDER_APPEAL: _under_appeal,
    S.IN_LITIGATION: _in_litigation,
    S.CLOSED: _closed,
    S.WITHDRAWN: _ended(ending.withdraw),
    S.LAPSED: _ended(ending.lapse),
    S.DISCARDED: _discarded,
}


def in_state(state: str) -> RecordsRequest:
    """A request that stands there, all of it on one day (`TODAY`)."""
    request = REACH[state]()
    request.refresh_from_db()
    assert request.state == state
    return request


def silent(at: datetime = NOW - timedelta(days=20)) -> RecordsRequest:
    """Sent twenty days ago, and nothing heard since."""
    return submitted(at=at)


def deemed_denied() -> RecordsRequest:
    request = silent()
    silence.treat_as_denial(request, on=TODAY, **acting(request))
    request.refresh_from_db()
    return request


def clarified() -> RecordsRequest:
    request = in_state(S.AWAITING_CLARIFICATION)
    let_go(our_letters.clarify(request, **mailed(request)))
    request.refresh_from_db()
    return request
