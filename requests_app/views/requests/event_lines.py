"""The ledger in words: one sentence for each kind of event."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from requests_app.entered_days import when_and_where
from requests_app.ledger.erasing import is_notice
from requests_app.models import (
    Attachment,
    Channel,
    Communication,
    Delivery,
    Event,
    EventKind,
    Letter,
    LetterKind,
    RecordsRequest,
    User,
)
from requests_app.models.requests.appeal import AppealOutcome
from requests_app.permissions import may
from requests_app.policy.checked_datasets import checked_datasets
from requests_app.policy.correctable_entries import is_offered_to_strike, why_day_stands
from requests_app.views.mail.possible_meanings import Reading, readings_of
from requests_app.vocabulary.challenge_days import CameOf
from requests_app.vocabulary.channels import how
from requests_app.vocabulary.clocks import describe_clock
from requests_app.vocabulary.dataset_answers import SENTENCES, CheckedChange, DataOutcome
from requests_app.vocabulary.dates_and_amounts import dollars, short_weekday
from requests_app.vocabulary.event_kinds import describe
from requests_app.vocabulary.exhibit_numbers import named

K = EventKind

QUOTED = ("text", "note")  # what somebody wrote, shown under the sentence


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """An event as the ledger shows it."""

    event: Event
    sentence: str
    quote: str
    letter: Letter | None
    files: list[Attachment] = field(default_factory=list)
    mail: Communication | None = None  # a message, call or letter, while it is filed here
    readings: list[Reading] = field(default_factory=list)  # what its words may mean
    from_mail: int | None = None  # recorded from that communication
    struck: Event | None = None  # the correction that strikes it
    can_strike: bool = False
    can_correct_day: bool = False
    can_restore: bool = False
    erasable: Communication | None = None  # words of an act, which have no page of their own


def line_of(
    event: Event, records_request: RecordsRequest, struck: Event | None = None
) -> LedgerLine:
    communication = event.told_by
    quote = next((event.data[key] for key in QUOTED if event.data.get(key)), "")
    quote = "\n".join(event.data.get("narrowed", ())) or quote
    if communication and communication.text:
        quote = communication.text
    letter = event.delivery.letter if event.delivery and event.kind != K.SENT else None
    files = list(communication.attachments.all()) if communication else []
    standing = None
    if communication is not None and communication.taken_out_at is None:
        standing = communication if communication.is_message else None
    elif communication is not None and communication.mail_id is not None:
        quote, files = "", []  # its words are another request's now
    return LedgerLine(
        event,
        sentence(event, records_request),
        quote,
        letter,
        files,
        mail=standing,
        readings=readings_of(standing, records_request) if standing else [],
        from_mail=event.data.get("mail"),
        struck=struck,
    )


def with_ways_back(lines: Iterable[LedgerLine], user: User) -> list[LedgerLine]:
    """The lines, each with what this person may do about it if it is a mistake.

    Who may depends on whose entry it is and on nothing else of it: two questions, not one a line.
    """
    lines, allowed = list(lines), dict[bool, bool]()
    if may(user, "erase_content"):
        lines = [replace(line, erasable=_erasable(line.event)) for line in lines]
    for line in lines:
        is_own = line.event.by_id == user.pk
        if is_own not in allowed:
            allowed[is_own] = may(user, "correct_entry", line.event)
    return [
        _with_ways_back(line) if allowed[line.event.by_id == user.pk] else line for line in lines
    ]


def _erasable(event: Event) -> Communication | None:
    told = event.told_by
    if told is None or told.is_message or is_notice(told.text):
        return None
    is_there = told.text or any(not file.quarantined for file in told.attachments.all())
    return told if is_there else None


def _with_ways_back(line: LedgerLine) -> LedgerLine:
    if line.struck is not None:
        return replace(line, can_restore=line.event.strikes_id is None)
    return replace(
        line,
        can_strike=is_offered_to_strike(line.event),
        can_correct_day=not why_day_stands(line.event),
    )


def sentence(event: Event, records_request: RecordsRequest) -> str:
    return describe(event.kind).sentence.format_map(words_of_event(event, records_request))


def words_of_event(event: Event, records_request: RecordsRequest) -> dict[str, str]:
    """Each word with the preposition before it, or empty: a sentence reads right without it."""
    data = event.data
    delivery = event.delivery
    channel = data.get("channel") or (delivery.channel if delivery else "")
    return {
        "city": records_request.city.name,
        "office": data.get("office") or records_request.office.name,
        "Letter": _letter(delivery),
        "server": _after(", taken by ", data.get("server")),
        "city_did": Channel(channel).described.city_did if channel else "",
        "by_whom": _after(": ", data.get("from")),
        "from_whom": _after(" from ", data.get("from")),
        "mail_subject": f": “{data['subject']}”" if data.get("subject") else "",
        "channel": _after(" ", how(channel)),
        "to": _after(" to ", data.get("to")),
        "address": f" ({data['to']})" if data.get("to") else "",
        "wrote": _wrote(data.get("letter", "")),
        "narrowed": ", narrowing the request to this" if data.get("narrowed") else "",
        "by_letter": f", and told {records_request.city.name} so by letter"
        if data.get("channel")
        else "",
        "exhibits": _after(" with ", _exhibits(data.get("exhibits") or [])),
        "told_by_letter": f", by a letter to the {data['body']}"
        if data.get("letter") and data.get("body")
        else "",
        "to_person": _after(" to ", data.get("to_name") or data.get("to")),
        "with_person": _after(" with ", data.get("with_name") or data.get("with")),
        "confirmation": _after(", confirmation ", data.get("confirmation")),
        "answer": _after(": ", data.get("answer")),
        "amount": _after(": ", dollars(data["amount"]) if data.get("amount") else ""),
        "until": _after(", until ", _day(data.get("until"))),
        "ground": _after(": ", data.get("ground")),
        "exemptions": _after(", claiming ", "; ".join(data.get("exemptions") or [])),
        "checked_datasets": checked_datasets(data),
        "left_out": ", ".join(data.get("files") or []),
        "copy_to": str(data.get("copy_to", "")),
        "kept": _kept(data.get("kept") or []),
        "route": event.route_name(records_request.city),
        "entered_day": _entered_day(data),
        "came": "it was canceled" if data.get("came") == CameOf.CANCELED else "it was held or done",
        "records_request": str(data.get("reference", "")),
        "checked": CHECKED.get(str(data.get("result", "")), ""),
        "gave": _gave(records_request, str(data.get("outcome", ""))),
        "outcome": _outcome(data.get("outcome", "")),
        "clock": describe_clock(str(data.get("clock", ""))).purpose,
        "from_day": _after(" from ", _moved(event, "from")),
        "to_day": _after(" to ", _moved(event, "to")),
        "because": str(data.get("because", "")).lower(),
        "erased": str(data.get("what", "")),
        "struck": describe(data["struck"]).heading if data.get("struck") else "",
        "struck_day": _day(data.get("struck_on")),
    }


CHECKED: dict[str, str] = {
    CheckedChange.NOT_FIXED: "it is not corrected",
    CheckedChange.PARTLY: "it is corrected in part",
}


def _letter(delivery: Delivery | None) -> str:
    if delivery is None:
        return "The letter"
    name = delivery.letter.get_kind_display()
    return f"{name}, part {delivery.part} of {delivery.parts}," if delivery.parts > 1 else name


def _wrote(kind: str) -> str:
    """What we wrote, as the letter's description has it."""
    offer = LetterKind(kind).described.offer if kind in LetterKind.values else None
    return offer.ledger_words if offer else "We wrote a letter"


def _after(preposition: str, words: Any) -> str:
    return f"{preposition}{words}" if words else ""


def _day(iso: Any) -> str:
    return short_weekday(date.fromisoformat(str(iso))) if iso else ""


def _exhibits(manifest: list[dict[str, Any]]) -> str:
    """Those that a supplement enclosed."""
    return named(int(one["number"]) for one in manifest) if manifest else ""


def _entered_day(data: dict[str, Any]) -> str:
    """A hearing or another day of a challenge, as a person entered it; else nothing."""
    if "due_on" not in data:
        return ""
    return f"{describe_clock(data['what'], data.get('name', '')).name}: {when_and_where(data)}"


def _moved(event: Event, end: str) -> str:
    """A deadline's day before or after it moved. Other events mean other things by these keys."""
    return _day(event.data.get(end)) if event.kind == K.DEADLINE_MOVED else ""


def _kept(sentences: list[str]) -> str:
    """How much of it a person let stand although the facts had moved."""
    if not sentences:
        return ""
    noun = "sentence" if len(sentences) == 1 else "sentences"
    return f"; {len(sentences)} {noun} kept as written"


def _gave(records_request: RecordsRequest, outcome: str) -> str:
    """What the city did that granted the request."""
    if outcome in SENTENCES:
        return SENTENCES[DataOutcome(outcome)]
    return "gave the records" if records_request.kind == "records" else "did what we asked"


def _outcome(outcome: str) -> str:
    labels = dict(AppealOutcome.choices)
    return str(labels.get(outcome, outcome)).lower()
