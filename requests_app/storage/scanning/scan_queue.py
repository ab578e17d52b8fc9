"""Which contents are still to be scanned, and what came of each. The row is the promise."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef

from requests_app.leases import Lease, wait_after
from requests_app.models import Attachment, FileScan, LogDocument, MailFile, ScanStage
from requests_app.storage import content
from requests_app.storage.scanning import clamd

BATCH = 50
LONGEST_WAIT = timedelta(hours=6)
WAITS = (*(timedelta(minutes=2**n) for n in range(9)), LONGEST_WAIT)
LEASE = Lease(ScanStage.WAITING, ScanStage.SCANNING, column="stage")
SILENCE_ALLOWED = timedelta(minutes=5)
SECONDS_OF_A_READER = 5.0  # who asks for a file waits so long for the scanner, and then has it
File = MailFile | Attachment | LogDocument
KEPT = (MailFile, Attachment, LogDocument)


def promise_new() -> int:
    """A row for each content that has none yet, some at a time; how many were added."""
    known = FileScan.objects.filter(sha256=OuterRef("sha256"))
    new: dict[str, str] = {}
    for model in KEPT:
        rows = model.objects.filter(~Exists(known)).values_list("sha256", "file")
        new.update(rows[:BATCH])
    FileScan.objects.bulk_create(
        [FileScan(sha256=sha256, stored=stored) for sha256, stored in new.items()],
        ignore_conflicts=True,
    )
    return len(new)


def set_apart_known() -> None:
    """What was found infected before, and came again since."""
    for row in FileScan.objects.filter(stage=ScanStage.INFECTED):
        _set_apart(row)


def release_stuck(*, at: datetime) -> None:
    """Whoever held them is gone: another try."""
    for row in FileScan.objects.stuck(claimed_before=at - SILENCE_ALLOWED):
        LEASE.retry_later(row)


def scan_one(row: FileScan, *, at: datetime, seconds: float) -> FileScan:
    """Claimed, scanned outside any transaction, and what came of it written down.

    Raises clamd.Unreachable or clamd.BrokenOff: it waits then, longer each time it broke off.
    """
    if LEASE.claim(FileScan.objects.filter(pk=row.pk), at=at):
        row.refresh_from_db()
        try:
            verdict = _ask(row, seconds)
        except clamd.Unreachable:
            LEASE.retry_later(row, attempts=F("attempts") - 1, next_at=at, problem="")
            raise
        except clamd.BrokenOff as error:
            wait = wait_after(row.attempts, waits=WAITS, stretch=0)
            LEASE.retry_later(row, next_at=at + wait, problem=str(error)[:300])
            raise
        _write_down(row, verdict, at=at)
    row.refresh_from_db()
    return row


def why_apart(file: File, *, at: datetime) -> str:
    """Why a file is not handed out; empty where it is. One not scanned yet is scanned now, unless
    the scanner is away or slow: then whoever asks for it has it, marked as not scanned."""
    if file.quarantined or not settings.CLAMD_URL:
        return file.quarantined
    row, _ = FileScan.objects.get_or_create(
        sha256=file.sha256, defaults={"stored": str(file.file), "next_at": at}
    )
    if row.stage == ScanStage.WAITING and row.next_at <= at:
        try:
            row = scan_one(row, at=at, seconds=SECONDS_OF_A_READER)
        except (clamd.Unreachable, clamd.BrokenOff):
            return ""
    if row.stage == ScanStage.INFECTED:
        _set_apart(row)
    return row.why_apart


def unscanned(files: Iterable[File]) -> dict[str, str]:
    """Of these, by hash: what was not scanned, and the words for it. Nothing without a scanner."""
    if not settings.CLAMD_URL:
        return {}
    hashes = {file.sha256 for file in files if not file.quarantined}
    rows = {row.sha256: row for row in FileScan.objects.filter(sha256__in=hashes)} if hashes else {}
    words = {}
    for sha256 in hashes:
        row = rows.get(sha256)
        if row is None or row.stage in {ScanStage.WAITING, ScanStage.SCANNING}:
            words[sha256] = "not scanned yet"
        elif row.stage == ScanStage.NOT_TAKEN:
            words[sha256] = f"not scanned: {row.problem}"
    return words


def _ask(row: FileScan, seconds: float) -> clamd.Verdict:
    """A file that is not what was stored says nothing about what was."""
    if not content.is_whole(row.stored, sha256=row.sha256):
        return clamd.Verdict(not_taken="The file is missing or damaged where it was stored.")
    with content.open_kept(row.stored) as file:
        pieces = content.chunks_of(file, size=clamd.PIECE)
        return clamd.scan(settings.CLAMD_URL, pieces, seconds=seconds)


@transaction.atomic
def _write_down(row: FileScan, verdict: clamd.Verdict, *, at: datetime) -> None:
    stage = ScanStage.CLEAN
    if verdict.found or verdict.not_taken:
        stage = ScanStage.INFECTED if verdict.found else ScanStage.NOT_TAKEN
    found, problem = verdict.found, verdict.not_taken
    LEASE.write(row, stage=stage, found=found, problem=problem, scanned_at=at)
    if found:
        row.refresh_from_db()
        _set_apart(row)


def _set_apart(row: FileScan) -> None:
    for model in KEPT:
        same = model.objects.filter(sha256=row.sha256, quarantined="")
        same.update(quarantined=row.why_apart)
