"""An import undone as one. What anybody changed or built upon since stays, and is named."""

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import models, transaction

from requests_app.models import ImportedRow, LogEntry, LoggedRequest, LogImport
from requests_app.research.importing.checking import Report
from requests_app.research.importing.importing import lock_log
from requests_app.research.importing.writing import BatchWriter
from requests_app.research.log_table.records import (
    Origin,
    hash_of,
    record_of_challenge,
    record_of_request,
)

A_BATCH = 500
SHOWN_KEPT = 500
CHANGED = "it was changed since"
NEEDED = "something was built on it since: a document, a coding or another challenge"
LEFT = "all else of it is as before, but it still follows the challenge that the file names"
FOLLOWED = ("follows_source", "follows_key")


def undo(log_import: LogImport, report: Report) -> dict[str, Any]:
    """Latest rows first, so that a chain of challenges comes apart from its end."""
    undoing = _Undoing(log_import)
    while rows := list(islice(_rows(log_import).iterator(A_BATCH), A_BATCH)):
        with transaction.atomic():
            lock_log(log_import.newsroom_id)
            undoing.undo(rows)
            ImportedRow.objects.filter(pk__in=[row.pk for row in rows]).delete()
            report(
                position=max(log_import.position - undoing.done, 0),
                kept=undoing.kept[:SHOWN_KEPT],
            )
    return {"kept": undoing.kept[:SHOWN_KEPT], "position": 0, "offset": 0}


def _rows(log_import: LogImport) -> models.QuerySet[ImportedRow]:
    return log_import.written.order_by("-number").select_related(
        "logged_request__project", "entry__project", "entry__follows"
    )


class _Undoing:
    def __init__(self, log_import: LogImport) -> None:
        self.origin = Origin(log_import.newsroom_id)
        self.writer = BatchWriter(log_import, self.origin)
        self.kept: list[dict[str, Any]] = list(log_import.kept)
        self.done = 0

    def undo(self, rows: Sequence[ImportedRow]) -> None:
        self._entries([row for row in rows if row.entry])
        self._requests([row for row in rows if row.logged_request])
        self.done += len(rows)

    def _entries(self, rows: Sequence[ImportedRow]) -> None:
        made: dict[int, ImportedRow] = {}
        for row in rows:
            entry = row.entry
            assert entry is not None
            if hash_of(record_of_challenge(entry, self.origin)) != row.entry_hash:
                self._keep(row, entry, CHANGED)
            elif row.has_made_entry:
                made[entry.pk] = row
            else:
                before = {n: v for n, v in row.before_entry.items() if n not in FOLLOWED}
                if before != row.before_entry:
                    self._keep(row, entry, LEFT)
                self.writer.change_entry(entry, before)
        needed = needed_rows(LogEntry, made, but={"exemptions", "imported_rows"})
        for pk in needed:
            self._keep(made[pk], made[pk].entry, NEEDED)
        going = LogEntry.objects.filter(pk__in=set(made) - needed)
        going.update(follows=None)
        going.delete()

    def _requests(self, rows: Sequence[ImportedRow]) -> None:
        made: dict[int, ImportedRow] = {}
        for row in rows:
            request = row.logged_request
            assert request is not None
            if hash_of(record_of_request(request, self.origin)) != row.request_hash:
                self._keep(row, request, CHANGED)
            elif row.has_made_request:
                made[request.pk] = row
            else:
                self.writer.change_request(request, row.before_request)
        needed = needed_rows(LoggedRequest, made, but={"imported_rows"})
        for pk in needed:
            self._keep(made[pk], made[pk].logged_request, NEEDED)
        LoggedRequest.objects.filter(pk__in=set(made) - needed).delete()

    def _keep(self, row: ImportedRow, thing: LogEntry | LoggedRequest | None, why: str) -> None:
        self.kept.append({"row": row.number, "what": str(thing)[:200], "why": why})


def needed_rows(
    model: type[models.Model], pks: Mapping[int, object], *, but: Collection[str]
) -> set[int]:
    """Which of them some other row refers to, whatever table that is in.

    A row that is itself among them and refers to another does not hold that one.
    """
    found: set[int] = set()
    for relation in model._meta.related_objects:
        if relation.get_accessor_name() in but:
            continue
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": list(pks)})
        if relation.related_model is model:
            rows = rows.exclude(pk__in=list(pks))
        found |= set(rows.values_list(name, flat=True))
    return found
