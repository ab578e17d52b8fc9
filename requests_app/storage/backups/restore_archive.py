"""An archive put back into an empty desk: nothing is overwritten, and nothing half-restored stays.

All of it is read, decrypted and held against its manifest in a folder apart before anything takes
its place.
"""

import hashlib
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from django.conf import settings

from requests_app.storage import content
from requests_app.storage.backups import database_snapshot, encryption
from requests_app.storage.backups.write_archive import (
    FILES,
    KEYS,
    MANIFEST,
    VERSION,
    Manifest,
    Member,
)


class NotRestored(Exception):
    """Why, and what to do. The desk stands as it stood."""


def restore(archive: Path, *, identities: Sequence[Any]) -> Manifest:
    """NotRestored, or KeyProblem where none of the identities opens it."""
    _check_empty()
    var = Path(settings.VAR)
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="restore-", dir=var) as folder:
        apart = Path(folder)
        with archive.open("rb") as file, _read_from(file, identities) as stream:
            manifest = _unpack(stream, apart)
        _check_manifest(manifest)
        _put_in_place(manifest, apart)
    return manifest


def _check_empty() -> None:
    files = Path(settings.MEDIA_ROOT)
    if files.exists() and any(path.is_file() for path in files.rglob("*")):
        raise NotRestored(
            f"{files} holds files already: restore into an empty VAR_DIR. Nothing was changed."
        )
    if not database_snapshot.is_empty():
        raise NotRestored(
            "The database has tables already: restore into an empty one. Nothing was changed."
        )


@contextmanager
def _read_from(archive: BinaryIO, identities: Sequence[Any]) -> Iterator[BinaryIO]:
    is_encrypted = archive.read(len(encryption.BEGINS)) == encryption.BEGINS
    archive.seek(0)
    if not is_encrypted:
        yield archive
        return
    if not identities:
        raise NotRestored("The archive is encrypted: name the file of its key by --identity.")
    with encryption.decrypted(archive, identities) as stream:
        yield stream


def _unpack(stream: BinaryIO, apart: Path) -> Manifest:
    found: dict[str, Member] = {}
    written: bytes | None = None
    try:
        with tarfile.open(fileobj=stream, mode="r|") as tar:
            for entry in tar:
                source = tar.extractfile(entry)
                if not entry.isreg() or source is None:
                    raise NotRestored(f"“{entry.name}” in the archive is no file.")
                if entry.name == MANIFEST:
                    written = source.read()
                    continue
                target = _place(apart, entry.name)
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                digest = hashlib.sha256()
                with target.open("xb") as out:
                    for chunk in content.chunks_of(source):  # type: ignore[arg-type]
                        digest.update(chunk)
                        out.write(chunk)
                target.chmod(0o600)
                found[entry.name] = Member(entry.size, digest.hexdigest())
    except tarfile.TarError as error:
        raise NotRestored(f"The archive is damaged or cut short ({error}).") from error
    if written is None:
        raise NotRestored("The archive is cut short: it has no manifest.")
    manifest = Manifest.from_json(written)
    differ = sorted(
        name
        for name in manifest.members.keys() | found.keys()
        if manifest.members.get(name) != found.get(name)
    )
    if differ:
        raise NotRestored(f"The archive is not what was written: {', '.join(differ[:5])}.")
    return manifest


def _place(apart: Path, name: str) -> Path:
    """Where a member lies for now; never outside, whatever the archive says."""
    parts = PurePosixPath(name).parts
    is_ours = name.startswith(FILES) or name in {
        database_snapshot.SQLITE, database_snapshot.POSTGRESQL, *KEYS,
    }  # fmt: skip
    if not is_ours or ".." in parts or PurePosixPath(name).is_absolute():
        raise NotRestored(f"“{name}” has no place in a desk: this is no archive of one.")
    return apart.joinpath(*parts)


def _check_manifest(manifest: Manifest) -> None:
    if manifest.version != VERSION:
        raise NotRestored("The archive is of another version of the desk's backups: update first.")
    if manifest.database != database_snapshot.member_name():
        raise NotRestored(
            f"The archive holds {manifest.database}, and this desk's database is of another kind: "
            "set DATABASE_URL to one of that kind."
        )


def _put_in_place(manifest: Manifest, apart: Path) -> None:
    """The files before the rows that name them, as when they were first kept."""
    root = Path(settings.MEDIA_ROOT)
    placed = []
    try:
        for name in manifest.members:
            if name.startswith(FILES):
                target = root / name.removeprefix(FILES)
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                (apart / name).replace(target)
                placed.append(target)
        database_snapshot.load(apart / manifest.database)
    except BaseException:
        for target in placed:
            target.unlink(missing_ok=True)
        raise
    for key in KEYS:
        if key in manifest.members:
            (apart / key).replace(Path(settings.VAR) / key)
