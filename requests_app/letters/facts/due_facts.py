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


def made(request: RecordsRequest) -> Facts:
    """When the request was made and acknowledged."""
    return stated(
        LEDGER,
        asked_on=day_of(request.submitted_on),
        acknowledged_on=day_of(request.acknowledged_on),
    ) | stated(DESK, has_no_clock=not _has_clock(request))


def asked(request: RecordsRequest) -> Facts:
    """When the request was made, and until when the city has to answer it."""
    deadline = _running(request)
    return made(request) | (_due(request, deadline) if deadline else {})


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


def missed(request: RecordsRequest, *, on: date) -> Facts:
    """The day that the city let pass, for a challenge to silence that is written on `on`.

    The clock for the answer that ended first: an elected official's before the ten business days.
    Where none of them has ended, an acknowledgment that the law requires and that never came.
    """
    ended = request.deadlines.filter(due_on__lt=on).exclude(status__in=["void", "not_computed"])
    answer = ended.filter(clock__in=_named(request)).order_by("due_on", "pk").first()
    if answer:
        return _due(request, answer)
    word = ended.filter(clock__in=_broken_alone(request)).order_by("due_on", "pk").first()
    if word is None:
        return {}
    clock = _clock_of(request, word)
    cited = word.citation if clock and clock.letters_cite else ""
    return stated(
        word.citation,
        acknowledgment_due_on=dates_and_amounts.weekday(word.due_on) if word.due_on else None,
        acknowledgment_citation=cited,
    )


def _due(request: RecordsRequest, deadline: Deadline) -> Facts:
    """The day with the provision that sets it, as letters cite it: a clock cites all its rules."""
    sentence = request.city.sentences.get("deadline_line") if deadline.clock == CLOCK else None
    clock = _clock_of(request, deadline)
    cited = deadline.citation if clock and clock.letters_cite else ""
    return stated(
        deadline.citation,
        response_due_on=dates_and_amounts.weekday(deadline.due_on) if deadline.due_on else None,
        response_citation=sentence.source if sentence else cited,
    )


def _clock_of(request: RecordsRequest, deadline: Deadline) -> Clock | None:
    clocks = request.city.statute.clocks
    return next((clock for clock in clocks if clock.name == deadline.clock), None)


def _broken_alone(request: RecordsRequest) -> list[str]:
    """Other clocks of the city whose silence the law lets a requester challenge by itself."""
    statute = request.city.statute
    silent = {
        start.silence_of
        for rule in statute.grievances
        if rule.kind == "silence"
        for start in rule.starts
    }
    return [
        clock.name
        for clock in statute.clocks
        if clock.name in silent - {CLOCK, *statute.silence.clocks}
        and clock.custodian in ("", request.custodian)
        and clock.confidence.may_enter_letter
    ]


def _running(request: RecordsRequest) -> Deadline | None:
    """The clock for the answer that ends first, of those that run and may be named; never a
    reminder of our own. An elected official's silence may be a denial before the ten days are
    over."""
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
