"""The facts of a challenge: what was asked, what came of it, and before whom we stand."""

from datetime import date

from requests_app import office_contacts
from requests_app.letters.facts import (
    argument_facts,
    challenge_facts,
    due_facts,
    exhibit_facts,
    relief_facts,
)
from requests_app.letters.facts.claimed_grounds import challenged_by
from requests_app.letters.facts.fact import LEDGER, TYPED, Facts, stated
from requests_app.models import Appeal, Channel, Delivery, LetterKind, RecordsRequest
from requests_app.vocabulary import dates_and_amounts


def of(appeal: Appeal, *, on: date) -> Facts:
    """All facts of an appeal's letter that is written on that day.

    The salutation is the body's. A notice of court action goes to the city, at the office asked.
    """
    request, route = appeal.records_request, appeal.pack_route
    told = challenge_facts.of(request, appeal.answers, on=on)
    what = challenged_by(appeal, told)
    return (
        due_facts.made(request)
        | challenge_facts.asked_for(request)
        | told
        | challenge_facts.earlier(request, before=appeal)
        | stated(
            request.city_slug,
            body=dates_and_amounts.typographic(route.body),
            salutation=request.office.salutation if route.is_court else route.salutation,
        )
        | stated(
            route.citation,
            route_citation=route.citation if route.confidence.may_enter_letter else "",
        )
        | stated(TYPED, body_reference=appeal.body_reference)
        | argument_facts.of(what)
        | relief_facts.of(what)
        | _agency_address(request)
        | _violation(told, appeal.answers)
        | _asked_through(request)
        | _newsroom(request)
        | exhibit_facts.of(appeal)
    )


def _violation(told: Facts, answers: str) -> Facts:
    """The day of what we challenge; of silence, the day that passed without an answer."""
    names = (
        ("response_due_on", "acknowledgment_due_on") if answers == "silence" else ("answered_on",)
    )
    day = next((told[name] for name in names if name in told), None)
    return {"violation_on": day} if day else {}


def _agency_address(request: RecordsRequest) -> Facts:
    """Where the office that was asked is, as a letter to it would have it."""
    address = office_contacts.resolve(request.newsroom, request.city, request.office_role).address
    known = dates_and_amounts.address_lines(address.value) if address.may_enter_letter else ()
    return stated(address.source or request.city_slug, agency_address=", ".join(known))


def _asked_through(request: RecordsRequest) -> Facts:
    """How the request reached the city, and where."""
    sent = request.deliveries.filter(
        letter__kind__in=LetterKind.requests(), sent_at__isnull=False, first_part__isnull=True
    )
    delivery: Delivery | None = sent.order_by("pk").last()
    if delivery is None:
        return {}
    to = ", ".join(dates_and_amounts.address_lines(delivery.to))
    named = to and delivery.channel != Channel.PORTAL
    way = Channel(delivery.channel).described.how_in_a_letter
    return stated(LEDGER, asked_through=f"{way} to {to}" if named else way)


def _newsroom(request: RecordsRequest) -> Facts:
    newsroom = request.newsroom
    return stated(
        TYPED,
        newsroom_address=", ".join(dates_and_amounts.address_lines(newsroom.address)),
        newsroom_email=newsroom.email,
        newsroom_phone=newsroom.phone,
    )
