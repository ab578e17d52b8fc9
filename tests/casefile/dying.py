"""Makes a case file in child processes that are killed (SIGKILL), on a desk of its own.

Prints, as JSON, what became of each. Run by `test_killed.py`; the database is a file, so that a
killed process leaves behind exactly what it had committed.
"""

import json
import os
import signal
import sys
from datetime import timedelta
from functools import partial
from typing import Any

from tests.killing import dies_at, in_child, start_child


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    request = _request()
    print(
        json.dumps(
            {
                "killed": _killed_on_the_way(request, stride=int(sys.argv[1])),
                "raced": _raced(request),
            }
        )
    )


def _request() -> Any:
    from tests.casefile.papers import denied, jpeg, pdf

    return denied(records_pdf=pdf("one"), photo_jpg=jpeg(), log_txt=b"a line")


def _killed_on_the_way(request: Any, *, stride: int) -> list[dict[str, Any]]:
    """For every so many steps: killed there, found by the sweep, made by the next worker."""
    found: list[dict[str, Any]] = []
    step = 1
    while True:
        row = _ask(request)
        died = in_child(partial(_make_until, row, step))
        row.refresh_from_db()
        if died != signal.SIGKILL:
            return found
        told = {"at": row.step, "was": row.state, "attempts": row.attempts}
        _sweep(row)
        in_child(partial(_make, row))
        row.refresh_from_db()
        found.append({**told, "is": row.state, "in": row.attempts, "left": _left(row)})
        step += stride


def _raced(request: Any) -> dict[str, Any]:
    """Two workers are given the same one at once."""
    row = _ask(request)
    children = [start_child(partial(_make, row)) for _ in range(2)]
    for pid in children:
        os.waitpid(pid, 0)
    row.refresh_from_db()
    return {"is": row.state, "in": row.attempts}


def _ask(request: Any) -> Any:
    from requests_app.models import CaseFile
    from tests.factories import NOW

    return CaseFile.objects.create(
        records_request=request, kind="archive", asked_at=NOW, asked_by=request.created_by
    )


def _make(row: Any) -> None:
    from requests_app.casefile import make_case_file
    from tests.factories import NOW

    make_case_file.make(row.pk, now=lambda: NOW)


def _make_until(row: Any, step: int) -> None:
    from requests_app.casefile import case_file_queue

    dies_at(case_file_queue, "report_step", nth=step, after=True)
    _make(row)


def _sweep(row: Any) -> None:
    from requests_app.casefile import case_file_queue
    from tests.factories import NOW

    case_file_queue.release_stuck(at=NOW + timedelta(hours=1))


def _left(row: Any) -> list[str]:
    from pathlib import Path

    from django.conf import settings

    return [path.name for path in (Path(settings.VAR) / "making").glob(f"case-file-{row.pk}-*")]


if __name__ == "__main__":
    main()
