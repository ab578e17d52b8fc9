"""The rows of the flat log, a few hundred in memory at a time, always in the same order."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from requests_app.models import LogEntry
from requests_app.research.exporting.query import ExportQuery
from requests_app.research.log_table.cells import NA
from requests_app.research.log_table.column import Column
from requests_app.research.log_table.columns import COLUMNS, OF_A_CHALLENGE
from requests_app.research.log_table.records import (
    Origin,
    record_of_challenge,
    record_of_request,
)

A_CHUNK = 500
OF_A_DECISION = ("outcome", "outcome_as_stated", "order_number", "decided_on", "days")
NO_CHALLENGE = {**{one.name: NA for one in OF_A_CHALLENGE}, "days": NA}

Row = dict[str, Any]


def log_rows(newsroom_id: int, query: ExportQuery) -> Iterator[Row]:
    """Challenges as they were logged, then requests without one: ours, and those of others."""
    origin = Origin(newsroom_id)
    for entry in with_all(query.entries(newsroom_id)).iterator(A_CHUNK):
        yield applicable({**record_of_request(entry.request, origin),
                          **record_of_challenge(entry, origin)})  # fmt: skip
    ours = query.our_requests(newsroom_id).select_related("project", "created_by")
    for request in ours.iterator(A_CHUNK):
        yield applicable({**record_of_request(request, origin), **NO_CHALLENGE})
    for logged in query.logged_requests(newsroom_id).select_related("project").iterator(A_CHUNK):
        yield applicable({**record_of_request(logged, origin), **NO_CHALLENGE})


def with_all(entries: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
    """A challenge's rows with all that its record says, in two queries a chunk."""
    return entries.select_related(
        "logged_request__project",
        "records_request__project",
        "records_request__created_by",
        "follows",
        "project",
    ).prefetch_related("exemptions")


def applicable(row: Row) -> Row:
    """With "not applicable" in the place of what is empty because it cannot be."""
    gone: set[str] = {one.precision_in for one in COLUMNS if one.precision_in and not row[one.name]}
    if row["state"] not in ("decided", NA):
        gone |= {name for name in (*OF_A_DECISION, "decided_precision") if not row[name]}
    if row["city"]:
        gone.add("place")
    if not row["follows_key"]:
        gone |= {"follows_key", "follows_source"}
    for name in gone:
        row[name] = NA
    return row


def only(columns: tuple[Column, ...], rows: Iterator[Row]) -> Iterator[Row]:
    """Without what is left out: it never reaches a writer."""
    for row in rows:
        yield {one.name: row[one.name] for one in columns}
