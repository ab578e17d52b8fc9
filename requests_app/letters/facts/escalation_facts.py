"""What an escalation says of the way that the request went: asked of whom, when, and with what."""

import re
from datetime import date

from requests_app.escalations import taken
from requests_app.letters.facts.cited_facts import cited_dataset
from requests_app.letters.facts.fact import LEDGER, Facts, day_of, stated
from requests_app.models import Event, EventKind, Letter, LetterKind, RecordsRequest
from requests_app.office_contacts import office_asked
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import kinds_marked

WHAT_FOLLOWS = "## What we ask of you"  # from there a letter says no more of what it asks for


def escalation(request: RecordsRequest, *, on: date) -> Facts:
    """For the letter to the next office, written that day."""
    answer = _answer(request)
    return cited_dataset(request) | stated(
        LEDGER,
        first_office=office_asked(request).name,
        followed_up=_days(request, EventKind.FOLLOWED_UP),
        earlier_offices=[_earlier(event) for event in taken(request)],
        first_letter=_first_letter(request),
        answers=str(answer.kind) if answer else "silence",
        answered_on=day_of(answer.on) if answer else None,
        no_answer_by=None if answer else day_of(on),
    )


def _answer(request: RecordsRequest) -> Event | None:
    refused = request.events.effective().filter(kind__in=kinds_marked(Mark.REFUSES))
    return refused.in_order().last()


def _days(request: RecordsRequest, kind: EventKind) -> list[str]:
    events = request.events.effective().filter(kind=kind).in_order()
    return [str(day_of(event.on)) for event in events]


def _earlier(event: Event) -> str:
    return f"{event.data.get('office', '')} on {day_of(event.on)}"


def _first_letter(request: RecordsRequest) -> str | None:
    """What the letter that began it asked for, as it was sent: without its salutation and its
    close, its headings as lines."""
    letters = Letter.objects.filter(records_request=request, kind__in=LetterKind.requests())
    text = letters.order_by("-pk").values_list("text", flat=True).first()
    if text is None:
        return None
    asked = text.partition(WHAT_FOLLOWS)[0].partition("\n\n")[2]
    return "\n".join(_plain(line) for line in asked.split("\n") if line.strip()) or None


def _plain(line: str) -> str:
    """Without the marks of a letter's text."""
    words = re.sub(r"^(?:> |## )", "", line)
    words = f"{words}:" if line.startswith("## ") else words
    return re.sub(r"\\([\\*_>#.)+-])", r"\1", words)
