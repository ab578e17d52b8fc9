"""The day by which the city must answer, in a letter that does not yet know when it is filed.

A draft holds a mark in place of the date. It is filled in when the letter is shown or issued, from
the day it is dated: a draft that waits a week in review does not carry last week's date.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cities.schema.city import City, RequestKind
from requests_app.deadlines import derive
from requests_app.ledger import subject_of
from requests_app.letters.markdown import escape
from requests_app.models import Channel, RecordsRequest
from requests_app.office_hours import facts_if_sent
from requests_app.vocabulary import dates_and_amounts

MARK = "[[the day the answer is due]]"
CLOCK = "response"


@dataclass(frozen=True, slots=True)
class _Filing:
    """A filing that has not happened: what the ledger would hold of it."""

    on: date
    data: Mapping[str, Any]
    kind: str = "submitted"
    delivery_id: int | None = field(default=None)


def fill(
    records_request: RecordsRequest,
    text: str,
    *,
    on: date,
    channel: str,
    at: datetime | None = None,
) -> str:
    """The text as of that day, and of the moment it leaves, where that is known.

    A letter by post is received on a day that nobody knows yet: then it has the law's own count in
    place of the day. Where the sentence is about a later day than the one that matters, it goes.
    """
    if MARK not in text:
        return text
    due = due_on(records_request, on=on, channel=channel, at=at)
    if due is None:
        undated = "" if _is_denied_sooner(records_request) else _undated(records_request.city)
        return _with_instead(text, records_request.city, undated)
    return text.replace(MARK, dates_and_amounts.weekday(due))


def due_on(
    records_request: RecordsRequest, *, on: date, channel: str, at: datetime | None = None
) -> date | None:
    """When the answer to a request filed that day is due; None for one that goes by post.

    A letter by post is received on a day nobody knows yet, and the clock waits for that. None too
    where silence is a denial before that day: the sentence of the law is about the later one.
    """
    if channel == Channel.POST or records_request.kind != RequestKind.RECORDS:
        return None
    hour = facts_if_sent(records_request, channel, on, at)
    filing = _Filing(on, {"channel": str(channel), **hour})
    deadlines = derive(subject_of(records_request), [filing])
    due = next((d.due_on for d in deadlines if d.clock == CLOCK and d.due_on), None)
    silence = records_request.city.statute.silence.clocks
    ends = [d.due_on for d in deadlines if d.clock in silence and d.due_on]
    return due if due and all(due <= end for end in ends) else None


def marked(sentence: str) -> str:
    """A sentence of the law with the mark where its date goes."""
    return dates_and_amounts.typographic(sentence.replace("{due_on}", MARK))


def _is_denied_sooner(records_request: RecordsRequest) -> bool:
    """Whether such a custodian's silence is a denial by a clock that ends before the answer's."""
    statute = records_request.city.statute
    return any(
        clock.name in statute.silence.clocks and clock.custodian == records_request.custodian
        for clock in statute.clocks
        if clock.name != CLOCK and clock.custodian
    )


def _undated(city: City) -> str:
    sentence = city.sentences.get("undated_line")
    return escape(marked(sentence.text)) if sentence else ""


def _with_instead(text: str, city: City, undated: str) -> str:
    """What the law makes of silence "after that day" goes with the sentence that names the day."""
    said = {key: escape(marked(sentence.text)) for key, sentence in city.sentences.items()}
    named, silence = said.get("deadline_line", ""), said.get("silence_line", "")
    for sentences in (f"{named} {silence}", named):
        if MARK not in text:
            break
        if undated:
            text = text.replace(sentences, undated)
        else:
            text = text.replace(f"{sentences}\n\n", "").replace(sentences, "")
    return text
