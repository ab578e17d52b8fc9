"""A database with every migration applied: made once for a run of pytest, then copied.

Applying them takes eight seconds of processor time; a whole run needs some twenty such databases.
The processes of a run (pytest's own workers, the desks they start) share one folder for it.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bootstrap.paths import ROOT

FOLDER = "TESTS_SHARED_FOLDER"  # named in the environment, so that workers inherit it


def open_folder() -> bool:
    """Make the folder of this run; False where a process above this one has made it."""
    if FOLDER in os.environ:
        return False
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="records-desk-shared-")
    return True


def close_folder() -> None:
    """Remove what was made, at the end of the run, from a server of the person's too."""
    folder = Path(os.environ.pop(FOLDER))
    if (folder / "on-postgresql").exists():
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{_name(folder)}"')
    shutil.rmtree(folder)


def sqlite_file() -> Path:
    """The migrated SQLite database. Copy it; never open it to write."""
    folder = Path(os.environ[FOLDER])
    path = folder / "migrated.sqlite3"
    with _one_at_a_time(folder):
        if not path.exists():
            fresh = folder / "fresh.sqlite3"
            migrate(f"sqlite:///{fresh}", var=folder / "var")
            with sqlite3.connect(fresh) as database:
                # One file without a log beside it, so that copying the file is copying all.
                database.execute("PRAGMA journal_mode=DELETE")
            database.close()
            fresh.rename(path)
    return path


def copy_sqlite_to(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(sqlite_file(), path)


def fill_memory(name: str) -> sqlite3.Connection:
    """A copy in memory under that name, which lasts as long as this connection is open."""
    keeper = sqlite3.connect(name, uri=True, check_same_thread=False)
    source = sqlite3.connect(sqlite_file())
    source.backup(keeper)
    source.close()
    return keeper


def postgresql_template(url: str) -> str:
    """The name of the migrated database on that server, for CREATE DATABASE … TEMPLATE."""
    folder = Path(os.environ[FOLDER])
    name, made = _name(folder), folder / "on-postgresql"
    with _one_at_a_time(folder):
        if not made.exists():
            with psycopg.connect(url, autocommit=True) as server:
                server.execute(f'CREATE DATABASE "{name}"')
            made.touch()
            migrate(urlunsplit(urlsplit(url)._replace(path=f"/{name}")), var=folder / "var")
    return name


def _name(folder: Path) -> str:
    return folder.name.replace("-", "_").lower()


def migrate(url: str, *, var: Path) -> None:
    """Every migration, on a database that is not copied from."""
    env = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(var)}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=env, check=True)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
