"""The one writer of files: whole under its hash, on disk before anybody is told."""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation

from requests_app.casefile.make_case_file import _keep as keep_case_file
from requests_app.storage import content

BODY = b"a,b\n1,2\n"
SHA256 = hashlib.sha256(BODY).hexdigest()


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def files() -> list[str]:
    return sorted(p.relative_to(root()).as_posix() for p in root().rglob("*") if p.is_file())


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked of the disk, in order: which file or folder was synced, what was renamed."""
    root().mkdir()
    found: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synced(handle: int) -> str:
        asked = os.fstat(handle)
        if not stat.S_ISDIR(asked.st_mode):
            return "sync file"
        known = {path.stat().st_ino: path for path in (root(), *root().rglob("*"))}
        return f"sync folder {known[asked.st_ino].relative_to(root()).name or '.'}"

    def recorded_fsync(handle: int) -> None:
        found.append(synced(handle))
        fsync(handle)

    def recorded_replace(path: Path, target: Path) -> Path:
        found.append("rename")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(Path, "replace", recorded_replace)
    return found


def test_it_is_on_disk_before_it_has_its_name_and_its_name_before_anybody_is_told(
    steps: list[str],
):
    content.keep(BODY, folder="mail/")

    assert (
        steps
        == [
            "sync folder .",  # which has a new one, for what is being written
            "sync file",
            "sync folder mail",  # which has a new one, named by the hash; and before it
            "sync folder .",  # the one that has "mail"
            "rename",
            f"sync folder {SHA256[:2]}",
        ]
    )


def test_in_folders_that_are_there_the_file_and_its_name_are_synced(steps: list[str]):
    content.keep(BODY)
    steps.clear()

    content.keep(BODY)

    assert steps == ["sync file", "rename", f"sync folder {SHA256[:2]}"]


def test_a_case_file_is_kept_the_same_way(steps: list[str], tmp_path: Path):
    made = tmp_path / "case-file.pdf"
    made.write_bytes(BODY)

    kept = keep_case_file(made)

    assert kept.name == f"case-files/{SHA256[:2]}/{SHA256}.pdf"
    assert steps[-3:] == ["sync folder .", "rename", f"sync folder {SHA256[:2]}"]
    assert "sync file" in steps


@pytest.mark.parametrize("pieces", [BODY, [BODY[:3], BODY[3:]], iter([BODY])])
def test_bytes_and_streams_are_kept_alike(pieces: Any):
    kept = content.keep(pieces)

    assert kept == content.Kept(f"{SHA256[:2]}/{SHA256}", SHA256, len(BODY))
    assert content.read_whole(kept.name, sha256=SHA256) == BODY


def test_the_same_content_is_kept_once():
    content.keep(BODY)
    content.keep(BODY)

    assert files() == [f"{SHA256[:2]}/{SHA256}"]


@pytest.mark.parametrize(
    ("number", "raised"),
    [
        (errno.ENOSPC, content.NoRoomError),
        (errno.EDQUOT, content.NoRoomError),
        (errno.EFBIG, content.NoRoomError),
        (errno.EIO, OSError),
    ],
)
def test_what_cannot_be_written_leaves_nothing_behind(
    number: int, raised: type[OSError], monkeypatch: pytest.MonkeyPatch
):
    def fail(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    content.keep(b"another, so that the folders are there")
    before = files()
    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(OSError) as refused:
        content.keep(BODY)

    assert (type(refused.value), refused.value.errno) == (raised, number)
    assert files() == before


def test_a_stream_that_breaks_off_leaves_nothing_behind():
    def broken() -> Iterator[bytes]:
        yield BODY
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        content.keep(broken())

    assert files() == []


@pytest.mark.parametrize("damage", [b"", BODY[:-1], BODY[:-1] + b"?", BODY + b"?"])
def test_a_damaged_file_is_known_and_is_never_read_as_whole(damage: bytes):
    name = content.keep(BODY).name
    content.path_of(name).write_bytes(damage)

    assert not content.is_whole(name, sha256=SHA256)
    with pytest.raises(content.DamagedError):
        content.read_whole(name, sha256=SHA256)


def test_a_missing_file_is_not_whole():
    assert not content.is_whole("aa/nothing", sha256=SHA256)
    with pytest.raises(FileNotFoundError):
        content.path_of("aa/nothing")


@pytest.mark.parametrize("open_it", [content.open_kept, content.path_of])
def test_a_name_cannot_lead_outside(open_it: Callable[[str], object]):
    with pytest.raises(SuspiciousFileOperation):
        open_it("../desk.sqlite3")


def test_what_a_dead_process_was_writing_is_cleared_when_it_is_old():
    content.keep(BODY)
    folder = root() / content.BEING_WRITTEN
    old, new = folder / "old", folder / "new"
    for path in (old, new):
        path.write_bytes(b"half")
    now = datetime.now(UTC)
    long_ago = (now - timedelta(days=2)).timestamp()
    os.utime(old, (long_ago, long_ago))

    content.clear_unfinished(before=now - timedelta(days=1))

    assert files() == sorted([f"{SHA256[:2]}/{SHA256}", f"{content.BEING_WRITTEN}/new"])


def test_nobody_else_is_let_read_what_is_kept():
    path = content.path_of(content.keep(BODY).name)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


APP = Path(settings.ROOT) / "requests_app"
# A backup is of all files as they lie, and is put back as a whole where there is none.
KNOWS = {APP / "storage" / "content.py", *(APP / "storage" / "backups").glob("*.py")}
OTHER_WAYS = {"default_storage", "FileSystemStorage", "MEDIA_ROOT"}


def test_no_other_part_of_the_desk_knows_where_files_lie():
    """Who writes past the one writer brings back the file that is cut short for ever."""
    found = [
        f"{file.relative_to(APP)}:{number}: {line}"
        for file in APP.rglob("*.py")
        if file not in KNOWS
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if OTHER_WAYS & set(re.findall(r"\w+", line)) or re.search(r"\b(file|raw)\.save\(", line)
    ]

    assert found == []
