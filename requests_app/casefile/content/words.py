"""What happened, as a heading in a paper for somebody outside: a lawyer, a commission, a court."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from cities.pack.load import PackErrors
from requests_app.letters.facts import phrases
from requests_app.models import AppealOutcome, Channel, Event, EventKind, RecordsRequest

K = EventKind

# The newsroom's own affairs: whoever reads the case file outside has no business with them.
PRIVATE = frozenset(
    {
        K.DRAFTED,
        K.SENT_TO_REVIEW,
        K.APPROVED,
        K.RETURNED,
        K.ASSIGNED,
        K.SHARED,
        K.NOTED,
        K.APPEAL_DRAFTED,
        K.MAIL_TAKEN_OUT,
    }
)
# What the desk worked out itself: the deadlines' own pages say it better.
DERIVED = frozenset({K.DEADLINE_MOVED})
HEADINGS: dict[str, str] = {
    K.DRAFTED: "Drafted",
    K.SENT_TO_REVIEW: "Sent to review",
    K.APPROVED: "Approved for filing",
    K.RETURNED: "Returned to the reporter",
    K.ASSIGNED: "Assigned",
    K.SHARED: "Shared",
    K.NOTED: "Note of the newsroom",
    K.APPEAL_DRAFTED: "Appeal drafted",
    K.MAIL_TAKEN_OUT: "A message filed by mistake was taken out",
    K.SUBMITTED: "Request submitted",
    K.SENT: "Letter sent",
    K.DELIVERED: "Letter delivered",
    K.BOUNCED: "Letter came back",
    K.RECALLED: "Letter recalled before it left",
    K.SENDING_FAILED: "Sending failed",
    K.SENDING_IN_DOUBT: "Sending interrupted",
    K.SENDING_RETRIED: "Letter sent again",
    K.RECEIVED: "Received by the custodian",
    K.ACKNOWLEDGED: "Request acknowledged",
    K.CLARIFICATION_REQUESTED: "Clarification asked for",
    K.CLARIFIED: "Clarification given",
    K.FEES_ESTIMATED: "Fees estimated",
    K.FEES_ACCEPTED: "Fees accepted",
    K.FEES_REFUSED: "Fees objected to",
    K.FEES_PAID: "Fees paid",
    K.FEES_WAIVED: "Fees waived",
    K.FEE_WAIVER_DENIED: "Fee waiver refused",
    K.EXTENDED: "Time extended by the city",
    K.PRODUCED_IN_PART: "Some of the records produced",
    K.GRANTED: "Records produced",
    K.GRANTED_IN_PART: "Granted in part",
    K.DENIED: "Request denied",
    K.DEEMED_DENIED: "Silence treated as a denial",
    K.NO_RECORDS: "No such records, says the city",
    K.REFERRED: "Referred elsewhere",
    K.GROUNDS_REQUESTED: "Grounds of the denial asked for",
    K.GROUNDS_GIVEN: "Grounds of the denial stated",
    K.FOLLOWED_UP: "Follow-up",
    K.FEE_WAIVER_REQUESTED: "Fee waiver asked for",
    K.NARROWED: "Request narrowed",
    K.THANKED: "Letter of thanks",
    K.SUIT_ANNOUNCED: "Notice of intent to sue",
    K.MAIL_RECEIVED: "Message from the city",
    K.AUTO_REPLY_RECEIVED: "Automatic reply",
    K.APPEAL_FILED: "Appeal filed",
    K.APPEAL_RECEIVED: "Appeal received",
    K.APPEAL_DECIDED: "Appeal decided",
    K.APPEAL_WITHDRAWN: "Appeal withdrawn",
    K.COMPLIED: "Decision complied with",
    K.LAWSUIT: "Decision taken to court by the city",
    K.CLOSED: "Closed",
    K.WITHDRAWN: "Request withdrawn",
    K.LAPSED: "Request lapsed",
    K.DEADLINE_MOVED: "A deadline moved",
}
# Whose acts they are, for the two lanes of the timeline. What is in neither is nobody's.
OURS = frozenset(
    {
        K.SUBMITTED,
        K.CLARIFIED,
        K.FEES_ACCEPTED,
        K.FEES_REFUSED,
        K.FEES_PAID,
        K.GROUNDS_REQUESTED,
        K.FOLLOWED_UP,
        K.FEE_WAIVER_REQUESTED,
        K.NARROWED,
        K.THANKED,
        K.SUIT_ANNOUNCED,
        K.APPEAL_FILED,
        K.APPEAL_WITHDRAWN,
        K.DEEMED_DENIED,
        K.CLOSED,
        K.WITHDRAWN,
    }
)
THEIRS = frozenset(
    {
        K.RECEIVED,
        K.ACKNOWLEDGED,
        K.CLARIFICATION_REQUESTED,
        K.FEES_ESTIMATED,
        K.FEES_WAIVED,
        K.FEE_WAIVER_DENIED,
        K.EXTENDED,
        K.PRODUCED_IN_PART,
        K.GRANTED,
        K.GRANTED_IN_PART,
        K.DENIED,
        K.NO_RECORDS,
        K.REFERRED,
        K.GROUNDS_GIVEN,
        K.MAIL_RECEIVED,
        K.AUTO_REPLY_RECEIVED,
        K.APPEAL_RECEIVED,
        K.APPEAL_DECIDED,
        K.COMPLIED,
        K.LAWSUIT,
        K.LAPSED,
    }
)
# Of those, the acts of the body that decides, not of the city.
BODYS = frozenset({K.APPEAL_RECEIVED, K.APPEAL_DECIDED})
# Facts of an event that a reader wants beside its heading: the key in `data`, and its label.
LABELS = {
    "amount": "Amount",
    "until": "Until",
    "ground": "Ground",
    "exemptions": "Exemptions claimed",
    "office": "Office",
    "city_reference": "The city’s reference",
    "confirmation": "Confirmation",
    "answer": "The server’s answer",
    "outcome": "Outcome",
    "because": "Because",
    "from": "From",
    "to": "To",
}
CLOCKS = {
    "acknowledgement": "The city’s time to acknowledge",
    "response": "The city’s time to answer",
    "grounds": "The city’s time to state its grounds",
    "deemed_denial": "When silence becomes a denial",
    "fee_lapse": "Our time to answer the fee",
    "clarification_lapse": "Our time to answer the question",
    "appeal": "Our time to appeal",
    "appeal_decision": "The body’s time to decide",
    "compliance": "The city’s time to comply",
    "court": "Our time to go to court",
    "reminder": "The newsroom’s own reminder",
}
OUTCOMES = dict(AppealOutcome.choices)


def clock_name(clock: str) -> str:
    return CLOCKS.get(clock, clock.replace("_", " ").capitalize())


def facts_of(event: Event, records_request: RecordsRequest) -> tuple[tuple[str, str], ...]:
    """An event's particulars, each with its label, as they are read."""
    shown = [(label, _shown(key, event.data.get(key))) for key, label in LABELS.items()]
    if event.kind == K.DEADLINE_MOVED:
        shown.insert(0, ("Deadline", clock_name(str(event.data.get("clock", "")))))
    if route := _route(event, records_request):
        shown.insert(0, ("Route", route))
    if channel := event.data.get("channel"):
        shown.insert(0, ("By", str(dict(Channel.choices).get(channel, channel))))
    return tuple((label, value) for label, value in shown if value)


def _shown(key: str, value: Any) -> str:
    if not value:
        return ""
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    if key == "amount":
        return _money(value)
    if key == "outcome":
        return str(OUTCOMES.get(value, value))
    if key in {"until", "from", "to"}:
        return _day(str(value))
    return str(value)


def _money(value: Any) -> str:
    try:
        return phrases.dollars(Decimal(str(value)))
    except InvalidOperation:
        return str(value)


def _day(value: str) -> str:
    """A day in words; under the same keys other events keep a name or an address."""
    try:
        return phrases.weekday(date.fromisoformat(value))
    except ValueError:
        return value


def _route(event: Event, records_request: RecordsRequest) -> str:
    slug = event.appeal.route if event.appeal else str(event.data.get("route", ""))
    try:
        return records_request.city.route(slug).name if slug else ""
    except (LookupError, PackErrors):
        return slug  # a route that a later pack no longer has
