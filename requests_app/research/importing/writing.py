"""A batch of judged rows into the log, in the transaction of whoever calls."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from requests_app.models import (
    ClaimedExemption,
    ImportedRow,
    LogEntry,
    LoggedRequest,
    LogImport,
    Project,
)
from requests_app.research.importing.fates import Fate, Id, Judged, followed
from requests_app.research.log_table.column import Kind
from requests_app.research.log_table.columns import BY_NAME
from requests_app.research.log_table.records import (
    OF_AN_EXEMPTION,
    Origin,
    hash_of,
    record_of_challenge,
    record_of_request,
)

NOT_FIELDS = {"request_project", "challenge_project", "exemptions", "follows_source", "follows_key"}


class BatchWriter:
    """`newsroom` is locked by the caller, so that of two imports one sees what the other wrote."""

    def __init__(self, log_import: LogImport, origin: Origin) -> None:
        self.log_import, self.origin = log_import, origin
        self.newsroom_id = log_import.newsroom_id
        self.by_id = log_import.asked_by_id
        self._projects: dict[str, Project] = {}
        self._unremembered: set[int] = set()  # requests that were made, by their keys

    def write(self, batch: Sequence[Judged], *, takes_duplicates: bool) -> dict[str, int]:
        """How many rows of the batch had which fate."""
        taken = [one for one in batch if _is_written(one, takes_duplicates=takes_duplicates)]
        self._make_requests(taken)
        made = self._make_entries(taken)
        self._change(taken)
        ImportedRow.objects.bulk_create(self._remember(one, made) for one in taken)
        counts: dict[str, int] = {}
        for one in batch:
            counts[one.fate] = counts.get(one.fate, 0) + 1
        return counts

    def _make_requests(self, taken: Sequence[Judged]) -> None:
        """One for all the rows of a request that is not here yet."""
        made: dict[Id, LoggedRequest] = {}
        for one in taken:
            if one.request is None:
                if one.fate is Fate.DUPLICATE and not one.row.has_own_key:
                    _rename(one)
                id_ = one.row.request_id
                if id_ not in made:
                    made[id_] = self._new_request(one)
                one.request = made[id_]
        LoggedRequest.objects.bulk_create(made.values())
        self._unremembered = {request.pk for request in made.values()}

    def _new_request(self, one: Judged) -> LoggedRequest:
        request = LoggedRequest(newsroom_id=self.newsroom_id, created_by_id=self.by_id)
        self._set(request, one.row.values, "LoggedRequest")
        return request

    def _make_entries(self, taken: Sequence[Judged]) -> dict[int, list[dict[str, str]]]:
        """By the key of a new entry its exemptions. In the file's order, as many at once as go."""
        new = [one for one in taken if one.row.has_challenge and one.entry is None]
        for one in new:
            one.entry = self._new_entry(one)
        self._save_entries(new)
        exemptions = {one.entry.pk: one.row.values.get("exemptions") or [] for one in new
                      if one.entry}  # fmt: skip
        _write_exemptions(exemptions)
        return exemptions

    def _save_entries(self, new: Sequence[Judged]) -> None:
        """What a challenge follows is saved before it, in the same order as in the file."""
        made: dict[Id, LogEntry] = {}
        waiting: list[LogEntry] = []
        for one in new:
            assert one.entry is not None
            wanted = followed(one.row)
            if wanted in made and made[wanted].pk is None:
                LogEntry.objects.bulk_create(waiting)
                waiting = []
            if wanted:
                one.entry.follows = made.get(wanted) or self._followed(one)
            made[one.row.challenge_id] = one.entry
            waiting.append(one.entry)
        LogEntry.objects.bulk_create(waiting)

    def _new_entry(self, one: Judged) -> LogEntry:
        entry = LogEntry(newsroom_id=self.newsroom_id, created_by_id=self.by_id)
        if isinstance(one.request, LoggedRequest):
            entry.logged_request = one.request
        else:
            entry.records_request = one.request
        assert one.request is not None
        entry.city_slug = one.request.city_slug
        self._set(entry, one.row.values, "LogEntry")
        entry.rank()
        return entry

    def _followed(self, one: Judged) -> LogEntry:
        wanted = followed(one.row)
        assert wanted is not None
        source, key = wanted
        rows = LogEntry.objects.filter(newsroom=self.newsroom_id)
        prefix = "challenge-"
        if source == self.origin.source and key.startswith(prefix) and key[len(prefix) :].isdigit():
            own = rows.filter(pk=int(key.removeprefix(prefix)), source_key="").first()
            if own:
                return own
        return rows.get(source=source, source_key=key)

    def _change(self, taken: Sequence[Judged]) -> None:
        for one in taken:
            if one.request_changes and isinstance(one.request, LoggedRequest):
                values = {name: one.row.values[name] for name in one.request_changes}
                self.change_request(one.request, values)
            if one.entry_changes and one.entry:
                values = {name: one.row.values[name] for name in one.entry_changes}
                self.change_entry(one.entry, values, followed_by=one)

    def change_entry(
        self, entry: LogEntry, values: Mapping[str, Any], followed_by: Judged | None = None
    ) -> None:
        self._set(entry, values, "LogEntry")
        if followed_by and {"follows_key", "follows_source"} & set(values):
            entry.follows = self._followed(followed_by) if followed(followed_by.row) else None
        entry.rank()
        entry.save()
        if "exemptions" in values:
            entry.exemptions.all().delete()
            _write_exemptions({entry.pk: values["exemptions"] or []})
            getattr(entry, "_prefetched_objects_cache", {}).pop("exemptions", None)

    def change_request(self, request: LoggedRequest, values: Mapping[str, Any]) -> None:
        self._set(request, values, "LoggedRequest")
        request.save()
        if "city" in values:
            request.entries.update(city_slug=request.city_slug)

    def _set(self, row: LoggedRequest | LogEntry, values: Mapping[str, Any], model: str) -> None:
        for name, value in values.items():
            column = BY_NAME[name]
            if name not in NOT_FIELDS and column.source.startswith(f"{model}."):
                setattr(row, column.field_name, _stored(column.kind, value))
        project = "request_project" if model == "LoggedRequest" else "challenge_project"
        if project in values:
            row.project = self._project(values[project] or "")

    def _project(self, name: str) -> Project | None:
        if not name:
            return None
        if name not in self._projects:
            self._projects[name] = Project.objects.get_or_create(
                newsroom_id=self.newsroom_id, name=name, defaults={"created_by_id": self.by_id}
            )[0]
        return self._projects[name]

    def _remember(self, one: Judged, made: Mapping[int, list[dict[str, str]]]) -> ImportedRow:
        row = ImportedRow(log_import=self.log_import, number=one.row.number)
        request, entry = one.request, one.entry
        is_new = request is not None and request.pk in self._unremembered
        if isinstance(request, LoggedRequest) and (is_new or one.request_changes):
            self._unremembered.discard(request.pk)
            row.logged_request = request
            row.before_request = one.request_changes
            row.has_made_request = is_new
            row.request_hash = hash_of(record_of_request(request, self.origin))
        if entry and (entry.pk in made or one.entry_changes):
            row.entry = entry
            row.before_entry = one.entry_changes
            row.has_made_entry = entry.pk in made
            record = record_of_challenge(entry, self.origin, made.get(entry.pk))
            row.entry_hash = hash_of(record)
        return row


def _is_written(one: Judged, *, takes_duplicates: bool) -> bool:
    if one.fate is Fate.DUPLICATE:
        return takes_duplicates
    return one.fate in {Fate.NEW, Fate.CHANGED}


def _rename(one: Judged) -> None:
    """A row that says in every column what another says gets a key of its own."""
    values, number = one.row.values, one.row.number
    values["request_key"] = f"{values['request_key'][:180]} {number}"
    if one.row.has_challenge:
        values["challenge_key"] = f"{values['challenge_key'][:180]} {number}"


def _stored(kind: Kind, value: Any) -> Any:
    if value is None and kind is Kind.STRING:
        return ""
    if isinstance(value, str) and kind is Kind.DATE:
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(value, str) and kind is Kind.NUMBER else value


def _write_exemptions(by_entry: Mapping[int, Sequence[Mapping[str, str]]]) -> None:
    ClaimedExemption.objects.bulk_create(
        ClaimedExemption(
            entry_id=entry,
            position=place,
            **{name: said.get(name, "") for name in OF_AN_EXEMPTION},
        )
        for entry, rows in by_entry.items()
        for place, said in enumerate(rows)
    )
