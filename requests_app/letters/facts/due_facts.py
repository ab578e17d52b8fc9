"""Where a request stands on the day we write: before the city's day, on it, or after it."""

from datetime import date

from django.db import models

from cities.schema.city import RequestKind, Route
from cities.schema.clock_rules import Clock
from requests_app.letters.facts.due_day import CLOCK
from requests_app.letters.facts.fact import DESK, LEDGER, Facts, day_of, stated
from requests_app.models import Deadline, RecordsRequest
from requests_app.vocabulary import dates_and_amounts


class Tone(models.TextChoices):
    """How a follow-up speaks; the value is the end of its template's name."""

    BEFORE = "before", "before the day the answer is due"
    ON = "on", "on the day the answer is due"
    AFTER = "after", "after the day the answer was due"
    NO_DAY = "", "without a day: no law's clock runs that can be named"


def tone(request: RecordsRequest, *, on: date) -> Tone:
    """The tone of a follow-up written that day, in the city."""
    due_on = due(request)
    if due_on is None:
        return Tone.NO_DAY
    if on < due_on:
        return Tone.BEFORE
    return Tone.ON if on == due_on else Tone.AFTER


def due(request: RecordsRequest) -> date | None:
    """The day by which the law wants the answer, where the answer is still owed."""
    deadline = _running(request)
    return deadline.due_on if deadline else None


def asked(request: RecordsRequest) -> Facts:
    """When the request was made, and until when the city has to answer it."""
    facts = stated(
        LEDGER,
        asked_on=day_of(request.submitted_on),
        acknowledged_on=day_of(request.acknowledged_on),
    ) | stated(DESK, has_no_clock=not _has_clock(request))
    deadline = _running(request)
    return facts | (_due(request, deadline) if deadline else {})


def late(request: RecordsRequest, *, on: date) -> Facts:
    """How long the city's day has passed that day, and where the law lets a requester turn."""
    deadline = _running(request)
    if deadline is None or deadline.due_on is None:
        return {}
    passed = (on - deadline.due_on).days
    since = stated(
        deadline.citation, days_late=dates_and_amounts.days(passed) if passed > 0 else ""
    )
    return since | _remedy(request)


def missed(request: RecordsRequest) -> Facts:
    """The day the answer was due, for a challenge to silence: the clock may have ended in it."""
    rows = request.deadlines.filter(clock=CLOCK, is_reminder=False).exclude(status="void")
    deadline = rows.order_by("pk").last()
    return _due(request, deadline) if deadline and _may_be_named(request) else {}


def _due(request: RecordsRequest, deadline: Deadline) -> Facts:
    """The day with the provision that sets it, as letters cite it: a clock cites all its rules."""
    sentence = request.city.sentences.get("deadline_line")
    citation = sentence.source if sentence else deadline.citation
    return stated(
        deadline.citation,
        response_due_on=dates_and_amounts.weekday(deadline.due_on) if deadline.due_on else None,
        response_citation=citation,
    )


def _running(request: RecordsRequest) -> Deadline | None:
    """The clock for the answer, while it runs and may be named; never a reminder of our own."""
    if not _may_be_named(request):
        return None
    return request.deadlines.running().filter(clock=CLOCK, is_reminder=False).first()


def _has_clock(request: RecordsRequest) -> bool:
    return request.kind == RequestKind.RECORDS and _clock(request) is not None


def _may_be_named(request: RecordsRequest) -> bool:
    clock = _clock(request)
    return clock is not None and clock.confidence.may_enter_letter


def _clock(request: RecordsRequest) -> Clock | None:
    return next((c for c in request.city.statute.clocks if c.name == CLOCK), None)


def _remedy(request: RecordsRequest) -> Facts:
    """Where the law, and not a city's habit, lets a requester turn after silence."""
    route = next((r for r in routes_after(request, "silence") if _is_lawful(r)), None)
    if route is None:
        return {}
    return stated(
        route.citation,
        remedy_body=dates_and_amounts.typographic(route.body),
        remedy_citation=route.citation,
    )


def routes_after(request: RecordsRequest, answer: str) -> tuple[Route, ...]:
    return request.city.routes_after(answer, request.custodian, request.kind)


def _is_lawful(route: Route) -> bool:
    return route.is_formal and route.confidence.may_enter_letter
