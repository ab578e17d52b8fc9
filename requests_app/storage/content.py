"""The one writer of files: bytes on disk, whole or not at all, under their hash.

What is being written has a name that nothing refers to. It gets its own name only when all of it is
on disk, and that name is on disk before anybody is told. So a file under its hash is complete,
whatever died while it was written, and the same bytes are kept once. Kept again, they are written
again: a file that was cut short or damaged since is whole from then on.
"""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import default_storage

CHUNK = 1024 * 1024
BEING_WRITTEN = "being-written"
OUT_OF_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class NoRoomError(OSError):
    """The disk is full, or the desk may not take more of it."""


class DamagedError(OSError):
    """A file is not, or no longer, what was kept under its hash."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Under which name the bytes are kept, and what they are."""

    name: str
    sha256: str
    size: int


def keep(content: bytes | Iterable[bytes], *, folder: str = "", suffix: str = "") -> Kept:
    """Write it under its hash, within `folder` ("mail/") and with `suffix` (".pdf"), if any.

    Raises NoRoomError or another OSError, with nothing left behind.
    """
    try:
        return _write([content] if isinstance(content, bytes) else content, folder, suffix)
    except OSError as error:
        if is_out_of_room(error):
            raise NoRoomError(*error.args) from error
        raise


def name_of(sha256: str, *, folder: str = "", suffix: str = "") -> str:
    """Under which name bytes of that hash are kept, if they are: see `keep`."""
    return f"{folder}{sha256[:2]}/{sha256}{suffix}"


def is_out_of_room(error: BaseException) -> bool:
    """Whether something was not written because the disk is full."""
    return isinstance(error, OSError) and error.errno in OUT_OF_ROOM


def open_kept(name: str) -> BufferedReader:
    """To read. FileNotFoundError where nothing is kept under that name."""
    return local_path(name).open("rb")


def path_of(name: str) -> Path:
    """For a program that reads files by themselves. FileNotFoundError as `open_kept`."""
    path = local_path(name)
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
    return path


def is_whole(name: str, *, sha256: str) -> bool:
    """Whether what is kept there is what was kept, byte for byte."""
    try:
        with open_kept(name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def read_whole(name: str, *, sha256: str) -> bytes:
    """All of it. DamagedError where it is missing or not what was kept."""
    if not is_whole(name, sha256=sha256):
        raise DamagedError(errno.EIO, "The file is not what was kept under its hash", name)
    with open_kept(name) as file:
        return file.read()


def remove(name: str) -> None:
    """What is kept there goes, and its name with it, on disk; nothing where nothing is kept."""
    path = local_path(name)
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        _sync(path.parent)


def chunks_of(stream: BinaryIO, *, size: int = CHUNK) -> Iterator[bytes]:
    """A stream in pieces, so that a large file is never whole in memory."""
    while chunk := stream.read(size):
        yield chunk


def clear_unfinished(*, before: datetime) -> None:
    """What a process was writing when it died, and nobody has touched since `before`."""
    for left in local_path(BEING_WRITTEN).glob("*"):
        if left.stat().st_mtime < before.timestamp():
            left.unlink(missing_ok=True)


def _write(chunks: Iterable[bytes], folder: str, suffix: str) -> Kept:
    digest, size = hashlib.sha256(), 0
    handle, unfinished = tempfile.mkstemp(dir=_folder(local_path(BEING_WRITTEN)))
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        sha256 = digest.hexdigest()
        name = name_of(sha256, folder=folder, suffix=suffix)
        target = local_path(name)
        _folder(target.parent)
        Path(unfinished).replace(target)
        _sync(target.parent)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    return Kept(name, sha256, size)


def local_path(name: str) -> Path:
    """Never outside the desk's own files, whatever the name says."""
    return Path(default_storage.path(name))


def _folder(path: Path) -> Path:
    """The folder; a new one's name is on disk before anything is put into it."""
    if not path.is_dir():
        missing = [p for p in (path, *path.parents) if not p.exists()]
        path.mkdir(parents=True, exist_ok=True)
        for made in missing:
            _sync(made.parent)
    return path


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
