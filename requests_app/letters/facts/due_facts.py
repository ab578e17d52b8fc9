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
    rows = request.deadlines.filter(clock__in=_named(request)).exclude(
        status__in=["void", "not_computed"]
    )
    deadline = rows.order_by("due_on", "pk").first()
    return _due(request, deadline) if deadline else {}


def _due(request: RecordsRequest, deadline: Deadline) -> Facts:
    """The day with the provision that sets it, as letters cite it: a clock cites all its rules."""
    sentence = request.city.sentences.get("deadline_line") if deadline.clock == CLOCK else None
    citation = sentence.source if sentence else deadline.citation
    return stated(
        deadline.citation,
        response_due_on=dates_and_amounts.weekday(deadline.due_on) if deadline.due_on else None,
        response_citation=citation,
    )


def _running(request: RecordsRequest) -> Deadline | None:
    """The clock for the answer that ends first, of those that run and may be named; never a
    reminder of our own. An elected official's silence is a denial before the ten days are over
    (ORS 192.418(2))."""
    return request.deadlines.running().filter(clock__in=_named(request)).order_by("due_on").first()


def _has_clock(request: RecordsRequest) -> bool:
    return bool(_clocks(request))


def _named(request: RecordsRequest) -> list[str]:
    return [clock.name for clock in _clocks(request) if clock.confidence.may_enter_letter]


def _clocks(request: RecordsRequest) -> list[Clock]:
    """The clocks of such a custodian whose end without an answer is the city's fault."""
    if request.kind != RequestKind.RECORDS:
        return []
    statute = request.city.statute
    names = {CLOCK, *statute.silence.clocks}
    return [
        clock
        for clock in statute.clocks
        if clock.name in names and clock.custodian in ("", request.custodian)
    ]


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
