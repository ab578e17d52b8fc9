"""A backup: the archive is under its name only once all of it is on disk."""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from requests_app.storage import content, partial_files
from requests_app.storage.backups import database_snapshot, encryption

VERSION = 1
MANIFEST, FILES = "manifest.json", "files/"
KEYS = ("secret-key", "encryption-keys")  # in VAR_DIR, where the environment gives none
# Of the files' folder: what nothing refers to yet.
UNFINISHED = (content.BEING_WRITTEN, partial_files.FOLDER)


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the archive, as it was written there."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The archive's last file. `migration`: the newest that the database has."""

    version: int
    made_at: str
    database: str
    migration: str
    members: dict[str, Member]

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def from_json(cls, written: bytes) -> "Manifest":
        said: dict[str, Any] = json.loads(written)
        members = {name: Member(**one) for name, one in said.pop("members").items()}
        return cls(members=members, **said)


def write(to: Path, *, recipients: Sequence[Any], at: datetime) -> Manifest:
    """Back up to a file that is not there yet; without recipients, not encrypted. OSError, where it
    is there or the disk is full; then nothing is left behind."""
    unfinished = to.with_name(f".{to.name}.unfinished")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            with _written_to(out, recipients) as stream:
                manifest = _write_tar(stream, at=at)
            out.flush()
            os.fsync(out.fileno())
        os.link(unfinished, to)  # FileExistsError, where a rename would overwrite
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


@contextmanager
def _written_to(out: BinaryIO, recipients: Sequence[Any]) -> Iterator[BinaryIO]:
    if recipients:
        with encryption.encrypted(out, recipients) as stream:
            yield stream
    else:
        yield out


def _write_tar(stream: BinaryIO, *, at: datetime) -> Manifest:
    members: dict[str, Member] = {}
    with tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        name = database_snapshot.member_name()
        with tempfile.TemporaryDirectory(prefix="backup-", dir=settings.VAR) as folder:
            path = Path(folder) / name
            database_snapshot.snapshot(path)
            members[name] = _add(tar, name, path)
        for path in _kept_files():
            where = FILES + path.relative_to(settings.MEDIA_ROOT).as_posix()
            members[where] = _add(tar, where, path)
        for key in KEYS:
            if (path := Path(settings.VAR) / key).is_file():
                members[key] = _add(tar, key, path)
        manifest = Manifest(VERSION, at.isoformat(), name, _newest_migration(), members)
        written = manifest.to_json()
        _add_stream(tar, MANIFEST, io.BytesIO(written), len(written))
    return manifest


def _kept_files() -> Iterator[Path]:
    """Those that are there when they are asked for, in the order of their names."""
    root = Path(settings.MEDIA_ROOT)
    for place, folders, files in os.walk(root):
        if Path(place) == root:
            folders[:] = [one for one in folders if one not in UNFINISHED]
        folders.sort()
        yield from (Path(place, name) for name in sorted(files))


def _add(tar: tarfile.TarFile, name: str, path: Path) -> Member:
    with path.open("rb") as file:
        return _add_stream(tar, name, file, os.fstat(file.fileno()).st_size)


def _add_stream(tar: tarfile.TarFile, name: str, stream: BinaryIO, size: int) -> Member:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    hashed = _Hashed(stream)
    tar.addfile(entry, hashed)
    return Member(size, hashed.digest.hexdigest())


class _Hashed:
    """A stream that knows the hash of what was read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.digest = stream, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        read = self._stream.read(size)
        self.digest.update(read)
        return read


def _newest_migration() -> str:
    applied = MigrationRecorder(connection).migration_qs.filter(app="requests_app")
    return str(applied.order_by("name").values_list("name", flat=True).last() or "")
