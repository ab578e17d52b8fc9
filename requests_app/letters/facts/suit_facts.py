"""The facts of a notice before a suit: what the city did, the court, and what comes before it."""

from datetime import date

from cities.schema.city import Route
from requests_app.letters.errors import LetterError
from requests_app.letters.facts import challenge_facts, relief_facts
from requests_app.letters.facts.fact import Facts, stated
from requests_app.models import EventKind, RecordsRequest
from requests_app.vocabulary import dates_and_amounts

_ANSWERS = {
    EventKind.DENIED: "denied",
    EventKind.GRANTED_IN_PART: "granted_in_part",
    EventKind.NO_RECORDS: "no_records",
    EventKind.REFERRED: "referred",
}


def suit(request: RecordsRequest, *, on: date) -> Facts:
    """LetterError where the law knows no suit over this request."""
    answers = _last_answer(request)
    court = _court(request)
    return (
        challenge_facts.asked_for(request)
        | challenge_facts.of(request, answers, on=on)
        | challenge_facts.earlier(request)
        | _awards(request, court, answers)
        | stated(
            court.citation,
            court=dates_and_amounts.typographic(court.body),
            court_citation=_citation(court),
        )
        | _first(request, court, answers)
    )


def _last_answer(request: RecordsRequest) -> str:
    """What there is to sue over: the city's last refusal, else its silence."""
    event = request.events.effective().filter(kind__in=_ANSWERS).in_order().last()
    return _ANSWERS[EventKind(event.kind)] if event else "silence"


def _court(request: RecordsRequest) -> Route:
    for route in request.city.all_routes():
        if (
            route.is_court
            and request.custodian in route.for_custodians
            and request.kind in route.for_kinds
        ):
            return route
    raise LetterError(
        f"No law opens a court for this {request.get_kind_display().lower()}: make a request for "
        f"records under the {request.city.statute.name} first."
    )


def _first(request: RecordsRequest, court: Route, answers: str) -> Facts:
    """The body to be asked before the court, as long as it has not decided."""
    if answers in court.follows or not court.after:
        return {}
    decided = request.appeals.filter(route__in=court.after, decided_on__isnull=False)
    if decided.exists():
        return {}
    first = request.city.route(court.after[0])
    return stated(
        first.citation,
        first_body=dates_and_amounts.typographic(first.body),
        first_citation=_citation(first),
    )


def _awards(request: RecordsRequest, court: Route, answers: str) -> Facts:
    """By the court, or by the body that the law takes it to first."""
    routes = [court.slug] if answers in court.follows else list(court.after)
    found = (relief_facts.awards(request, route, answers) for route in routes)
    return next((facts for facts in found if facts), {})


def _citation(route: Route) -> str:
    return route.citation if route.confidence.may_enter_letter else ""
