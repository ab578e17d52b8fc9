"""Imports a file in child processes that are killed (SIGKILL), on a desk of its own.

Prints, as JSON, what became of each. Run by `test_killed.py`; the database is a file, so that a
killed process leaves behind exactly what it had committed.
"""

import json
import os
import signal
from datetime import timedelta
from functools import partial
from typing import Any

from tests.killing import dies_at, in_child, start_child

ROWS = 60
A_BATCH = 10


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from requests_app.models import LoggedRequest

    before = _killed(after=False)
    between = _killed(after=True)
    raced = _raced()
    print(
        json.dumps(
            {"before": before, "between": between, "raced": raced,
             "in all": LoggedRequest.objects.count()}
        )
    )  # fmt: skip


def _file() -> bytes:
    lines = (f"REQ-{n},Subject {n},2024-01-{n % 28 + 1:02}" for n in range(ROWS))
    return "\n".join(["request id,subject,date requested", *lines]).encode()


def _started(source: str) -> Any:
    from requests_app.actions.research import importing
    from requests_app.ledger.attribution import Attribution
    from tests.factories import NOW
    from tests.research.importing.files import brought, researcher, tried

    by = researcher()
    done = tried(brought(_file(), by=by, source=source))
    importing.start(done, by=Attribution(by, NOW))
    return done


def _killed(*, after: bool) -> dict[str, Any]:
    """At the third batch, within its transaction or behind it; then the sweep, and a new worker."""
    row = _started(f"killed {after}")
    died = in_child(partial(_work_until_third_batch, row, after=after))
    row.refresh_from_db()
    at_death = {"by": died == signal.SIGKILL, "stage": row.stage, "position": row.position,
                "rows": _count(row)}  # fmt: skip
    _sweep()
    in_child(partial(_work, row))
    row.refresh_from_db()
    return {**at_death, "then": row.stage, "counts": row.counts, "in the log": _count(row)}


def _raced() -> list[dict[str, int]]:
    """Two imports of the same file, by two workers at once."""
    from requests_app.actions.research import importing
    from requests_app.ledger.attribution import Attribution
    from tests.factories import NOW
    from tests.research.importing.files import brought, tried

    one = _started("raced")
    other = tried(brought(_file(), by=one.asked_by, source="raced"))
    importing.start(other, by=Attribution(one.asked_by, NOW))
    children = [start_child(partial(_work, row)) for row in (one, other)]
    for pid in children:
        os.waitpid(pid, 0)
    for row in (one, other):
        row.refresh_from_db()
    return [one.counts, other.counts]


def _count(row: Any) -> int:
    from requests_app.models import LoggedRequest

    return LoggedRequest.objects.filter(newsroom=row.newsroom_id, source=row.source).count()


def _work(row: Any) -> None:
    from requests_app.research.importing import kept_rows
    from requests_app.research.importing.work import work
    from tests.factories import NOW

    kept_rows.A_BATCH = A_BATCH
    work(row.pk, now=lambda: NOW)


def _work_until_third_batch(row: Any, *, after: bool) -> None:
    from requests_app.research.importing import import_queue, importing

    if after:
        dies_at(importing, "lock_log", nth=4, after=False)
    else:
        dies_at(import_queue, "report", nth=3, after=True)
    _work(row)


def _sweep() -> None:
    from requests_app.research.importing import import_queue
    from tests.factories import NOW

    import_queue.release_stuck(at=NOW + timedelta(hours=1))


if __name__ == "__main__":
    main()
