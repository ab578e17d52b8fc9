"""The parts that papers may be made of: the whole, or what goes with an appeal."""

from cities.pack.offices import BundlePart, Route
from requests_app.models import Appeal, Event, EventKind

K = EventKind
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
}
# What belongs to a part, by the kind of event. "timeline" and "deadlines" are pages of our own.
KINDS: dict[str, frozenset[EventKind]] = {
    "appeal_letter": frozenset({K.APPEAL_FILED}),
    "request": frozenset({K.SUBMITTED, K.RECEIVED, K.NARROWED, K.CLARIFIED}),
    "answers": frozenset(
        {
            K.ACKNOWLEDGED,
            K.CLARIFICATION_REQUESTED,
            K.FEES_ESTIMATED,
            K.FEE_WAIVER_DENIED,
            K.EXTENDED,
            K.PRODUCED_IN_PART,
            K.GRANTED,
            K.GRANTED_IN_PART,
            K.DENIED,
            K.DEEMED_DENIED,
            K.NO_RECORDS,
            K.REFERRED,
            K.GROUNDS_GIVEN,
        }
    ),
    "denial": frozenset(
        {
            K.DENIED,
            K.DEEMED_DENIED,
            K.GRANTED_IN_PART,
            K.NO_RECORDS,
            K.REFERRED,
            K.FEE_WAIVER_DENIED,
            K.GROUNDS_GIVEN,
        }
    ),
    "fees": frozenset(
        {
            K.FEES_ESTIMATED,
            K.FEES_REFUSED,
            K.FEE_WAIVER_REQUESTED,
            K.FEE_WAIVER_DENIED,
            K.FEES_PAID,
        }
    ),
    "earlier_decision": frozenset({K.APPEAL_DECIDED}),
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
        if event.kind not in KINDS.get(part, ()):
            continue
        if part == "earlier_decision" or not is_of_another:
            return part
    return None
