"""A backup holds all of a desk, nobody reads it without its key, and nothing is overwritten."""

import io
import json
import shutil
import sqlite3
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from requests_app.actions.requests import drafting
from requests_app.ledger.attribution import Attribution
from requests_app.storage import content
from requests_app.storage.backups import (
    check_files,
    database_snapshot,
    encryption,
    restore_archive,
    write_archive,
)
from requests_app.storage.backups.restore_archive import NotRestored
from tests.factories import NOW, draft

pytestmark = pytest.mark.django_db
WORDS = b"rows that nobody else may read" * 200


@pytest.fixture
def desk(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, with a key and a file; its database's snapshot is a small one."""
    var = tmp_path / "desk"
    (var / "files").mkdir(parents=True)
    settings.VAR, settings.MEDIA_ROOT = var, var / "files"
    (var / "secret-key").write_text("k" * 50)
    (var / "encryption-keys").write_text("e" * 44)
    monkeypatch.setattr(database_snapshot, "member_name", lambda: database_snapshot.SQLITE)
    monkeypatch.setattr(database_snapshot, "snapshot", lambda to: to.write_bytes(b"a database"))
    return var


@pytest.fixture
def spare(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """From when it is called, the desk is another, empty one; what is loaded there is kept."""

    def move() -> dict[str, Any]:
        loaded: dict[str, Any] = {"var": tmp_path / "spare"}
        settings.VAR, settings.MEDIA_ROOT = loaded["var"], loaded["var"] / "files"
        monkeypatch.setattr(database_snapshot, "is_empty", lambda: True)
        monkeypatch.setattr(
            database_snapshot, "load", lambda file: loaded.update(database=file.read_bytes())
        )
        return loaded

    return move


@pytest.fixture
def key(tmp_path: Path) -> tuple[list[Any], list[Any]]:
    """Recipients, identities."""
    recipient = encryption.new_identity(tmp_path / "key")
    return encryption.recipients_of([recipient]), encryption.identities_in(tmp_path / "key")


def backed_up(desk: Path, recipients: list[Any]) -> Path:
    content.keep(WORDS)
    archive = desk.parent / "desk.age"
    write_archive.write(archive, recipients=recipients, at=NOW)
    return archive


def test_all_of_it_is_restored_byte_for_byte(desk: Path, spare: Any, key: Any) -> None:
    archive = backed_up(desk, key[0])
    kept = content.keep(WORDS)
    loaded = spare()

    manifest = restore_archive.restore(archive, identities=key[1])

    assert manifest.made_at == NOW.isoformat()
    assert loaded["database"] == b"a database"
    assert content.is_whole(kept.name, sha256=kept.sha256)
    assert (loaded["var"] / "secret-key").read_text() == "k" * 50
    assert (loaded["var"] / "encryption-keys").read_text() == "e" * 44
    assert not list(loaded["var"].glob("restore-*"))


def test_without_the_key_nothing_is_read(desk: Path, spare: Any, key: Any, tmp_path: Path) -> None:
    archive = backed_up(desk, key[0])
    encryption.new_identity(tmp_path / "other")
    assert WORDS[:30] not in archive.read_bytes()
    loaded = spare()

    with pytest.raises(NotRestored, match="name the file of its key"):
        restore_archive.restore(archive, identities=[])
    with pytest.raises(encryption.KeyProblem, match="could not be decrypted"):
        restore_archive.restore(archive, identities=encryption.identities_in(tmp_path / "other"))

    assert "database" not in loaded
    assert not (loaded["var"] / "files").exists()


def test_archive_and_key_are_their_owners_alone(desk: Path, key: Any, tmp_path: Path) -> None:
    archive = backed_up(desk, key[0])

    assert archive.stat().st_mode & 0o077 == 0
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("is_encrypted", [True, False])
def test_what_is_cut_short_is_not_restored(
    desk: Path, spare: Any, key: Any, is_encrypted: bool
) -> None:
    archive = backed_up(desk, key[0] if is_encrypted else [])
    whole = archive.read_bytes()
    loaded = spare()

    last = len(whole) - 1 if is_encrypted else whole.rindex(b'"version"')
    for size in (last // 3, last * 2 // 3, last):
        archive.write_bytes(whole[:size])
        with pytest.raises((NotRestored, encryption.KeyProblem)):
            restore_archive.restore(archive, identities=key[1])

    assert "database" not in loaded
    assert not (loaded["var"] / "files").exists()


def test_a_changed_byte_is_found(desk: Path, spare: Any) -> None:
    archive = backed_up(desk, [])
    whole = bytearray(archive.read_bytes())
    whole[whole.index(WORDS[:30])] ^= 1
    archive.write_bytes(whole)
    loaded = spare()

    with pytest.raises(NotRestored, match="not what was written"):
        restore_archive.restore(archive, identities=[])

    assert "database" not in loaded


@pytest.mark.parametrize("name", ["files/../../evil", "/etc/evil", "evil", "files/../secret-key"])
def test_no_member_gets_out_of_the_desk(desk: Path, spare: Any, tmp_path: Path, name: str) -> None:
    archive = tmp_path / "evil.tar"
    with tarfile.open(archive, "w") as tar:
        entry = tarfile.TarInfo(name)
        entry.size = 4
        tar.addfile(entry, io.BytesIO(b"evil"))
    spare()

    with pytest.raises(NotRestored, match="has no place in a desk"):
        restore_archive.restore(archive, identities=[])

    assert not (tmp_path / "evil").exists()


def test_nothing_is_overwritten(desk: Path, key: Any, tmp_path: Path) -> None:
    archive = backed_up(desk, key[0])

    with pytest.raises(NotRestored, match="holds files already"):
        restore_archive.restore(archive, identities=key[1])
    with pytest.raises(FileExistsError):
        write_archive.write(archive, recipients=key[0], at=NOW)
    shutil.rmtree(desk / "files")
    with pytest.raises(NotRestored, match="The database has tables already"):
        restore_archive.restore(archive, identities=key[1])


def test_a_restore_that_fails_at_the_database_leaves_no_files(
    desk: Path, spare: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = backed_up(desk, [])
    loaded = spare()

    def fails(file: Path) -> None:
        raise database_snapshot.DatabaseProblem("no room")

    monkeypatch.setattr(database_snapshot, "load", fails)

    with pytest.raises(database_snapshot.DatabaseProblem):
        restore_archive.restore(archive, identities=[])

    assert not [path for path in (loaded["var"] / "files").rglob("*") if path.is_file()]


def test_a_backup_that_fails_leaves_nothing(
    desk: Path, key: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(to: Path) -> None:
        raise database_snapshot.DatabaseProblem("the database is away")

    monkeypatch.setattr(database_snapshot, "snapshot", fails)

    with pytest.raises(database_snapshot.DatabaseProblem):
        backed_up(desk, key[0])

    assert not [path for path in desk.parent.iterdir() if "desk.age" in path.name]
    assert not list(desk.glob("backup-*"))


def test_what_is_being_written_stays_out(desk: Path) -> None:
    (desk / "files" / content.BEING_WRITTEN).mkdir()
    (desk / "files" / content.BEING_WRITTEN / "half").write_bytes(b"half")

    archive = backed_up(desk, [])

    with tarfile.open(archive) as tar:
        manifest = tar.extractfile("manifest.json")
        assert manifest is not None
        assert json.load(manifest)["version"] == write_archive.VERSION
        assert not [name for name in tar.getnames() if "half" in name]


def test_sqlite_is_copied_with_what_is_only_in_its_log(tmp_path: Path) -> None:
    database = tmp_path / "desk.sqlite3"
    writer = sqlite3.connect(database, isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("CREATE TABLE t (n)")
    writer.execute("INSERT INTO t VALUES (1)")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO t VALUES (2)")  # and is not committed when the copy is made

    database_snapshot._copy_sqlite(database, tmp_path / "copy")
    writer.execute("COMMIT")

    copied = sqlite3.connect(tmp_path / "copy")
    assert copied.execute("SELECT n FROM t").fetchall() == [(1,)]
    copied.close()
    writer.close()


def test_the_command_wants_to_know_for_whom(desk: Path, settings: Any) -> None:
    settings.BACKUP_RECIPIENTS = []

    with pytest.raises(CommandError, match="Say for whom it is encrypted"):
        call_command("backup", str(desk.parent / "b"))
    with pytest.raises(CommandError, match="a recipient is “age1…”"):
        call_command("backup", str(desk.parent / "b"), recipient=["nobody"])


def test_every_file_that_a_row_names_is_looked_at() -> None:
    request = draft()
    csv = SimpleUploadedFile("rows.csv", b"1,2,3", "text/csv")
    [file] = drafting.attach_enclosures(
        request, by=Attribution(request.created_by, NOW), files=[csv]
    )
    assert check_files.missing_or_damaged() == (1, [])

    content.local_path(str(file.file.name)).write_bytes(b"other")

    assert check_files.missing_or_damaged() == (1, [file.file.name])
