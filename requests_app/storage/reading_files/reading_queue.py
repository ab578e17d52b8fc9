"""Which files are still to be read, and what became of each. The row is the promise."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from requests_app.leases import Lease
from requests_app.models import Attachment, FileText, TextStage
from requests_app.storage import content
from requests_app.storage.erased_files import without_erased
from requests_app.storage.reading_files.read_words import Found, read

BATCH = 20
LEASE = Lease(TextStage.WAITING, TextStage.READING, column="stage")
SILENCE_ALLOWED = timedelta(minutes=5)
MOST_ATTEMPTS = 2  # a file that takes the worker itself down is not tried for ever


def promise_new() -> int:
    """A row for each content that has none yet, some at a time; how many were added."""
    known = FileText.objects.filter(sha256=OuterRef("sha256"))
    there = without_erased(Attachment.objects.all())
    new = there.filter(~Exists(known)).values_list("sha256", "file")[:BATCH]
    rows = [FileText(sha256=sha256, stored=stored) for sha256, stored in dict(new).items()]
    FileText.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def release_stuck(*, at: datetime) -> None:
    """Whoever held them is gone: another try, and after the last one none."""
    LEASE.release(
        FileText.objects.stuck(claimed_before=at - SILENCE_ALLOWED),
        most_attempts=MOST_ATTEMPTS,
        stage=TextStage.FAILED,
        problem="The worker stopped each time it was read.",
    )


def read_one(file_text_id: int, *, at: datetime) -> None:
    """Claimed, read outside any transaction, and what came of it written down."""
    if not LEASE.claim(FileText.objects.filter(pk=file_text_id), at=at):
        return
    row = FileText.objects.get(pk=file_text_id)
    found = _read(row)
    LEASE.write(
        row, stage=_stage_of(found), text=found.text, is_cut=found.is_cut, problem=found.problem
    )


def _read(row: FileText) -> Found:
    name = Attachment.objects.filter(sha256=row.sha256).values_list("name", flat=True).first() or ""
    try:
        path = content.path_of(row.stored)
    except FileNotFoundError:
        return Found(problem="The file is not where it was stored.")
    if not content.is_whole(row.stored, sha256=row.sha256):
        return Found(problem="The file is no longer what was stored: its hash differs.")
    return read(path, name=name)


def _stage_of(found: Found) -> TextStage:
    if found.problem and not found.is_other_kind:
        return TextStage.FAILED
    return TextStage.READ if found.text.strip() else TextStage.NOTHING
