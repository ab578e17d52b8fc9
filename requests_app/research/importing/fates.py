"""What becomes of each row of a file: held against what is in the log, nothing written.

A row is known again by its source and its key there, in this newsroom alone. What another newsroom
has under the same words is never looked at.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q

from requests_app.models import LogEntry, LoggedRequest, RecordsRequest
from requests_app.research.importing.mapping import MappedRow, Problem
from requests_app.research.log_table.cells import to_plain
from requests_app.research.log_table.columns import BY_NAME, OF_A_CHALLENGE, OF_A_REQUEST
from requests_app.research.log_table.records import (
    Origin,
    record_of_challenge,
    record_of_request,
)

REQUEST_NAMES = tuple(one.name for one in OF_A_REQUEST)
CHALLENGE_NAMES = tuple(one.name for one in OF_A_CHALLENGE)
TRACKED = (
    "The desk tracks this one itself, and its own ledger alone changes it: take the row out of the "
    "file, or record on its page what changed."
)


class Fate(StrEnum):
    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


IN_WORDS: Mapping[Fate, str] = {
    Fate.NEW: "New",
    Fate.SAME: "The same as before",
    Fate.CHANGED: "Changed",
    Fate.DUPLICATE: "Seems to be here already",
    Fate.REFUSED: "Refused",
}

Ours = RecordsRequest | LoggedRequest
Id = tuple[str, str]


@dataclass(slots=True)
class Judged:
    """`note` says which other row or entry is meant; `changes` what was there, by column."""

    row: MappedRow
    fate: Fate
    request: Ours | None = None
    entry: LogEntry | None = None
    request_changes: dict[str, Any] = field(default_factory=dict)
    entry_changes: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    note: str = ""


class Judge:
    """Judges rows a batch at a time. `repeats`: by row, the earlier row of the same file that has
    its key (`repeated_rows`). `seen`: the challenges of the rows that went before."""

    def __init__(
        self, newsroom_id: int, *, repeats: Mapping[int, int], takes_duplicates: bool = False,
        import_id: int | None = None,
    ) -> None:  # fmt: skip
        self.newsroom_id, self.import_id = newsroom_id, import_id
        self.repeats, self.takes_duplicates = repeats, takes_duplicates
        self.origin = Origin(newsroom_id)
        self.seen: set[Id] = set()

    def judge(self, rows: Sequence[MappedRow]) -> list[Judged]:
        sound = [row for row in rows if not row.problems]
        here = _Here(self.newsroom_id, self.origin, sound)
        alike = _Alike(self.newsroom_id, self.import_id, sound)
        found = []
        for row in rows:
            judged = self._judge(row, here, alike)
            is_left_out = judged.fate is Fate.REFUSED or (
                judged.fate is Fate.DUPLICATE and not self.takes_duplicates
            )
            if row.has_challenge and not is_left_out:
                self.seen.add(row.challenge_id)
            found.append(judged)
        return found

    def _judge(self, row: MappedRow, here: "_Here", alike: "_Alike") -> Judged:
        if row.problems:
            return Judged(row, Fate.REFUSED, problems=row.problems)
        judged = Judged(row, Fate.NEW, here.request(row), here.entry(row))
        refused = here.contradiction(judged) or self._unknown_follows(row, here)
        if refused:
            return Judged(row, Fate.REFUSED, problems=[Problem("", refused)])
        if row.number in self.repeats:
            return self._repeated(row)
        if judged.request is None:
            judged.note = alike.note(row)
            judged.fate = Fate.DUPLICATE if judged.note else Fate.NEW
            return judged
        before = record_of_request(judged.request, self.origin)
        judged.request_changes = _changes(row, REQUEST_NAMES, before)
        if "status" in judged.request_changes and "status_as_stated" not in row.values:
            row.values["status_as_stated"] = ""  # it was of the status that stood there
            judged.request_changes = _changes(row, REQUEST_NAMES, before)
        if judged.entry:
            of_challenge = record_of_challenge(judged.entry, self.origin)
            judged.entry_changes = _changes(row, CHALLENGE_NAMES, of_challenge)
        return _of_known(judged)

    def _repeated(self, row: MappedRow) -> Judged:
        first = self.repeats[row.number]
        if not row.has_own_key:
            note = f"Row {first:,} of the file says the same in every column"
            return Judged(row, Fate.DUPLICATE, note=note)
        said = (
            f"It has the same number as row {first:,}, and a number names one row: correct one of "
            "them, or map another column to the number."
        )
        return Judged(row, Fate.REFUSED, problems=[Problem("", said)])

    def _unknown_follows(self, row: MappedRow, here: "_Here") -> str:
        follows = followed(row)
        if follows is None or follows in self.seen or here.has_entry(follows):
            return ""
        return (
            f"It follows the challenge “{follows[1][:60]}”, which is neither in the log nor in an "
            "earlier row that is imported: put that row before it."
        )


def followed(row: MappedRow) -> Id | None:
    """The challenge that this one comes after."""
    key = row.values.get("follows_key") or ""
    source = row.values.get("follows_source") or row.values.get("challenge_source") or ""
    return (source, key) if row.has_challenge and key else None


def repeated_rows(rows: Iterable[MappedRow]) -> dict[int, int]:
    """By the number of a row, the first row of the file with the same key."""
    first: dict[int, int] = {}
    found: dict[int, int] = {}
    for row in rows:
        if row.problems:
            continue
        key = hash(row.id)
        if key in first:
            found[row.number] = first[key]
        else:
            first[key] = row.number
    return found


class _Here:
    """What the newsroom has under the keys of some rows."""

    def __init__(self, newsroom_id: int, origin: Origin, rows: Sequence[MappedRow]) -> None:
        self.newsroom_id, self.origin = newsroom_id, origin
        ids = {row.request_id for row in rows}
        challenge_ids = {row.challenge_id for row in rows if row.has_challenge}
        challenge_ids |= {found for row in rows if (found := followed(row))}
        self.requests = self._requests(ids)
        self.entries = self._entries(challenge_ids)

    def request(self, row: MappedRow) -> Ours | None:
        found = self.requests.get(row.request_id)
        if found is None and row.has_challenge and (entry := self.entry(row)):
            return entry.request
        return found

    def entry(self, row: MappedRow) -> LogEntry | None:
        return self.entries.get(row.challenge_id) if row.has_challenge else None

    def has_entry(self, which: Id) -> bool:
        return which in self.entries

    def contradiction(self, judged: Judged) -> str:
        """Why a row that is known cannot be meant so."""
        if judged.entry and judged.request and judged.entry.request != judged.request:
            return (
                "Its challenge is in the log as one of another request: correct the number of the "
                "request or of the challenge."
            )
        before = followed(judged.row)
        if before == (judged.row.challenge_id if before else ()):
            return "It follows itself: name the challenge that came before it, or none."
        after = self.entries.get(before) if before else None
        if judged.entry and after and after != judged.entry.follows and after.pk > judged.entry.pk:
            return (
                "It would follow a challenge that came into the log after it, and the two could "
                "follow one another: name an earlier one, or none."
            )
        return ""

    def _requests(self, ids: set[Id]) -> dict[Id, Ours]:
        own = {key for source, key in ids if source == self.origin.source}
        pks = _numbers(own, "logged-")
        public_ids = [key.removeprefix("request-") for key in own if key.startswith("request-")]
        logged = LoggedRequest.objects.filter(newsroom=self.newsroom_id).select_related("project")
        by_key = Q(source__in={one[0] for one in ids}, source_key__in={one[1] for one in ids})
        found: dict[Id, Ours] = {
            self.origin.of_request(one): one
            for one in logged.filter(by_key | Q(pk__in=pks, source_key=""))
        }
        ours = RecordsRequest.objects.filter(newsroom=self.newsroom_id, public_id__in=public_ids)
        if public_ids:
            found |= {
                self.origin.of_request(one): one
                for one in ours.select_related("project", "created_by")
            }
        return found

    def _entries(self, ids: set[Id]) -> dict[Id, LogEntry]:
        if not ids:
            return {}
        pks = _numbers({key for source, key in ids if source == self.origin.source}, "challenge-")
        by_key = Q(source__in={one[0] for one in ids}, source_key__in={one[1] for one in ids})
        rows = LogEntry.objects.filter(newsroom=self.newsroom_id).filter(
            by_key | Q(pk__in=pks, source_key="")
        )
        rows = rows.select_related(
            "logged_request__project", "records_request__project", "records_request__created_by",
            "follows", "project",
        ).prefetch_related("exemptions")  # fmt: skip
        return {self.origin.of_challenge(one): one for one in rows}


class _Alike:
    """What may be the same under another name: the same place, subject and day, or its number."""

    def __init__(self, newsroom_id: int, import_id: int | None, rows: Sequence[MappedRow]) -> None:
        subjects = {row.values["subject"] for row in rows}
        references = {one for row in rows if (one := row.values.get("reference"))}
        logged = LoggedRequest.objects.filter(newsroom=newsroom_id)
        if import_id:  # rows of this very file are compared by their keys
            logged = logged.exclude(imported_rows__log_import=import_id)
        alike = Q(subject__in=subjects) | Q(reference__in=references)
        names = ("pk", "city_slug", "place", "subject", "reference", "requested_on", "source")
        self.by: dict[tuple[Any, ...], tuple[str, str]] = {}
        for pk, city, place, subject, reference, on, source in logged.filter(alike).values_list(
            *names
        ):
            note = f"the logged request {pk}, “{subject[:80]}”"
            self._add((city or place.casefold(), subject, reference, on), (source, note))
        ours = RecordsRequest.objects.filter(newsroom=newsroom_id).exclude(submitted_on=None)
        by_words = Q(subject__in=subjects) | Q(city_reference__in=references)
        for city, subject, reference, on, own in ours.filter(by_words).values_list(
            "city_slug", "subject", "city_reference", "submitted_on", "reference"
        ):
            self._add((city, subject, reference, on), ("", f"our own request {own}"))

    def _add(self, said: tuple[str, str, str, date | None], found: tuple[str, str]) -> None:
        where, subject, reference, on = said
        if on:
            self.by.setdefault((where, subject.casefold(), on), found)
        if reference:
            self.by.setdefault((where, reference), found)

    def note(self, row: MappedRow) -> str:
        """Which it may be. Two rows of one source with numbers of their own are two."""
        values = row.values
        where = values.get("city") or (values.get("place") or "").casefold()
        by_words = (where, values["subject"].casefold(), values.get("requested_on"))
        keys: list[tuple[Any, ...]] = [by_words] if values.get("requested_on") else []
        if values.get("reference"):
            keys.append((where, values["reference"]))
        for source, note in (self.by[key] for key in keys if key in self.by):
            if source != values["request_source"] or not row.has_own_key:
                return f"It seems to be {note}"
        return ""


def _changes(row: MappedRow, names: Sequence[str], before: Mapping[str, Any]) -> dict[str, Any]:
    """What stood there, of what the file says otherwise."""
    return {
        name: to_plain(BY_NAME[name], before[name])
        for name in names
        if name in row.values
        and to_plain(BY_NAME[name], row.values[name]) != to_plain(BY_NAME[name], before[name])
    }


def _of_known(judged: Judged) -> Judged:
    """Of a row whose request is here: a new challenge of it, the same, or changed."""
    entry, row = judged.entry, judged.row
    is_tracked = bool(entry and entry.is_tracked)
    is_ours = isinstance(judged.request, RecordsRequest)
    changed = [*(judged.request_changes if is_ours else ())]
    changed += judged.entry_changes if is_tracked else ()
    if changed:
        said = f"{TRACKED} It differs in: {', '.join(changed)}."
        return Judged(row, Fate.REFUSED, problems=[Problem("", said)])
    if row.has_challenge and entry is None:
        judged.fate = Fate.NEW
    elif judged.request_changes or judged.entry_changes:
        judged.fate = Fate.CHANGED
        judged.note = ", ".join([*judged.request_changes, *judged.entry_changes])
    else:
        judged.fate = Fate.SAME
    return judged


def _numbers(keys: Iterable[str], prefix: str) -> list[int]:
    """Of our own keys, as logged-12, the rows that they name."""
    ends = (key.removeprefix(prefix) for key in keys if key.startswith(prefix))
    return [int(one) for one in ends if one.isascii() and one.isdigit() and len(one) < 19]
