"""What the city or a reviewing body did that is an event and no state, once it had answered."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.requests import filing
from requests_app.actions.requests.filing import Reply
from requests_app.actions.transact import lock, record
from requests_app.models import Appeal, AppealState, Event, EventKind, RecordsRequest, User


@transaction.atomic
def give_grounds(records_request: RecordsRequest, *, reply: Reply, by: User, at: datetime) -> Event:
    """The city's written statement of why it withheld."""
    asked = _last(records_request, EventKind.GROUNDS_REQUESTED)
    if asked is None:
        raise Refused(
            "We did not ask for the grounds: file this as a note, or ask first. "
            "Nothing was changed."
        )
    return _remark(records_request, EventKind.GROUNDS_GIVEN, asked, reply=reply, by=by, at=at)


@transaction.atomic
def deny_fee_waiver(
    records_request: RecordsRequest, *, reply: Reply, by: User, at: datetime
) -> Event:
    """The city refuses to waive its fee. In Oregon sixty days begin (ORS 192.329(3)(b))."""
    quoted = _last(records_request, EventKind.FEES_ESTIMATED)
    if quoted is None:
        raise Refused(
            "No fee was quoted that could be waived: record the city's estimate first. "
            "Nothing was changed."
        )
    return _remark(records_request, EventKind.FEE_WAIVER_DENIED, quoted, reply=reply, by=by, at=at)


@transaction.atomic
def comply(records_request: RecordsRequest, *, reply: Reply, by: User, at: datetime) -> Event:
    """The city did what the body decided."""
    decided = _decided(records_request)
    return _remark(records_request, EventKind.COMPLIED, decided, reply=reply, by=by, at=at)


@transaction.atomic
def sue(records_request: RecordsRequest, *, reply: Reply, by: User, at: datetime) -> Event:
    """The city goes to court against the decision instead (ORS 192.411(2)).

    A suit of ours is filed as an appeal by the court's route: `appeals.file`.
    """
    decided = _decided(records_request)
    return _remark(records_request, EventKind.LAWSUIT, decided, reply=reply, by=by, at=at)


@transaction.atomic
def receive_appeal(appeal: Appeal, *, on: date, by: User, at: datetime) -> Event:
    """The body has what we posted: its own clock runs from that day."""
    request = lock(appeal.records_request)
    lock(appeal)
    if appeal.state != AppealState.FILED:
        stands = appeal.get_state_display().lower()
        raise Refused(f"This appeal is {stands}: nobody can have received it now.")
    days.check(request, on, at=at, after=appeal.filed_on, after_what="the appeal was filed")
    data = {"route": appeal.route, "body": appeal.pack_route.body}
    kind = EventKind.APPEAL_RECEIVED
    return record(request, kind, on=on, by=by, at=at, data=data, appeal=appeal)


def _last(records_request: RecordsRequest, kind: EventKind) -> Event | None:
    return records_request.events.filter(kind=kind).in_order().last()


def _decided(records_request: RecordsRequest) -> Event:
    decided = _last(records_request, EventKind.APPEAL_DECIDED)
    if decided is None:
        raise Refused("No appeal was decided here: record the decision first. Nothing was changed.")
    return decided


def _remark(
    records_request: RecordsRequest,
    kind: EventKind,
    answers: Event,
    *,
    reply: Reply,
    by: User,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> Event:
    """An act that answers an earlier event: on its day or after, and while the request is open."""
    request = lock(records_request)
    if request.is_over:
        stands = request.get_state_display().lower()
        raise Refused(f"This is {stands}, so nothing is owed any more. Nothing was changed.")
    what = f"of “{answers.get_kind_display().lower()}”"
    days.check(request, reply.on, at=at, after=answers.on, after_what=what)
    facts = {**reply.facts(), **(data or {})}
    event = record(request, kind, on=reply.on, by=by, at=at, data=facts)
    filing.keep(request, reply, event=event, by=by, at=at)
    return event
