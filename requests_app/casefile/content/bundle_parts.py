"""The parts that papers may be made of: the whole, or what goes with an appeal."""

from cities.schema.offices import BundlePart, Route
from requests_app.models import Appeal, Event
from requests_app.vocabulary.event_kinds import describe

WHOLE: tuple[BundlePart, ...] = ("timeline", "deadlines", "correspondence")
# Where a route says nothing: what whoever decides cannot do without.
DEFAULT: tuple[BundlePart, ...] = ("appeal_letter", "request", "answers")

TITLES: dict[str, str] = {
    "timeline": "Timeline",
    "deadlines": "Deadlines and how they are counted",
    "appeal_letter": "The letter of appeal",
    "request": "The request",
    "answers": "The city’s answers",
    "denial": "The denial",
    "fees": "Fees",
    "earlier_decision": "The earlier decision",
    "correspondence": "Correspondence",
    "proof_of_receipt": "Proof that the custodian had the request",
}


def for_route(route: Route) -> tuple[BundlePart, ...]:
    """What goes with an appeal on that route."""
    return route.bundle.parts if route.bundle else DEFAULT


def part_of(
    event: Event, wanted: tuple[BundlePart, ...], appeal: Appeal | None
) -> BundlePart | None:
    """The first part that an event belongs to. Of other appeals a bundle takes the decision."""
    is_of_another = bool(appeal and event.appeal_id and event.appeal_id != appeal.pk)
    for part in wanted:
        if part == "correspondence":
            return part
        if part not in describe(event.kind).papers:
            continue
        if part == "earlier_decision" or not is_of_another:
            return part
    return None
