"""The ledger in words: one sentence for each kind of event."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cities.load import PackErrors
from requests_app.models import Attachment, Channel, Event, EventKind, Letter, RecordsRequest
from requests_app.models.appeal import AppealOutcome
from requests_app.views.standing import NAMES

K = EventKind

SENTENCES: dict[str, str] = {
    K.DRAFTED: "Drafted for the {office}, from the {city} letter.",
    K.SENT_TO_REVIEW: "Sent to an editor for review.",
    K.APPROVED: "Approved for filing.",
    K.RETURNED: "Returned to the reporter.",
    K.ASSIGNED: "Assigned{to_person}.",
    K.SHARED: "Shared{with_person}.",
    K.NOTED: "Note.",
    K.SUBMITTED: "Submitted to the {office}{channel}{address}.",
    K.SENT: "{Letter} sent{channel}{confirmation}.",
    K.BOUNCED: "{Letter} came back{answer}.",
    K.SENDING_FAILED: "Sending the letter failed{answer}.",
    K.SENDING_IN_DOUBT: "The line broke while the letter was being sent: the server may have it.",
    K.SENDING_RETRIED: "The letter was put in the queue again.",
    K.RECEIVED: "Received by the custodian: the clock starts from this day.",
    K.ACKNOWLEDGED: "{city} acknowledged the request.",
    K.CLARIFICATION_REQUESTED: "{city} asked for clarification.",
    K.CLARIFIED: "We answered the clarification{channel}.",
    K.FEES_ESTIMATED: "{city} estimated fees{amount}.",
    K.FEES_ACCEPTED: "We accepted the fees{amount}.",
    K.FEES_REFUSED: "We objected to the fees{amount}.",
    K.FEES_PAID: "The fees were paid{amount}.",
    K.FEES_WAIVED: "{city} waived the fees.",
    K.FEE_WAIVER_DENIED: "{city} refused to waive the fees.",
    K.EXTENDED: "{city} took more time{until}{ground}.",
    K.PRODUCED_IN_PART: "{city} sent some of the records; more are to come.",
    K.GRANTED: "{city} gave the records.",
    K.GRANTED_IN_PART: "{city} gave a part of the records and withheld the rest{exemptions}.",
    K.DENIED: "{city} denied the request{exemptions}.",
    K.DEEMED_DENIED: "No answer in time: we treat the silence as a denial.",
    K.NO_RECORDS: "{city} says that it has no such records.",
    K.REFERRED: "{city} referred us{to}.",
    K.GROUNDS_REQUESTED: "We asked for the grounds of the denial{channel}.",
    K.GROUNDS_GIVEN: "{city} stated its grounds.",
    K.FOLLOWED_UP: "We sent a follow-up{channel}.",
    K.APPEAL_DRAFTED: "Appeal drafted: {route}.",
    K.APPEAL_FILED: "Appeal filed{channel}: {route}.",
    K.APPEAL_RECEIVED: "The appeal was received: {route}.",
    K.APPEAL_DECIDED: "Appeal decided: {outcome}. {route}.",
    K.APPEAL_WITHDRAWN: "Appeal withdrawn: {route}.",
    K.COMPLIED: "{city} did what was decided.",
    K.LAWSUIT: "{city} took the decision to court.",
    K.CLOSED: "Closed.",
    K.WITHDRAWN: "Withdrawn.",
    K.LAPSED: "Lapsed.",
    K.DEADLINE_MOVED: "The day {clock} moved{from_day}{to_day}: {because}.",
}
CHANNELS: dict[str, str] = {
    Channel.EMAIL: " by e-mail",
    Channel.POST: " by post",
    Channel.IN_PERSON: " in person",
    Channel.PORTAL: " through the web portal",
    Channel.PHONE: " by telephone",
}
QUOTED = ("text", "note")  # what somebody wrote, shown under the sentence


@dataclass(frozen=True, slots=True)
class Told:
    """An event as the ledger shows it."""

    event: Event
    sentence: str
    quote: str
    letter: Letter | None
    files: list[Attachment] = field(default_factory=list)


def tell(event: Event, records_request: RecordsRequest) -> Told:
    communication = getattr(event, "communication", None)
    quote = next((event.data[key] for key in QUOTED if event.data.get(key)), "")
    if communication and communication.text:
        quote = communication.text
    letter = event.delivery.letter if event.delivery and event.kind != K.SENT else None
    files = list(communication.attachments.all()) if communication else []
    return Told(event, sentence(event, records_request), quote, letter, files)


def sentence(event: Event, records_request: RecordsRequest) -> str:
    return SENTENCES[event.kind].format_map(_words(event, records_request))


def _words(event: Event, records_request: RecordsRequest) -> dict[str, str]:
    """Each word with the preposition before it, or empty: a sentence reads right without it."""
    data = event.data
    delivery = event.delivery
    channel = data.get("channel") or (delivery.channel if delivery else "")
    return {
        "city": records_request.city.name,
        "office": data.get("office") or records_request.office.name,
        "Letter": delivery.letter.get_kind_display() if delivery else "The letter",
        "channel": CHANNELS.get(channel, ""),
        "to": _after(" to ", data.get("to")),
        "address": f" ({data['to']})" if data.get("to") else "",
        "to_person": _after(" to ", data.get("to_name") or data.get("to")),
        "with_person": _after(" with ", data.get("with_name") or data.get("with")),
        "confirmation": _after(", confirmation ", data.get("confirmation")),
        "answer": _after(": ", data.get("answer")),
        "amount": f": ${data['amount']}" if data.get("amount") else "",
        "until": _after(", until ", _day(data.get("until"))),
        "ground": _after(": ", data.get("ground")),
        "exemptions": _after(", claiming ", "; ".join(data.get("exemptions") or [])),
        "route": _route(event, records_request),
        "outcome": _outcome(data.get("outcome", "")),
        "clock": NAMES.get(data.get("clock", ""), "of a clock"),
        "from_day": _after(" from ", _moved(event, "from")),
        "to_day": _after(" to ", _moved(event, "to")),
        "because": str(data.get("because", "")).lower(),
    }


def _after(preposition: str, words: Any) -> str:
    return f"{preposition}{words}" if words else ""


def _day(iso: Any) -> str:
    if not iso:
        return ""
    on = date.fromisoformat(str(iso))
    return f"{on:%a %b} {on.day}, {on.year}"


def _moved(event: Event, end: str) -> str:
    """A deadline's day before or after it moved. Other events mean other things by these keys."""
    return _day(event.data.get(end)) if event.kind == K.DEADLINE_MOVED else ""


def _route(event: Event, records_request: RecordsRequest) -> str:
    slug = event.appeal.route if event.appeal else event.data.get("route", "")
    try:
        return records_request.city.route(slug).name if slug else ""
    except (LookupError, PackErrors):
        return str(slug)  # a route that a later pack no longer has


def _outcome(outcome: str) -> str:
    labels = dict(AppealOutcome.choices)
    return str(labels.get(outcome, outcome)).lower()
