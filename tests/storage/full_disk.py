"""A desk of its own whose files lie on a disk of 400 kB: what it says, leaves, and does with room.

    unshare --map-root-user --mount python -m tests.storage.full_disk

Prints, as JSON by what was kept: whether it was refused, how many files the refusal left behind,
and whether the same content is whole once there is room.
"""

import hashlib
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from requests_app.actions.errors import Refused
from requests_app.actions.requests import city_progress
from requests_app.casefile import make_case_file
from requests_app.inbound import storing
from requests_app.models import Attachment, CaseFile, CaseFileState
from requests_app.storage import content
from tests.casefile.papers import denied
from tests.factories import NOW, acting, said, submitted

SMALL, LARGE = "400k", "20m"
UPLOAD = os.urandom(600_000)


def main() -> dict[str, Any]:
    Path(settings.MEDIA_ROOT).mkdir(parents=True)
    _disk("-t", "tmpfs", "-o", f"size={LARGE}", "tmpfs")
    return {"upload": _tried(_upload()), "case file": _tried(_case_file()), "mail": _tried(_mail())}


def _tried(keep: Callable[[], bool]) -> dict[str, Any]:
    """With no more room than 400 kB, then with twenty megabytes."""
    before = _files()
    _disk("-o", f"remount,size={_taken() + 400}k")
    refused = not keep()
    left = len(_files() - before)
    _disk("-o", f"remount,size={LARGE}")
    return {"refused": refused, "left": left, "whole": keep()}


def _upload() -> Callable[[], bool]:
    request = submitted()

    def keep() -> bool:
        file = SimpleUploadedFile("a.pdf", UPLOAD, "application/pdf")
        try:
            city_progress.acknowledge(request, answer=said(files=(file,)), **acting(request))
        except Refused:
            return False
        attachment = Attachment.objects.get(name="a.pdf")
        return _is_whole(str(attachment.file), attachment.sha256)

    return keep


def _case_file() -> Callable[[], bool]:
    request = denied(b_pdf=UPLOAD[::-1])

    def keep() -> bool:
        row = CaseFile.objects.create(
            records_request=request, kind="archive", asked_at=NOW, asked_by=request.created_by
        )
        make_case_file.make(row.pk, now=lambda: NOW)
        row.refresh_from_db()
        return row.state == CaseFileState.READY and _is_whole(str(row.file), row.sha256)

    return keep


def _mail() -> Callable[[], bool]:
    message = b"Subject: files\r\n\r\n" + UPLOAD.hex().encode()

    def keep() -> bool:
        try:
            kept = storing.keep([message])
        except content.NoRoomError:
            return False
        return _is_whole(kept.name, hashlib.sha256(message).hexdigest())

    return keep


def _is_whole(name: str, sha256: str) -> bool:
    with content.open_kept(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def _files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def _taken() -> int:
    """Of the disk, in kilobytes."""
    disk = os.statvfs(settings.MEDIA_ROOT)
    return (disk.f_blocks - disk.f_bfree) * disk.f_frsize // 1024


def _disk(*options: str) -> None:
    subprocess.run(["mount", *options, str(settings.MEDIA_ROOT)], check=True)


if __name__ == "__main__":
    print(json.dumps(main()))
