"""The facts of a letter in a filed challenge: before whom, since when, how it was decided."""

from datetime import date

from cities.schema.city import Route, RouteKind
from requests_app.letters.enclosures import exhibit_numbers_of
from requests_app.letters.facts import due_facts, relief_facts
from requests_app.letters.facts.fact import LEDGER, TYPED, Facts, day_of, stated
from requests_app.models import Appeal, AppealOutcome, Deadline, EventKind, LetterKind
from requests_app.office_contacts import goes_to_the_agency
from requests_app.vocabulary import dates_and_amounts

COMPLIANCE = "compliance"  # the clock, where a law has one
COMPLY_BY = "comply_by"  # the day that the decision itself names, where somebody entered it
# What we filed, as a letter to the body calls it.
FILINGS = {
    RouteKind.COMMISSION: "complaint",
    RouteKind.ATTORNEY_GENERAL: "complaint",
    RouteKind.DISTRICT_ATTORNEY: "petition",
    RouteKind.RECONSIDERATION: "petition for reconsideration",
    RouteKind.ADMINISTRATIVE_REVIEW: "request for review",
    RouteKind.MEDIATION: "request for assistance",
    RouteKind.COURT: "suit",
}


def of(appeal: Appeal, kind: LetterKind, *, on: date) -> Facts:
    """All facts of such a letter that is written on that day; the salutation is its reader's."""
    request, route = appeal.records_request, appeal.pack_route
    is_to_the_city = goes_to_the_agency(kind) or route.is_court
    found = due_facts.made(request) | stated(
        request.city_slug,
        body=dates_and_amounts.typographic(route.body),
        salutation=request.office.salutation if is_to_the_city else route.salutation,
    )
    found |= stated(TYPED, body_reference=appeal.body_reference)
    found |= stated(LEDGER, filing=FILINGS[route.kind], filed_on=day_of(appeal.filed_on))
    found |= _offered(appeal)
    if numbers := exhibit_numbers_of(appeal):
        found |= stated(LEDGER, next_exhibit=f"Exhibit {max(numbers) + 1}")
    if appeal.decided_on is None:
        return found
    found |= _decided(appeal) | _compliance(appeal, on=on) | _by_the_decision(appeal)
    return found | _next(appeal)


def _offered(appeal: Appeal) -> Facts:
    """The day of what the city offered last in settlement."""
    offers = appeal.events.effective().filter(kind=EventKind.SETTLEMENT_OFFERED)
    last = offers.in_order().last()
    return stated(LEDGER, offered_on=day_of(last.on) if last else None)


def _decided(appeal: Appeal) -> Facts:
    is_in_part = appeal.outcome == AppealOutcome.MODIFIED
    return stated(LEDGER, decided_on=day_of(appeal.decided_on), is_in_part=is_in_part)


def _compliance(appeal: Appeal, *, on: date) -> Facts:
    """The last day to comply, by our count, where the law counts one for that body's decision."""
    clocks = Deadline.objects.filter(records_request=appeal.records_request, clock=COMPLIANCE)
    clock = clocks.filter(route=appeal.route, due_on__isnull=False).order_by("-occurrence").first()
    if clock is None or clock.due_on is None:
        return {}
    return stated(
        clock.citation,
        compliance_due_on=dates_and_amounts.weekday(clock.due_on),
        is_past=clock.due_on < on,
    )


def _by_the_decision(appeal: Appeal) -> Facts:
    """The day that the decision sets the city, as a person entered it."""
    days = Deadline.objects.filter(records_request=appeal.records_request, clock=COMPLY_BY)
    day = days.filter(route=appeal.route, status="running").order_by("-occurrence").first()
    if day is None or day.due_on is None:
        return {}
    return stated(LEDGER, comply_by_on=dates_and_amounts.weekday(day.due_on))


def _next(appeal: Appeal) -> Facts:
    """Where the law lets us go if the city does not comply, and what it may cost the city."""
    request = appeal.records_request
    routes = request.city.routes_after("disobeyed", request.custodian, request.kind)
    following: Route | None = next((one for one in routes if appeal.route in one.after), None)
    if following is None:
        return {}
    may_cite = following.confidence.may_enter_letter
    return relief_facts.awards(request, following.slug, "disobeyed") | stated(
        following.citation,
        next_body=dates_and_amounts.typographic(following.body),
        next_citation=following.citation if may_cite else "",
    )
