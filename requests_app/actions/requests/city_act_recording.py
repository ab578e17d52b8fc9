"""How any act of the city is recorded: its day checked, its event written, its words kept.

A machine files mail; a person reads it and says what the city did. Which acts there are stands in
`city_progress` and `city_determinations`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from requests_app import ledger
from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.mail.kept_suggestions import settle_suggestion
from requests_app.actions.mail.read_mail import mark_read
from requests_app.actions.requests import attachments
from requests_app.actions.transitions import lock, record, take
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import (
    Appeal,
    Channel,
    Communication,
    Event,
    EventKind,
    RecordsRequest,
)


@dataclass(frozen=True, slots=True)
class CityAnswer:
    """What a person files of a city's answer: the day it came, how, its words and its files."""

    on: date
    channel: str = Channel.EMAIL
    text: str = ""
    files: Sequence[attachments.Upload] = field(default=())
    city_reference: str = ""
    # Recorded from mail that is filed here: its words and files stand there, and are not copied.
    mail: Communication | None = None
    suggestion: int | None = None  # which of the desk's readings of that mail this confirms

    def facts(self) -> dict[str, Any]:
        """What its event says of it."""
        facts: dict[str, Any] = {"text": self.text}
        if self.mail:
            facts["mail"] = self.mail.pk
        if self.city_reference:
            facts["city_reference"] = self.city_reference
        return facts


@transaction.atomic
def move(
    records_request: RecordsRequest,
    name: str,
    *,
    answer: CityAnswer,
    by: Attribution,
    data: Mapping[str, Any] | None = None,
    **arguments: Any,
) -> Event:
    """An act that moves the request, by the transition of that name."""
    request = lock(records_request)
    _check_it_left(request)
    if name in {"grant", "grant_in_part"} and not request.is_pending:
        days.check_after_last_answer(request, answer.on, at=by.at)
    asked_on, asked = _asked(request, name)
    days.check(request, answer.on, at=by.at, after=asked_on, after_what=asked)
    if answer.city_reference:
        request.city_reference = answer.city_reference
    facts = {**answer.facts(), **(data or {})}
    event = take(request, name, Occasion(by, answer.on, facts), **arguments)
    keep(request, answer, event=event, by=by)
    return event


@transaction.atomic
def record_while_pending(
    records_request: RecordsRequest,
    kind: EventKind,
    *,
    answer: CityAnswer,
    by: Attribution,
    data: Mapping[str, Any] | None = None,
) -> Event:
    """While it is the city's turn: an act that is an event and moves no state."""
    request = lock_pending(records_request, kind.label.lower())
    _check_it_left(request)
    days.check(request, answer.on, at=by.at, after=request.submitted_on)
    return _write_down(request, kind, answer=answer, by=by, data=data)


@transaction.atomic
def record_answer_to(
    earlier: Event, kind: EventKind, *, answer: CityAnswer, by: Attribution
) -> Event:
    """An event that answers an earlier one: on its day or after, and while the request is open."""
    request = lock(earlier.records_request)
    if request.is_over:
        stands = request.get_state_display().lower()
        raise Refused(f"This is {stands}, so nothing is owed any more. Nothing was changed.")
    what = f"of “{earlier.get_kind_display().lower()}”"
    days.check(request, answer.on, at=by.at, after=earlier.on, after_what=what)
    return _write_down(request, kind, answer=answer, by=by)


def last_event(records_request: RecordsRequest, kind: EventKind, *, unless: str) -> Event:
    """The last of its kind, for the act that answers it; Refused, as `unless` says, without one."""
    last = records_request.events.effective().filter(kind=kind).in_order().last()
    if last is None:
        raise Refused(f"{unless} Nothing was changed.")
    return last


def lock_pending(records_request: RecordsRequest, tried: str) -> RecordsRequest:
    """The locked request, if it is still the city's turn. Raises Refused."""
    request = lock(records_request)
    if not request.is_pending:
        stands = request.get_state_display().lower()
        raise Refused(f"This is {stands}, so it cannot be {tried} now. Nothing was changed.")
    return request


def keep(
    records_request: RecordsRequest,
    answer: CityAnswer,
    *,
    event: Event,
    by: Attribution,
    appeal: Appeal | None = None,
) -> Communication:
    """Store an answer behind its event, with the files under their hashes.

    What came by mail is stored already: then only what a person adds to it is.
    """
    if answer.mail is not None:
        mark_read(answer.mail, by=by)
        ledger.write_headlines([records_request])
        if answer.suggestion is not None:
            settle_suggestion(answer.mail, answer.suggestion, by=by, event=event)
        if not answer.text and not answer.files:
            return answer.mail
    communication = Communication.objects.create(
        records_request=records_request,
        appeal=appeal,
        event=event,
        direction=Communication.Direction.IN,
        channel=answer.channel,
        on=answer.on,
        text=answer.text,
        filed_at=by.at,
        filed_by=by.user,
    )
    attachments.attach(records_request, answer.files, by=by, communication=communication)
    return communication


def _asked(request: RecordsRequest, name: str) -> tuple[date | None, str]:
    """The day of what the act of that name comes after, and what it was."""
    if name == "waive_fees" and request.fees_estimated_on:
        return request.fees_estimated_on, "the fee was quoted"
    return request.submitted_on, "it was submitted"


def _check_it_left(request: RecordsRequest) -> None:
    """The city cannot have answered what has reached nobody. Raises Refused."""
    reached = request.events.effective().filter(kind__in=[EventKind.SENT, EventKind.RECEIVED])
    if request.submitted_on and not reached.exists():
        raise Refused(
            "The request has not left yet: send it, say when it was handed over, or record the day "
            "on which the custodian received it. Nothing was changed."
        )


def _write_down(
    request: RecordsRequest,
    kind: EventKind,
    *,
    answer: CityAnswer,
    by: Attribution,
    data: Mapping[str, Any] | None = None,
) -> Event:
    """The event, and the city's words and files behind it."""
    facts = {**answer.facts(), **(data or {})}
    event = record(request, kind, Occasion(by, answer.on, facts))
    keep(request, answer, event=event, by=by)
    return event
