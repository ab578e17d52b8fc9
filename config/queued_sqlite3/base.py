"""Django's SQLite, whose writers stand in line: ADR 53."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.backends.sqlite3 import base

SUFFIX = "-line"  # after the database's own name: an empty file, which is locked


class DatabaseWrapper(base.DatabaseWrapper):
    """Whoever begins a transaction is let in in turn: the kernel wakes them in the order in which
    they came. Only the first in line asks SQLite for its lock; a process that dies leaves the line.
    """

    def _start_transaction_under_autocommit(self) -> None:
        with self._first_in_line():
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs

    @contextmanager
    def _first_in_line(self) -> Iterator[None]:
        if self.is_in_memory_db():
            yield
            return
        database = Path(str(self.settings_dict["NAME"]))
        with database.with_name(database.name + SUFFIX).open("a") as line:
            fcntl.flock(line, fcntl.LOCK_EX)
            yield
