"""Which files are still to be read, and what became of each. The row is the promise."""

from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.db.models import Exists, F, OuterRef

from requests_app.models import Attachment, FileText, TextStage
from requests_app.storage.reading_files.in_child import Found, read

BATCH = 20
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 2  # a file that takes the worker itself down is not tried for ever


def promise_new() -> int:
    """A row for each content that has none yet, some at a time; how many were added."""
    known = FileText.objects.filter(sha256=OuterRef("sha256"))
    new = Attachment.objects.filter(~Exists(known)).values_list("sha256", "file")[:BATCH]
    rows = [FileText(sha256=sha256, stored=stored) for sha256, stored in dict(new).items()]
    FileText.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def release_stuck(*, at: datetime) -> None:
    """Whoever held them is gone: another try, and after the last one none."""
    stuck = FileText.objects.stuck(claimed_before=at - LEASE)
    stuck.filter(attempts__lt=MOST_ATTEMPTS).update(stage=TextStage.WAITING)
    stuck.filter(attempts__gte=MOST_ATTEMPTS).update(
        stage=TextStage.FAILED, problem="The worker stopped each time it was read."
    )


def read_one(file_text_id: int, *, at: datetime) -> None:
    """Claimed by compare-and-set, read outside any transaction, settled."""
    mine = FileText.objects.filter(pk=file_text_id, stage=TextStage.WAITING)
    if not mine.update(stage=TextStage.READING, claimed_at=at, attempts=F("attempts") + 1):
        return
    row = FileText.objects.get(pk=file_text_id)
    found = _read(row)
    held = FileText.objects.filter(pk=row.pk, stage=TextStage.READING, claimed_at=at)
    held.update(stage=_stage_of(found), text=found.text, is_cut=found.is_cut, problem=found.problem)


def _read(row: FileText) -> Found:
    name = Attachment.objects.filter(sha256=row.sha256).values_list("name", flat=True).first() or ""
    if not default_storage.exists(row.stored):
        return Found(problem="The file is not where it was stored.")
    return read(Path(default_storage.path(row.stored)), name=name)


def _stage_of(found: Found) -> TextStage:
    if found.problem and not found.is_other_kind:
        return TextStage.FAILED
    return TextStage.READ if found.text.strip() else TextStage.NOTHING
