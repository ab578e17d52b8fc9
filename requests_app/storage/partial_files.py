"""Files that come in pieces: what has come lies apart from the kept ones until it is whole.

One process at a time holds a file; if it dies, the system lets go of it.
"""

import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import FileIO
from pathlib import Path

from requests_app.storage import content
from requests_app.storage.content import Kept

FOLDER = "coming-in"
_KEY = re.compile(r"[0-9a-f]{32}")


class BusyError(Exception):
    """Another process is writing to the same file just now."""


class PieceDamagedError(Exception):
    """A piece is longer than what is missing, or not what its sender says that it is."""


@contextmanager
def held(key: str) -> Iterator[FileIO]:
    """What has come so far, for this process alone. BusyError."""
    path = _path(key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileIO(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(key) from error
        yield file


def append(file: FileIO, pieces: Iterable[bytes], *, at: int, most: int, digest: str) -> int:
    """Write a piece at that place, on disk when this returns; how long it was.

    What a process that died left behind that place goes first. PieceDamagedError, and whatever
    reading the pieces raises, leave the file as it was.
    """
    file.truncate(at)
    file.seek(at)
    written, found = 0, sha256()
    try:
        for piece in pieces:
            written += len(piece)
            if written > most:
                raise PieceDamagedError("longer than what is missing")
            found.update(piece)
            _write_all(file, piece)
        if found.hexdigest() != digest:
            raise PieceDamagedError("not what was sent")
        os.fsync(file.fileno())
    except BaseException:
        file.truncate(at)
        raise
    return written


def length(file: FileIO) -> int:
    return os.fstat(file.fileno()).st_size


def keep(file: FileIO) -> Kept:
    """All of it among the kept files, under its hash."""
    file.seek(0)
    return content.keep(iter(lambda: file.read(content.CHUNK), b""))


def drop(key: str) -> None:
    _path(key).unlink(missing_ok=True)


def _write_all(file: FileIO, piece: bytes) -> None:
    """Unbuffered files may take a part of what they are given."""
    rest = memoryview(piece)
    while rest:
        rest = rest[file.write(rest) :]


def _path(key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no key of an upload")
    return content.local_path(f"{FOLDER}/{key}")
