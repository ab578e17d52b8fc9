"""A request as one readable conversation: what we wrote, what they wrote, what it meant, in order.

A fixed number of queries for any number of messages: an entry is an event of one of the sides, with
the letter or message that carries it, and what a person took a message for stands under it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.functions import Coalesce, Left
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from requests_app.ledger.effective import struck_by
from requests_app.letters.paper.plain import without_markup
from requests_app.models import (
    Attachment,
    Communication,
    Delivery,
    Event,
    EventKind,
    Letter,
    LetterKind,
    RecordsRequest,
)
from requests_app.storage.scanning import scan_queue
from requests_app.views.lookup import visible_request
from requests_app.views.requests.event_lines import sentence
from requests_app.vocabulary.event_description import Actor
from requests_app.vocabulary.event_kinds import describe

A_PAGE = 50
UNFOLDED = 3  # the last messages of a page stand open, and whatever nobody has read
LONGEST = 20_000  # characters shown of one message; its own page has all of it
OF_A_SIDE = [kind for kind in EventKind if kind.described.actor is not Actor.NOBODY]
LETTER = "delivery__letter"
# What is never shown here, and long.
UNSHOWN = (
    f"{LETTER}__pdf", f"{LETTER}__facts", "communication__text", "in_place_of__communication__text",
    "communication__mail__text", "communication__mail__said", "communication__mail__html",
    "in_place_of__communication__mail__text", "in_place_of__communication__mail__said",
    "in_place_of__communication__mail__html",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a message was taken for: the act that was recorded from it."""

    event: Event
    sentence: str
    struck: Event | None


@dataclass(slots=True)
class Turn:
    """One entry: an act of a side, in a sentence, with the words and files that came with it."""

    event: Event
    sentence: str
    struck: Event | None
    letter: Letter | None = None
    delivery: Delivery | None = None
    message: Communication | None = None
    words: str = ""
    files: list[Attachment] = field(default_factory=list)
    meanings: list[Meaning] = field(default_factory=list)
    is_open: bool = False

    @property
    def is_ours(self) -> bool:
        return describe(self.event.kind).actor is Actor.OURS

    @property
    def readable(self) -> str:
        """Its words as they are read: a letter's without its markup."""
        return without_markup(self.words) if self.letter else self.words

    @property
    def is_cut(self) -> bool:
        return len(self.words) == LONGEST

    @property
    def who(self) -> str:
        """Who speaks: the person of ours who wrote, the sender of a mail, whoever called."""
        if self.letter is not None:
            return str(self.letter.issued_by)
        if self.message is not None and self.message.mail is not None:
            return self.message.mail.sender
        return str(self.event.data.get("from", ""))


@require_safe
def conversation(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page with the newest entries first; on a page, in the order in which they happened."""
    rr = visible_request(request, public_id)
    shown: Page[Event] = Paginator(_entries(rr), A_PAGE).get_page(request.GET.get("page"))
    struck = struck_by(Event.objects.filter(records_request=rr, strikes__isnull=False))
    turns = _turns(rr, list(reversed(shown.object_list)), struck)
    files = [file for turn in turns for file in turn.files]
    context = {
        "rr": rr,
        "city": rr.city,
        "shown": shown,
        "turns": turns,
        "beside": _ledger_beside(rr, turns, struck),
        "unscanned": scan_queue.unscanned(files),
    }
    return render(request, "requests/conversation.html", context)


def _entries(rr: RecordsRequest) -> QuerySet[Event]:
    """What either side did, newest first, but for what was recorded from a message: that stands
    under it. Mail that was taken out is another request's now."""
    taken_out = Communication.objects.filter(mail__isnull=False, taken_out_at__isnull=False)
    return (
        Event.objects.filter(records_request=rr, kind__in=OF_A_SIDE)
        .exclude(data__has_key="mail")
        .exclude(pk__in=taken_out.filter(records_request=rr).values("event"))
        .select_related(
            "by", "appeal", f"{LETTER}__issued_by", "communication__mail",
            "communication__read_by", "in_place_of__communication__mail",
            "in_place_of__communication__read_by",
        )
        .defer(*UNSHOWN)
        .annotate(
            words=Coalesce(
                Left(f"{LETTER}__text", LONGEST),
                Left("communication__text", LONGEST),
                Left("in_place_of__communication__text", LONGEST),
            )
        )
        .prefetch_related(
            "delivery__files", "communication__attachments",
            "in_place_of__communication__attachments",
        )
        .newest_first()
    )  # fmt: skip


def _turns(rr: RecordsRequest, events: Sequence[Event], struck: Mapping[int, Event]) -> list[Turn]:
    for event in events:
        event.records_request = rr
    messages = [message.pk for event in events if (message := event.told_by) is not None]
    meanings = _meanings(rr, messages, struck)
    withdrawals = _letters_of_withdrawal(rr, events)
    turns = [_turn(rr, event, struck, meanings, withdrawals) for event in events]
    corrected = {event.in_place_of_id for event in events}
    for turn in turns:
        if turn.struck and turn.event.pk in corrected:  # its words stand with the right day
            turn.words, turn.files, turn.message, turn.meanings = "", [], None, []
    with_words = [turn for turn in turns if turn.words]
    for turn in with_words:
        waits = turn.message is not None and turn.message.waits_to_be_read
        turn.is_open = waits or turn in with_words[-UNFOLDED:]
    return turns


def _turn(
    rr: RecordsRequest,
    event: Event,
    struck: Mapping[int, Event],
    meanings: Mapping[int, list[Meaning]],
    withdrawals: Mapping[Any, Delivery],
) -> Turn:
    turn = Turn(event, sentence(event, rr), struck.get(event.pk))
    delivery = event.delivery or withdrawals.get(event.recorded_at)
    if delivery is not None and turn.is_ours:
        turn.delivery, turn.letter = delivery, delivery.letter
        turn.words = event.words or delivery.letter.text[:LONGEST]  # type: ignore[attr-defined]
        turn.files = list(delivery.files.all())
    elif (message := event.told_by) is not None:
        turn.message, turn.words = message, event.words or ""  # type: ignore[attr-defined]
        turn.files = list(message.attachments.all())
        turn.meanings = meanings.get(message.pk, [])
    else:
        turn.words = str(event.data.get("text") or event.data.get("note") or "")
    return turn


def _meanings(
    rr: RecordsRequest, messages: Sequence[int], struck: Mapping[int, Event]
) -> dict[int, list[Meaning]]:
    """By message: the acts that were recorded from it, struck ones too."""
    found: dict[int, list[Meaning]] = defaultdict(list)
    events = Event.objects.filter(records_request=rr, data__mail__in=list(messages))
    for event in events.select_related("by", "appeal").in_order():
        event.records_request = rr
        found[event.data["mail"]].append(Meaning(event, sentence(event, rr), struck.get(event.pk)))
    return found


def _letters_of_withdrawal(rr: RecordsRequest, events: Iterable[Event]) -> dict[Any, Delivery]:
    """A withdrawal stands whether or not its letter arrives, so its entry does not name it: both
    were written at one moment."""
    if not any(event.kind == EventKind.WITHDRAWN for event in events):
        return {}
    rows = Delivery.objects.filter(
        records_request=rr, letter__kind=LetterKind.WITHDRAWAL, first_part=None
    )
    rows = rows.select_related("letter__issued_by").defer("letter__pdf", "letter__facts")
    return {row.created_at: row for row in rows.prefetch_related("files")}


@dataclass(frozen=True, slots=True)
class BesideLine:
    """A line of the ledger, without its words: they stand in the conversation."""

    event: Event
    sentence: str
    struck: Event | None
    is_turn: bool


def _ledger_beside(
    rr: RecordsRequest, turns: Sequence[Turn], struck: Mapping[int, Event]
) -> list[BesideLine]:
    """All that happened from the first day of the page to its last, in order."""
    if not turns:
        return []
    days: tuple[date, date] = (turns[0].event.on, turns[-1].event.on)
    events = list(
        Event.objects.filter(records_request=rr, on__range=days)
        .select_related("by", "appeal", "delivery__letter")
        .defer(f"{LETTER}__pdf", f"{LETTER}__facts", f"{LETTER}__text")
        .in_order()
    )
    shown = {turn.event.pk for turn in turns}
    for event in events:
        event.records_request = rr
    return [
        BesideLine(event, sentence(event, rr), struck.get(event.pk), event.pk in shown)
        for event in events
    ]
