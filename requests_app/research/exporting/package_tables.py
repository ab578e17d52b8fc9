"""The tables of the data package beside the flat log: declared columns, and their rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, QuerySet

from requests_app.models import (
    CitedDataset,
    Communication,
    Deadline,
    Event,
    LoggedRequest,
    RecordsRequest,
)
from requests_app.research.exporting import code_rows
from requests_app.research.exporting.log_rows import A_CHUNK, applicable, log_rows, with_all
from requests_app.research.exporting.query import ExportQuery
from requests_app.research.log_table.column import Column, Kind
from requests_app.research.log_table.columns import COLUMNS, OF_A_CHALLENGE, OF_A_REQUEST
from requests_app.research.log_table.records import (
    OF_AN_EXEMPTION,
    Origin,
    record_of_challenge,
    record_of_request,
)
from requests_app.vocabulary.clocks import describe_clock
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import EventKind, kinds_marked

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scope:
    newsroom_id: int
    query: ExportQuery

    def ours(self) -> QuerySet[RecordsRequest]:
        """Our requests of which the package has anything: alone, or for a challenge."""
        challenged = self.query.entries(self.newsroom_id).exclude(records_request=None)
        alone = self.query.our_requests(self.newsroom_id).order_by()
        found: QuerySet[RecordsRequest] = RecordsRequest.objects.filter(
            Q(pk__in=challenged.order_by().values("records_request")) | Q(pk__in=alone.values("pk"))
        )
        return found

    def logged(self) -> QuerySet[LoggedRequest]:
        challenged = self.query.entries(self.newsroom_id).exclude(logged_request=None)
        alone = self.query.logged_requests(self.newsroom_id).order_by()
        return LoggedRequest.objects.filter(
            Q(pk__in=challenged.order_by().values("logged_request")) | Q(pk__in=alone.values("pk"))
        )


@dataclass(frozen=True, slots=True)
class Table:
    """`key`: the columns that name a row; `request`: whether it has its request's name."""

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[Scope], Iterator[Row]]
    key: tuple[str, ...] = ()
    belongs_to: str = ""  # the table whose key its columns name


REQUEST_ID = ("request_source", "request_key")
CHALLENGE_ID = ("challenge_source", "challenge_key")
_REQUEST_ID = tuple(replace(one, is_derived=True) for one in OF_A_REQUEST if one.name in REQUEST_ID)
_CHALLENGE_ID = tuple(
    replace(one, is_derived=True) for one in OF_A_CHALLENGE if one.name in CHALLENGE_ID
)
_NUMBER = Column("number", "", "Its place in the request’s ledger, from 1.", Kind.INTEGER)


def _requests(scope: Scope) -> Iterator[Row]:
    origin = Origin(scope.newsroom_id)
    related = ("project", "created_by")
    for one in scope.ours().select_related(*related).order_by("pk").iterator(A_CHUNK):
        yield {**record_of_request(one, origin), "is_tracked": True}
    for logged in scope.logged().select_related("project").order_by("pk").iterator(A_CHUNK):
        yield {**record_of_request(logged, origin), "is_tracked": False}


def _appeals(scope: Scope) -> Iterator[Row]:
    origin = Origin(scope.newsroom_id)
    for entry in with_all(scope.query.entries(scope.newsroom_id)).iterator(A_CHUNK):
        row = {**record_of_request(entry.request, origin), **record_of_challenge(entry, origin)}
        yield {**applicable(row), "is_tracked": entry.is_tracked}


def _exemptions(scope: Scope) -> Iterator[Row]:
    for row in _appeals(scope):
        for number, one in enumerate(row["exemptions"], start=1):
            named = {name: one.get(name, "") for name in OF_AN_EXEMPTION}
            yield {**{name: row[name] for name in CHALLENGE_ID}, "number": number, **named}


def _events_of(scope: Scope) -> QuerySet[Event]:
    """Those that stand, without the newsroom's own affairs."""
    events = Event.objects.effective().filter(records_request__in=scope.ours())
    return (
        events.exclude(kind__in=kinds_marked(Mark.PRIVATE))
        .select_related("records_request", "by")
        .order_by("records_request_id", "on", "pk")
    )


def _numbered(scope: Scope) -> Iterator[tuple[Row, Event]]:
    origin, request, number = Origin(scope.newsroom_id), 0, 0
    for event in _events_of(scope).iterator(A_CHUNK):
        number = number + 1 if event.records_request_id == request else 1
        request = event.records_request_id
        source, key = origin.of_request(event.records_request)
        yield {"request_source": source, "request_key": key, "number": number}, event


def _events(scope: Scope) -> Iterator[Row]:
    for row, event in _numbered(scope):
        kind = EventKind(event.kind)
        yield {
            **row,
            "on": event.on,
            "kind": event.kind,
            "heading": kind.described.heading,
            "whose": str(kind.described.actor),
            "by": event.by.name if event.by else "",
        }


def _determinations(scope: Scope) -> Iterator[Row]:
    settling = kinds_marked(Mark.SETTLES)
    for row, event in _numbered(scope):
        if event.kind in settling:
            claimed = event.data.get("exemptions") or []
            named = [one if isinstance(one, str) else one.get("claim", "") for one in claimed]
            yield {
                **row,
                "on": event.on,
                "kind": event.kind,
                "heading": EventKind(event.kind).described.heading,
                "exemptions_claimed": "; ".join(named),
            }


def _deadlines(scope: Scope) -> Iterator[Row]:
    origin = Origin(scope.newsroom_id)
    rows = Deadline.objects.filter(records_request__in=scope.ours(), is_reminder=False)
    rows = rows.defer("explanation").select_related("records_request")
    for one in rows.order_by("records_request_id", "clock", "route", "occurrence").iterator(
        A_CHUNK
    ):
        source, key = origin.of_request(one.records_request)
        yield {
            "request_source": source,
            "request_key": key,
            **{column.name: getattr(one, column.field_name) for column in _OF_A_DEADLINE},
            "called": describe_clock(one.clock, one.name).name,
        }


def _communications(scope: Scope) -> Iterator[Row]:
    origin, request, number = Origin(scope.newsroom_id), 0, 0
    rows = Communication.objects.filter(records_request__in=scope.ours(), taken_out_at=None)
    rows = rows.defer("text").select_related("records_request").annotate(n=Count("attachments"))
    for one in rows.order_by("records_request_id", "on", "pk").iterator(A_CHUNK):
        number = number + 1 if one.records_request_id == request else 1
        request = one.records_request_id
        source, key = origin.of_request(one.records_request)
        yield {
            "request_source": source,
            "request_key": key,
            "number": number,
            "direction": one.direction,
            "channel": one.channel,
            "on": one.on,
            "files": one.n,  # type: ignore[attr-defined]
        }


def _datasets(scope: Scope) -> Iterator[Row]:
    origin = Origin(scope.newsroom_id)
    rows = CitedDataset.objects.filter(records_request__in=scope.ours())
    for one in rows.select_related("records_request").order_by("records_request_id"):
        source, key = origin.of_request(one.records_request)
        record = one.record
        yield {
            "request_source": source,
            "request_key": key,
            "external_id": record.external_id,
            "title": record.title,
            "publisher": record.publisher,
            "landing_url": record.landing_url,
            "license": record.license_spdx or record.license_text,
        }


_TRACKED = Column(
    "is_tracked", "", "Whether the desk tracked it, with clocks; else it was logged.", Kind.BOOLEAN
)
_KIND = Column("kind", "Event.kind", "What happened, by the desk’s own name for it.")
_HEADING = Column("heading", "", "The same in words.")
_ON = Column("on", "Event.on", "The day on which it happened, in the city.", Kind.DATE)
_OF_A_DEADLINE = (
    Column("clock", "Deadline.clock", "Which clock of the law."),
    Column("route", "Deadline.route", "Of which way of appeal, if of one."),
    Column("occurrence", "Deadline.occurrence", "Which run of that clock, from 0.", Kind.INTEGER),
    Column("whose", "Deadline.whose", "Whose time it is: ours, the city’s, the body’s."),
    Column("status", "Deadline.status", "Whether it runs, was met, or is only expected."),
    Column("starts_on", "Deadline.starts_on", "The day from which it is counted.", Kind.DATE),
    Column("due_on", "Deadline.due_on", "The day by which.", Kind.DATE),
    Column("met_on", "Deadline.met_on", "The day on which it was met.", Kind.DATE),
    Column("rule", "Deadline.rule", "The rule in words."),
    Column("citation", "Deadline.citation", "Where the law says so."),
)
_LOG = Table(
    "log",
    "The flat log: a row for each challenge and for each request without one. A desk imports it.",
    COLUMNS,
    lambda scope: log_rows(scope.newsroom_id, scope.query),
)
TABLES: tuple[Table, ...] = (
    _LOG,
    Table("requests", "A row for each request, ours and logged.",
          (*(one for one in COLUMNS if one.part == "request"), _TRACKED), _requests, REQUEST_ID),
    Table("appeals", "A row for each challenge.",
          (*_REQUEST_ID, *(one for one in COLUMNS if one.part == "challenge"
                           and one.name != "exemptions"), _TRACKED),
          _appeals, CHALLENGE_ID, "requests"),
    Table("exemptions", "A row for each exemption that was challenged.",
          (*_CHALLENGE_ID, Column("number", "", "Its place in the decision.", Kind.INTEGER),
           *(Column(name, f"ClaimedExemption.{name}", said) for name, said in (
               ("as_claimed", "The exemption in the city’s words."),
               ("exemption", "The exemption of the state’s pack that is meant."),
               ("citation", "The statute."), ("became", "What became of it."),
               ("passage", "What was said of it."), ("page", "Where that stands.")))),
          _exemptions, (*CHALLENGE_ID, "number"), "appeals"),
    Table("events", "What happened to our own requests, as the ledger has it.",
          (*_REQUEST_ID, _NUMBER, _ON, _KIND, _HEADING,
           Column("whose", "", "Whose act it is: ours, the city’s, the body’s."),
           Column("by", "User.name", "Who entered it.", is_personal=True)),
          _events, (*REQUEST_ID, "number"), "requests"),
    Table("determinations", "The answers, ends and decisions among those events.",
          (*_REQUEST_ID, _NUMBER, _ON, _KIND, _HEADING,
           Column("exemptions_claimed", "", "The exemptions that the answer names.")),
          _determinations, (*REQUEST_ID, "number"), "requests"),
    Table("deadlines", "The clocks of the law that ran for our own requests.",
          (*_REQUEST_ID, Column("called", "", "The clock in words."), *_OF_A_DEADLINE),
          _deadlines, (*REQUEST_ID, "clock", "route", "occurrence"), "requests"),
    Table("communications", "That something was said, when and how; never what.",
          (*_REQUEST_ID, _NUMBER,
           Column("direction", "Communication.direction", "in: from the city; out: to it."),
           Column("channel", "Communication.channel", "By which way."),
           Column("on", "Communication.on", "On which day.", Kind.DATE),
           Column("files", "", "How many files came with it.", Kind.INTEGER)),
          _communications, (*REQUEST_ID, "number"), "requests"),
    Table("datasets", "The published dataset that a request speaks of.",
          (*_REQUEST_ID, Column("external_id", "", "The portal’s own name of it."),
           Column("title", "", "Its title there."), Column("publisher", "", "Who publishes it."),
           Column("landing_url", "", "Where it is."), Column("license", "", "Its license.")),
          _datasets, REQUEST_ID, "requests"),
    Table("codes", "What coders of projects say of challenges that everybody has finished: a row "
          "for each coder, and one for the value that counts.",
          code_rows.COLUMNS, lambda scope: code_rows.code_rows(scope.newsroom_id, scope.query),
          (*CHALLENGE_ID, "variable", "coder"), "appeals"),
)  # fmt: skip
