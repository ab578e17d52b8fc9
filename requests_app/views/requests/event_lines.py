"""The ledger in words: one sentence for each kind of event."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cities.pack.load import PackErrors
from requests_app.models import (
    Attachment,
    Channel,
    Communication,
    Delivery,
    Event,
    EventKind,
    Letter,
    RecordsRequest,
)
from requests_app.models.appeal import AppealOutcome
from requests_app.policy.clock_pill import NAMES
from requests_app.views.mail.readings import Reading, readings_of

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
    K.SENT: "{Letter} sent{channel}{confirmation}{server}.",
    K.BOUNCED: "{Letter} came back{answer}.",
    K.DELIVERED: "{Letter} reached the mailbox{answer}.",
    K.RECALLED: "{Letter} was recalled before it left: nobody has it.",
    K.SENDING_FAILED: "Sending the letter failed{answer}.",
    K.SENDING_IN_DOUBT: "The line broke while the letter was being sent: the server may have it.",
    K.SENDING_RETRIED: "The letter was put in the queue again.",
    K.RECEIVED: "Received by the custodian: the clock starts from this day.",
    K.ACKNOWLEDGED: "{city} acknowledged the request.",
    K.CLARIFICATION_REQUESTED: "{city} asked for clarification.",
    K.CLARIFIED: "We answered the clarification{channel}{narrowed}.",
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
    K.FEE_WAIVER_REQUESTED: "We asked for the fee to be waived{channel}.",
    K.NARROWED: "We narrowed the request{channel}. What we ask for now:",
    K.THANKED: "We thanked {city}{channel}.",
    K.SUIT_ANNOUNCED: "We announced a suit{channel}.",
    K.MAIL_RECEIVED: "Mail came{from_whom}{mail_subject}.",
    K.AUTO_REPLY_RECEIVED: "Automatic mail came{from_whom}{mail_subject}: it answers nothing.",
    K.MAIL_TAKEN_OUT: "Mail{from_whom}{mail_subject} was taken out: it belongs elsewhere.",
    K.APPEAL_DRAFTED: "Appeal drafted: {route}.",
    K.APPEAL_FILED: "Appeal filed{channel}: {route}.",
    K.APPEAL_RECEIVED: "The appeal was received: {route}.",
    K.APPEAL_DECIDED: "Appeal decided: {outcome}. {route}.",
    K.APPEAL_WITHDRAWN: "Appeal withdrawn: {route}.",
    K.COMPLIED: "{city} did what was decided.",
    K.LAWSUIT: "{city} took the decision to court.",
    K.CLOSED: "Closed.",
    K.WITHDRAWN: "Withdrawn{by_letter}.",
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
    mail: Communication | None = None  # what came by mail, while it is filed here
    readings: list[Reading] = field(default_factory=list)  # what its words may mean
    from_mail: int | None = None  # recorded from that communication


def tell(event: Event, records_request: RecordsRequest) -> Told:
    communication = getattr(event, "communication", None)
    quote = next((event.data[key] for key in QUOTED if event.data.get(key)), "")
    quote = "\n".join(event.data.get("narrowed", ())) or quote
    if communication and communication.text:
        quote = communication.text
    letter = event.delivery.letter if event.delivery and event.kind != K.SENT else None
    files = list(communication.attachments.all()) if communication else []
    standing = None
    if communication is not None and communication.mail_id is not None:
        if communication.taken_out_at is None:
            standing = communication
        else:
            quote, files = "", []  # its words are another request's now
    return Told(
        event,
        sentence(event, records_request),
        quote,
        letter,
        files,
        mail=standing,
        readings=readings_of(standing, records_request) if standing else [],
        from_mail=event.data.get("mail"),
    )


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
        "Letter": _letter(delivery),
        "server": _after(", taken by ", data.get("server")),
        "from_whom": _after(" from ", data.get("from")),
        "mail_subject": f": “{data['subject']}”" if data.get("subject") else "",
        "channel": CHANNELS.get(channel, ""),
        "to": _after(" to ", data.get("to")),
        "address": f" ({data['to']})" if data.get("to") else "",
        "narrowed": ", narrowing the request to this" if data.get("narrowed") else "",
        "by_letter": f", and told {records_request.city.name} so by letter"
        if data.get("channel")
        else "",
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


def _letter(delivery: Delivery | None) -> str:
    if delivery is None:
        return "The letter"
    name = delivery.letter.get_kind_display()
    return f"{name}, part {delivery.part} of {delivery.parts}," if delivery.parts > 1 else name


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
