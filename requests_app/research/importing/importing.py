"""The import itself: a batch is one transaction, and its place in the file is written in it."""

from collections import Counter
from typing import Any

from django.db import transaction

from requests_app.models import LogImport, Newsroom
from requests_app.research.importing.checking import Report, judge_of
from requests_app.research.importing.kept_rows import batches
from requests_app.research.importing.writing import BatchWriter


def import_rows(log_import: LogImport, report: Report) -> dict[str, Any]:
    """From where the last batch ended. What was written before a death stands, once."""
    judge = judge_of(log_import)
    writer = BatchWriter(log_import, judge.origin)
    counts = Counter(log_import.counts) if log_import.position else Counter[str]()
    position = log_import.position
    for batch, after in batches(log_import, log_import.offset):
        with transaction.atomic():
            lock_log(log_import.newsroom_id)
            judged = judge.judge(batch)
            counts.update(writer.write(judged, takes_duplicates=log_import.takes_duplicates))
            position += len(batch)
            report(position=position, offset=after, counts=dict(counts))
    return {}


def lock_log(newsroom_id: int) -> None:
    """One import at a time writes a newsroom's log. Other work goes on."""
    list(Newsroom.objects.select_for_update(no_key=True).filter(pk=newsroom_id).values_list("pk"))
