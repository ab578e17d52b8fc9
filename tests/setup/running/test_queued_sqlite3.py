"""Those who write on SQLite are let in in the order in which they came."""

import fcntl
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from config.embedded import sqlite_options
from config.queued_sqlite3.base import SUFFIX
from tests.desk import until

LOCKS = Path("/proc/locks")
WRITERS = ["first", "second", "third", "fourth"]


@pytest.fixture
def desks(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[ConnectionHandler]:
    """A database in a file, with a connection a thread."""
    one = {
        "ENGINE": "config.queued_sqlite3",
        "NAME": tmp_path / "desk.sqlite3",
        "OPTIONS": sqlite_options(),
    }
    with django_db_blocker.unblock():
        yield ConnectionHandler({"default": one})


@pytest.mark.skipif(not LOCKS.exists(), reason="only Linux tells who waits for a lock")
def test_writers_are_let_in_in_the_order_in_which_they_came(
    desks: ConnectionHandler, tmp_path: Path
) -> None:
    written: list[str] = []

    def write(name: str) -> None:
        connection = desks["default"]
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        written.append(name)
        connection.commit()
        connection.set_autocommit(True)
        connection.close()

    threads = [Thread(target=write, args=(name,)) for name in WRITERS]
    with (tmp_path / f"desk.sqlite3{SUFFIX}").open("a") as line:
        fcntl.flock(line, fcntl.LOCK_EX)
        for place, thread in enumerate(threads, start=1):
            thread.start()
            until(lambda place=place: _waiting_for(line.name) == place)  # type: ignore[misc]
        assert written == []
    for thread in threads:
        thread.join()

    assert written == WRITERS


def _waiting_for(file: str) -> int:
    inode = f":{Path(file).stat().st_ino} "
    return sum("->" in line and inode in line for line in LOCKS.read_text().splitlines())


def test_whoever_waits_in_line_lets_others_read(desks: ConnectionHandler, tmp_path: Path) -> None:
    with (tmp_path / f"desk.sqlite3{SUFFIX}").open("a") as line:
        fcntl.flock(line, fcntl.LOCK_EX)
        with desks["default"].cursor() as cursor:
            assert cursor.execute("SELECT 1").fetchone() == (1,)
    desks["default"].close()


def test_a_database_in_memory_has_no_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> None:
    monkeypatch.chdir(tmp_path)
    one = {"ENGINE": "config.queued_sqlite3", "NAME": ":memory:", "OPTIONS": sqlite_options()}
    desks = ConnectionHandler({"default": one})

    with django_db_blocker.unblock():
        connection = desks["default"]
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        connection.rollback()
        connection.close()

    assert list(tmp_path.iterdir()) == []
