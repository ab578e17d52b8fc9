"""A disk that fills up while a file is kept, and the same file again once there is room."""

import hashlib
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from requests_app.actions.errors import Refused
from requests_app.actions.requests import city_progress, drafting
from requests_app.casefile import make_case_file
from requests_app.models import Attachment, CaseFile, CaseFileState, RecordsRequest
from requests_app.storage import content
from tests.casefile.papers import denied
from tests.factories import NOW, acting, draft, said, submitted
from tests.own_desk import run_program

pytestmark = pytest.mark.django_db

SIZE, ROOM = 600_000, 348_160
UPLOAD = os.urandom(SIZE // 2) * 2


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """The kernel lets this process write no file past that size, as on a disk that is full."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("records.pdf", UPLOAD, "application/pdf")


def acknowledge(request: RecordsRequest) -> None:
    city_progress.acknowledge(request, answer=said(files=(upload(),)), **acting(request))


def files_kept() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def stored(attachment: Attachment) -> bytes:
    with content.open_kept(str(attachment.file)) as file:
        return file.read()


def test_an_upload_that_found_no_room_is_refused_and_leaves_nothing():
    request = submitted()

    with room_for(ROOM), pytest.raises(Refused, match=r"“records\.pdf” could not be kept"):
        acknowledge(request)

    assert files_kept() == []
    assert not Attachment.objects.exists()
    assert not request.events.filter(kind="acknowledged").exists()


def test_the_same_file_uploaded_again_with_room_is_whole():
    request = submitted()
    with room_for(ROOM), pytest.raises(Refused):
        acknowledge(request)

    acknowledge(request)

    attachment = Attachment.objects.get()
    assert attachment.size == SIZE
    assert stored(attachment) == UPLOAD


def test_an_enclosure_that_found_no_room_is_refused_too():
    request = draft()

    with room_for(ROOM), pytest.raises(Refused, match="disk"):
        drafting.attach_enclosures(request, files=[upload()], **acting(request))

    assert files_kept() == []


@pytest.mark.parametrize("damage", [UPLOAD[:ROOM], b"", UPLOAD[:-1] + b"?"])
def test_a_damaged_file_is_written_again_when_its_content_comes_again(damage: bytes):
    """What an earlier desk left cut short, or a disk changed, under the hash of the whole."""
    name = content.keep(UPLOAD).name
    Path(settings.MEDIA_ROOT, name).write_bytes(damage)

    acknowledge(submitted())

    assert stored(Attachment.objects.get()) == UPLOAD
    assert len(files_kept()) == 1


def test_a_case_file_that_found_no_room_says_so_and_is_whole_when_made_again(tmp_path, settings):
    settings.VAR = tmp_path
    request = denied(records_pdf=UPLOAD)
    first, second = (
        CaseFile.objects.create(
            records_request=request, kind="archive", asked_at=NOW, asked_by=request.created_by
        )
        for _ in range(2)
    )
    before = files_kept()

    with room_for(ROOM):
        make_case_file.make(first.pk, now=lambda: NOW)
    first.refresh_from_db()
    assert (first.state, first.problem) == (CaseFileState.FAILED, make_case_file.NO_ROOM)
    assert files_kept() == before

    make_case_file.make(second.pk, now=lambda: NOW)
    second.refresh_from_db()
    with content.open_kept(str(second.file)) as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == second.sha256


def may_mount() -> bool:
    """Whether this machine lets us mount a small disk of our own, seen by one process alone."""
    try:
        tried = subprocess.run(
            ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
            capture_output=True,
        )
    except FileNotFoundError:
        return False
    return tried.returncode == 0


@pytest.mark.own_servers
@pytest.mark.skipif(not may_mount(), reason="no disk can be mounted here (unshare)")
def test_on_a_disk_that_is_really_full_nothing_is_cut_short(tmp_path: Path):
    mounting = ("unshare", "--map-root-user", "--mount")

    fates = run_program("tests.storage.full_disk", var=tmp_path, inside=mounting)

    assert fates == {
        "upload": {"refused": True, "left": 0, "whole": True},
        "case file": {"refused": True, "left": 0, "whole": True},
        "mail": {"refused": True, "left": 0, "whole": True},
    }
