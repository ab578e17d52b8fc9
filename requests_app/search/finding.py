"""What a person finds of what they may see, newest first: a few of each kind, or all of one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from requests_app.models import (
    Appeal,
    Attachment,
    Communication,
    Event,
    EventKind,
    FileText,
    InboundMail,
    Letter,
    LetterKind,
    RecordsRequest,
    User,
)
from requests_app.search import indexes
from requests_app.search.indexes import SearchIndex
from requests_app.search.says import Says, every_says, says
from requests_app.search.snippets import Piece, snippet
from requests_app.search.words import SearchWords
from requests_app.vocabulary.channels import Channel

FEW = 5  # of each kind, on the page of all kinds
SHOWN = 25  # of one kind, on a page of its own
BEGINNINGS = [kind for kind in LetterKind if kind.described.begins_a_request]


@dataclass(frozen=True, slots=True)
class Hit:
    """One text that says the words. `what` names it, such as "Mail from Ana Ruiz"."""

    row: Any
    request: RecordsRequest
    what: str
    on: date
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Of one kind: some hits, and the key behind which there are more; None where there are not."""

    kind: "Kind"
    hits: Sequence[Hit]
    behind: int | None


@dataclass(frozen=True, slots=True)
class Kind:
    """What is searched: its name in an address, its heading, and how its rows are found."""

    name: str
    label: str
    index: SearchIndex
    rows: Callable[[Says, QuerySet[RecordsRequest]], QuerySet[Any]]
    hit: Callable[[Any, SearchWords], Hit]


def find_some(words: SearchWords, user: User) -> list[Found]:
    """A few of each kind that has any."""
    said = every_says(indexes.INDEXES, words)
    every = (_find(kind, words, said[kind.index], user, most=FEW) for kind in KINDS)
    return [found for found in every if found.hits]


def find_all(kind: Kind, words: SearchWords, user: User, *, behind: int | None = None) -> Found:
    """Of one kind, those behind that key."""
    said = says(kind.index, words)
    return _find(kind, words, said, user, most=SHOWN, behind=behind)


def files_saying(words: SearchWords) -> QuerySet[Attachment]:
    """As far as the worker has read them, and not those that nobody is given."""
    return _files_that(says(indexes.FILES, words))


def _files_that(said: Says) -> QuerySet[Attachment]:
    read = FileText.objects.filter(said).values("sha256")
    return Attachment.objects.filter(sha256__in=read, quarantined="")


def _find(
    kind: Kind,
    words: SearchWords,
    said: Says,
    user: User,
    *,
    most: int,
    behind: int | None = None,
) -> Found:
    rows = kind.rows(said, RecordsRequest.objects.visible_to(user)).order_by("-pk")
    if behind is not None:
        rows = rows.filter(pk__lt=behind)
    some = list(rows[: most + 1])
    hits = [kind.hit(row, words) for row in some[:most]]
    return Found(kind, hits, hits[-1].row.pk if len(some) > most else None)


def _requests(said: Says, visible: QuerySet[RecordsRequest]) -> QuerySet[Any]:
    return visible.filter(said)


def _letters(said: Says, visible: QuerySet[RecordsRequest]) -> QuerySet[Any]:
    """The first letter is the request's own text, which is found there."""
    letters = Letter.objects.filter(said).exclude(kind__in=BEGINNINGS)
    return _of_requests(letters.defer("pdf", "facts", "departures"), visible)


def _challenges(said: Says, visible: QuerySet[RecordsRequest]) -> QuerySet[Any]:
    return _of_requests(Appeal.objects.filter(said), visible)


def _mail(said: Says, visible: QuerySet[RecordsRequest]) -> QuerySet[Any]:
    filed = Communication.objects.filter(said.of("mail"), taken_out_at=None)
    return _of_requests(filed.select_related("mail"), visible)


def _calls(said: Says, visible: QuerySet[RecordsRequest]) -> QuerySet[Any]:
    called = Communication.objects.filter(said, mail=None, taken_out_at=None)
    return _of_requests(called, visible)


def _notes(said: Says, visible: QuerySet[RecordsRequest]) -> QuerySet[Any]:
    noted = Event.objects.filter(said, kind=EventKind.NOTED)
    return _of_requests(noted.effective().select_related("by"), visible)


def _files(said: Says, visible: QuerySet[RecordsRequest]) -> QuerySet[Any]:
    read = FileText.objects.filter(sha256=OuterRef("sha256")).values("text")
    return _of_requests(_files_that(said).annotate(read=Subquery(read)), visible)


def _of_requests(rows: QuerySet[Any], visible: QuerySet[RecordsRequest]) -> QuerySet[Any]:
    return rows.filter(records_request__in=visible).select_related("records_request")


def _request_hit(row: RecordsRequest, words: SearchWords) -> Hit:
    text = f"{row.subject}\n{row.letter_text}"
    return Hit(row, row, row.reference, timezone.localdate(row.created_at), snippet(text, words))


def _letter_hit(row: Letter, words: SearchWords) -> Hit:
    return _hit(row, row.get_kind_display(), row.dated_on, f"{row.subject}\n{row.text}", words)


def _challenge_hit(row: Appeal, words: SearchWords) -> Hit:
    on = row.filed_on or timezone.localdate(row.created_at)
    what = row.pack_route.name + (f", {row.body_reference}" if row.body_reference else "")
    return _hit(row, what, on, f"{row.subject}\n{row.letter_text}", words)


def _mail_hit(row: Communication, words: SearchWords) -> Hit:
    mail = cast(InboundMail, row.mail)
    sender = mail.from_name or mail.from_address or "an unknown sender"
    return _hit(row, f"Mail from {sender}", row.on, f"{mail.subject}\n{mail.text}", words)


def _call_hit(row: Communication, words: SearchWords) -> Hit:
    return _hit(row, Channel(row.channel).label, row.on, row.text, words)


def _note_hit(row: Event, words: SearchWords) -> Hit:
    return _hit(row, f"Note by {row.by}", row.on, str(row.data["text"]), words)


def _file_hit(row: Any, words: SearchWords) -> Hit:
    return _hit(row, row.name, timezone.localdate(row.added_at), row.read, words)


def _hit(row: Any, what: str, on: date, text: str, words: SearchWords) -> Hit:
    return Hit(row, row.records_request, what, on, snippet(text, words))


KINDS: tuple[Kind, ...] = (
    Kind("requests", "Requests", indexes.REQUESTS, _requests, _request_hit),
    Kind("challenges", "Appeals", indexes.CHALLENGES, _challenges, _challenge_hit),
    Kind("letters", "Our letters", indexes.LETTERS, _letters, _letter_hit),
    Kind("mail", "Mail", indexes.MAIL, _mail, _mail_hit),
    Kind("calls", "Calls, letters on paper, acts", indexes.CALLS, _calls, _call_hit),
    Kind("notes", "Notes", indexes.NOTES, _notes, _note_hit),
    Kind("files", "Files", indexes.FILES, _files, _file_hit),
)
