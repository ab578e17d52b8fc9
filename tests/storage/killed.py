"""A desk of its own, killed at every step of keeping an upload and a case file.

    python -m tests.storage.killed

For each step, children of this process keep a file and send themselves SIGKILL there, the first
time and the second; a last one lives. Prints, as JSON by step: the deaths, and what came of it.
"""

import json
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile

from requests_app.actions.requests import attachments, city_progress
from requests_app.casefile import case_file_queue, make_case_file
from requests_app.models import CaseFile, CaseFileState, RecordsRequest
from requests_app.storage import content
from tests.casefile.papers import denied
from tests.factories import NOW, acting, said, submitted
from tests.killing import dies_at, in_child

# What the step is called; the function there; whether the process dies before it or after.
WRITING: dict[str, tuple[Any, str, bool]] = {
    "before the bytes are on disk": (content.os, "fsync", False),
    "after the bytes are on disk": (content.os, "fsync", True),
    "before they have their name": (content.Path, "replace", False),
    "after they have their name": (content.Path, "replace", True),
    "before their name is on disk": (content, "_sync", False),
}
OF_AN_UPLOAD = {
    **WRITING,
    "before the row": (attachments.Attachment.objects, "create", False),
    "after the row": (attachments.Attachment.objects, "create", True),
    "before the act is committed": (attachments, "attach", True),
}
OF_A_CASE_FILE = {
    **WRITING,
    "before the row": (case_file_queue, "mark_ready", False),
    "after the row": (case_file_queue, "mark_ready", True),
}
UPLOAD = os.urandom(200_000)


def main() -> dict[str, Any]:
    return {
        "upload": {step: _upload(place) for step, place in OF_AN_UPLOAD.items()},
        "case file": {step: _case_file(place) for step, place in OF_A_CASE_FILE.items()},
    }


def _killed(act: Callable[[], object], place: tuple[Any, str, bool], nth: int) -> int:
    owner, name, after = place

    def mortal() -> None:
        dies_at(owner, name, nth=nth, after=after)
        act()

    return in_child(mortal)


def _upload(place: tuple[Any, str, bool]) -> dict[str, Any]:
    """Each time the same person uploads the same file, until one of them is answered."""
    request = submitted()
    # Its own content, so that no earlier step has kept it.
    body = UPLOAD + request.reference.encode()

    def upload() -> None:
        file = SimpleUploadedFile("a.pdf", body, "application/pdf")
        city_progress.acknowledge(request, answer=said(files=(file,)), **acting(request))

    died = _killed(upload, place, 1)
    half_done = request.attachments.count() + request.events.filter(kind="acknowledged").count()
    if half_done == 0:
        in_child(upload)
    attachments = list(request.attachments.all())
    return {
        "died": died == signal.SIGKILL,
        "undone": half_done == 0,
        "kept once": len(attachments) == 1,
        "whole": all(content.is_whole(str(a.file), sha256=a.sha256) for a in attachments),
        "events": request.events.filter(kind="acknowledged").count(),
    }


def _case_file(place: tuple[Any, str, bool]) -> dict[str, Any]:
    """Killed there by the first worker; the sweep frees it, and the next one makes it."""
    request: RecordsRequest = denied(log_txt=b"a line")
    row = CaseFile.objects.create(
        records_request=request, kind="archive", asked_at=NOW, asked_by=request.created_by
    )

    def make() -> None:
        make_case_file.make(row.pk, now=lambda: NOW)

    died = _killed(make, place, 1)
    case_file_queue.release_stuck(at=NOW + timedelta(hours=1))
    in_child(make)
    row.refresh_from_db()
    return {
        "died": died == signal.SIGKILL,
        "ready": row.state == CaseFileState.READY,
        "whole": content.is_whole(str(row.file), sha256=row.sha256),
    }


if __name__ == "__main__":
    print(json.dumps(main()))
