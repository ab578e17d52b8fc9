"""The database as it stood at one moment, while others write; and put back into an empty one."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection

SQLITE, POSTGRESQL = "database.sqlite3", "database.dump"


class DatabaseProblem(Exception):
    """It could not be read or loaded; says what to do."""


def member_name() -> str:
    """What the snapshot of this desk's database is called in an archive."""
    return SQLITE if connection.vendor == "sqlite" else POSTGRESQL


def snapshot(to: Path) -> None:
    """Into a new file. SQLite copies it in one step, within one read transaction, by its own backup
    interface; `pg_dump` reads all tables in one snapshot."""
    if connection.vendor == "sqlite":
        _copy_sqlite(Path(str(connection.settings_dict["NAME"])), to)
    else:
        _pg("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")


def _copy_sqlite(database: Path, to: Path) -> None:
    source = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=60)
    target = sqlite3.connect(to)
    try:
        source.backup(target, pages=-1)
    finally:
        target.close()
        source.close()


def is_empty() -> bool:
    """Whether this desk's database holds no table yet."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def load(snapshot_file: Path) -> None:
    """Into this desk's database, which is empty. All of it or, on PostgreSQL, nothing."""
    if connection.vendor == "sqlite":
        connection.close()
        database = Path(str(connection.settings_dict["NAME"]))
        for left in ("", "-wal", "-shm"):
            database.with_name(database.name + left).unlink(missing_ok=True)
        shutil.move(snapshot_file, database)
        database.chmod(0o600)
    else:
        connection.close()
        options = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        _pg("pg_restore", *options, str(snapshot_file), database_by="--dbname")


def _pg(program: str, *options: str, database_by: str = "--dbname") -> None:
    """The password by the environment, so that no list of processes shows it."""
    found = shutil.which(program)
    if found is None:
        raise DatabaseProblem(
            f"There is no {program} here: install PostgreSQL's client programs, of the server's "
            "version or a newer one."
        )
    given = connection.get_connection_params()
    env = dict(os.environ)
    for name, variable in [
        ("host", "PGHOST"), ("port", "PGPORT"), ("user", "PGUSER"), ("password", "PGPASSWORD"),
        ("sslmode", "PGSSLMODE"), ("sslrootcert", "PGSSLROOTCERT"),
    ]:  # fmt: skip
        if given.get(name):
            env[variable] = str(given[name])
    database = str(given.get("dbname") or connection.settings_dict["NAME"])
    done = subprocess.run(
        [found, f"{database_by}={database}", *options],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DatabaseProblem(f"{program} failed: {done.stderr.strip()[-1000:]}")
