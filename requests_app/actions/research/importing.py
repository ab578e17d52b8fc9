"""A file into the log: brought, mapped, tried, imported, undone. The worker does the work."""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from cities.schema.load import city_slugs
from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.models import ImportStage, LogImport, LogMapping, Newsroom, Project
from requests_app.permissions import require
from requests_app.research.importing import import_queue
from requests_app.research.importing.fates import Fate
from requests_app.research.importing.known_files import (
    KNOWN_FILES,
    KnownFile,
    columns_for,
    recognized,
    suggested,
)
from requests_app.research.importing.mapping import headings_hash
from requests_app.research.importing.reading.limits import MOST_BYTES, FileError
from requests_app.research.importing.reading.take_in import TakenIn, take_in
from requests_app.research.log_table.columns import BY_NAME
from requests_app.storage import content
from requests_app.storage.content import Kept, NoRoomError

S = ImportStage
TOO_LARGE = f"The file has more than {MOST_BYTES // 2**20} MB: split it, and import it in parts."
FULL = "The desk’s disk is full, so the file could not be kept. Tell whoever runs this desk."


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file's name and its bytes in pieces."""

    name: str
    chunks: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it is kept, and its rows."""

    name: str
    original: Kept
    rows: Kept
    taken: TakenIn


@dataclass(frozen=True, slots=True)
class AboutTheFile:
    """What holds for every row, where the file has no column of it."""

    source: str
    city_slug: str = ""
    place: str = ""
    agency: str = ""
    project: Project | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the columns of a file mean; kept under `name`, if it has one."""

    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    is_day_first: bool = False
    name: str = ""


def read(file: BroughtFile, *, by: Attribution) -> ReadFile:
    """Keep a file, and the rows that were read of it. Refused, with nothing kept, if it cannot be.

    It takes as long as the file is large, and writes no row.
    """
    require(by.user, "import_log")
    try:
        return _keep(file)
    except FileError as error:
        raise Refused(str(error)) from error
    except NoRoomError as error:
        raise Refused(FULL) from error


def bring(
    newsroom: Newsroom, file: BroughtFile, about: AboutTheFile, *, by: Attribution
) -> LogImport:
    """Read a file and take it in. Refused, with nothing kept, if it cannot be."""
    _check(newsroom, about)
    return take(newsroom, read(file, by=by), about, by=by)


def take(newsroom: Newsroom, file: ReadFile, about: AboutTheFile, *, by: Attribution) -> LogImport:
    """A file that was read, with what its columns mean proposed: as for the last file with the same
    headings, a format that is known, or by the headings."""
    require(by.user, "import_log")
    _check(newsroom, about)
    original, rows, taken = file.original, file.rows, file.taken
    meaning = proposed(newsroom, taken.headings)
    return LogImport.objects.create(
        newsroom=newsroom,
        name=file.name,
        original=original.name,
        sha256=original.sha256,
        rows=rows.name,
        total=taken.total,
        headings=list(taken.headings),
        is_our_own=taken.is_our_own,
        columns=dict(meaning.columns),
        words={name: dict(words) for name, words in meaning.words.items()},
        is_day_first=meaning.is_day_first,
        asked_by=by.user,
        asked_at=by.at,
        source=about.source.strip(),
        city_slug=about.city_slug,
        place=about.place.strip(),
        agency=about.agency.strip(),
        project=about.project,
    )


def proposed(newsroom: Newsroom, headings: Iterable[str]) -> Meaning:
    """What columns with these headings meant the last time, or may mean."""
    headings = tuple(headings)
    kept = LogMapping.objects.filter(newsroom=newsroom, headings_hash=headings_hash(headings))
    if last := kept.order_by("-changed_at").first():
        return _meaning_of(last)
    if known := recognized(headings):
        return Meaning(columns_for(known, headings), known.words)
    standard = KNOWN_FILES[0]
    return Meaning(suggested(headings), standard.words)


def named(newsroom: Newsroom, name: str, headings: Iterable[str]) -> Meaning:
    """A mapping by its name: one that is built in, or the newsroom's own. Refused."""
    known: KnownFile | None = next((one for one in KNOWN_FILES if one.slug == name), None)
    if known:
        return Meaning(columns_for(known, tuple(headings)), known.words)
    kept = LogMapping.objects.filter(newsroom=newsroom, name=name).first()
    if kept is None:
        names = [one.slug for one in KNOWN_FILES]
        names += LogMapping.objects.filter(newsroom=newsroom).values_list("name", flat=True)
        raise Refused(f"There is no mapping “{name}”: choose one of {', '.join(names)}.")
    return _meaning_of(kept)


@transaction.atomic
def try_it(log_import: LogImport, meaning: Meaning | None = None, *, by: Attribution) -> None:
    """Say what the columns mean, and promise the dry run. Of our own export nothing is asked."""
    require(by.user, "import_log", log_import)
    row = _lock(log_import, S.MAPPING, S.CHECKED, S.FAILED)
    if row.stage == S.FAILED and row.stopped_in != S.CHECKING:
        raise Refused("Part of it is imported: continue it, or undo it.")
    if meaning and not row.is_our_own:
        _check_meaning(row, meaning)
        row.columns, row.is_day_first = dict(meaning.columns), meaning.is_day_first
        row.words = {name: dict(words) for name, words in meaning.words.items()}
        _keep_meaning(row, meaning, by=by)
    _promise(row, S.TO_CHECK)


@transaction.atomic
def start(
    log_import: LogImport,
    *,
    by: Attribution,
    takes_duplicates: bool = False,
    leaves_out_refused: bool = False,
) -> None:
    """Promise the import of what the dry run found."""
    require(by.user, "import_log", log_import)
    row = _lock(log_import, S.CHECKED)
    refused = row.counts.get(Fate.REFUSED, 0)
    if refused and not leaves_out_refused:
        were = "row was" if refused == 1 else "rows were"
        raise Refused(
            f"{refused:,} {were} refused. Correct the file and bring it again, or choose to leave "
            "out what was refused."
        )
    coming = sum(row.counts.get(fate, 0) for fate in (Fate.NEW, Fate.CHANGED))
    if not coming and not (takes_duplicates and row.counts.get(Fate.DUPLICATE)):
        raise Refused("There is nothing in it to import: every row is here or was refused.")
    row.takes_duplicates, row.leaves_out_refused = takes_duplicates, leaves_out_refused
    row.position, row.offset, row.counts = 0, 0, {}
    _promise(row, S.TO_IMPORT)


@transaction.atomic
def go_on(log_import: LogImport, *, by: Attribution) -> None:
    """Continue what stopped, from where it stopped."""
    require(by.user, "import_log", log_import)
    row = _lock(log_import, S.FAILED)
    waiting = {S.CHECKING: S.TO_CHECK, S.IMPORTING: S.TO_IMPORT, S.UNDOING: S.TO_UNDO}
    _promise(row, waiting[ImportStage(row.stopped_in)])


@transaction.atomic
def undo(log_import: LogImport, *, by: Attribution) -> None:
    """Promise to take out again what it made, and to put back what it changed."""
    require(by.user, "import_log", log_import)
    row = _lock(log_import, S.IMPORTED, S.FAILED)
    if not row.written.exists():
        raise Refused("Nothing of it is in the log: there is nothing to undo.")
    row.kept = []
    _promise(row, S.TO_UNDO)


def _promise(row: LogImport, stage: ImportStage) -> None:
    row.stage, row.attempts, row.claimed_at = stage, 0, None
    row.problem, row.stopped_in = "", ""
    row.save()
    import_queue.notify_worker(row)


def _lock(log_import: LogImport, *stages: ImportStage) -> LogImport:
    row = LogImport.objects.select_for_update(no_key=True).get(pk=log_import.pk)
    if row.stage not in stages:
        raise Refused(
            f"The file is by now: {row.get_stage_display().lower()}. Look at it again first."
        )
    return row


def _keep(file: BroughtFile) -> ReadFile:
    with tempfile.NamedTemporaryFile() as copy, tempfile.NamedTemporaryFile("w") as rows:
        for chunk in file.chunks:
            copy.write(chunk)
            if copy.tell() > MOST_BYTES:
                raise FileError(TOO_LARGE)
        copy.flush()
        path = Path(copy.name)
        taken = take_in(path, rows)
        rows.flush()
        with Path(rows.name).open("rb") as lines:
            kept_rows = content.keep(content.chunks_of(lines), folder="imports/", suffix=".jsonl")
        with path.open("rb") as original:
            kept = content.keep(content.chunks_of(original), folder="imports/")
    return ReadFile(Path(file.name).name[-255:] or "file", kept, kept_rows, taken)


def _check(newsroom: Newsroom, about: AboutTheFile) -> None:
    if not about.source.strip():
        raise Refused("Say which log or file it is: its rows are known again by that name.")
    if about.city_slug and about.city_slug not in city_slugs():
        raise Refused("Choose one of the desk’s cities, or write the place.")
    if about.project and about.project.newsroom_id != newsroom.pk:
        raise Refused("That project belongs to another newsroom: choose one of yours.")


def _check_meaning(row: LogImport, meaning: Meaning) -> None:
    meant = [name for heading in row.headings if (name := meaning.columns.get(heading))]
    if unknown := sorted(set(meant) - set(BY_NAME)):
        raise Refused(f"The log has no column {', '.join(unknown)}: choose one that it has.")
    if twice := [name for name in meant if meant.count(name) > 1]:
        raise Refused(f"Two columns mean “{BY_NAME[twice[0]].title}”: choose one of them.")
    if "subject" not in meant:
        raise Refused("Say which column has the subject: what was asked for.")


def _keep_meaning(row: LogImport, meaning: Meaning, *, by: Attribution) -> None:
    if not meaning.name.strip():
        return
    said = {
        "columns": dict(meaning.columns),
        "words": {name: dict(words) for name, words in meaning.words.items()},
        "is_day_first": meaning.is_day_first,
        "headings_hash": headings_hash(row.headings),
    }
    LogMapping.objects.update_or_create(
        newsroom=row.newsroom,
        name=meaning.name.strip()[:120],
        defaults=said,
        create_defaults={**said, "created_by": by.user},
    )


def _meaning_of(kept: LogMapping) -> Meaning:
    return Meaning(kept.columns, kept.words, kept.is_day_first, kept.name)
