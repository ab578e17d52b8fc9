"""Bytes on disk, whole or not at all, under their hash.

What is being written has a name that nothing refers to; it gets its own name only when all of it is
on disk, and that name is on disk before anybody is told. So a file under its hash is complete,
whatever died while it was written; and the same bytes are kept once.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

CHUNK = 1024 * 1024
BEING_WRITTEN = "being-written"


@dataclass(frozen=True, slots=True)
class Kept:
    """Where in the storage the bytes are, and what they are."""

    name: str
    sha256: str
    size: int

    @property
    def path(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.name


def keep_bytes(chunks: Iterable[bytes], *, folder: str = "") -> Kept:
    """Write them under their hash. Raises OSError, as on a full disk, with nothing left behind."""
    root = Path(settings.MEDIA_ROOT)
    scratch = _folder(root / BEING_WRITTEN)
    digest, size = hashlib.sha256(), 0
    handle, written = tempfile.mkstemp(dir=scratch)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        sha256 = digest.hexdigest()
        name = f"{folder}{sha256[:2]}/{sha256}"
        target = root / name
        _folder(target.parent)
        Path(written).replace(target)
        _sync(target.parent)
    except BaseException:
        Path(written).unlink(missing_ok=True)
        raise
    return Kept(name, sha256, size)


def chunks_of(stream: BinaryIO) -> Iterator[bytes]:
    """A stream in pieces, so that a large message is never whole in memory."""
    while chunk := stream.read(CHUNK):
        yield chunk


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
