"""An event's particulars in a paper for somebody outside: a lawyer, a commission, a court."""

from datetime import date
from typing import Any

from requests_app.models import AppealOutcome, Channel, Event, RecordsRequest
from requests_app.vocabulary import dates_and_amounts

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
    "cut_off": "The office counts to the next business day after",
    "from": "From",
    "to": "To",
}
OUTCOMES = dict(AppealOutcome.choices)


def facts_of(event: Event, records_request: RecordsRequest) -> tuple[tuple[str, str], ...]:
    """An event's particulars, each with its label, as they are read."""
    shown = [(label, _shown(key, event.data.get(key))) for key, label in LABELS.items()]
    if route := event.route_name(records_request.city):
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
        return dates_and_amounts.dollars(value)
    if key == "outcome":
        return str(OUTCOMES.get(value, value))
    if key in {"until", "from", "to"}:
        return _day(str(value))
    return str(value)


def _day(value: str) -> str:
    """A day in words; under the same keys other events keep a name or an address."""
    try:
        return dates_and_amounts.weekday(date.fromisoformat(value))
    except ValueError:
        return value
