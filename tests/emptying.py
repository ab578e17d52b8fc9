"""Emptying the test database between transactional tests, past the triggers that forbid it.

`flush` deletes (SQLite) or truncates (PostgreSQL) every table, and the database refuses to do
either to what is protected. The triggers step aside inside flush's own transaction, for tests
alone, and are back when it ends.
"""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

from requests_app.models.guards.protected_tables import PROTECTED_TABLES

GUARDED = tuple(f"requests_app_{table.model.lower()}" for table in PROTECTED_TABLES)


def around_flush(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> list[str]:
    """The same statements with the triggers off before and on after."""
    if connection.vendor == "postgresql":
        off = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in GUARDED]
        on = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in GUARDED]
        return [*off, *statements, *on]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    return [
        *(f"DROP TRIGGER {name}" for name, _ in triggers),
        *statements,
        *(t for _, t in triggers),
    ]


def let_flush_empty_everything(connection: BaseDatabaseWrapper) -> None:
    """For the rest of the session. The statements that flush makes up are what is wrapped."""
    execute = connection.ops.execute_sql_flush

    def execute_past_triggers(sql_list: Iterable[str]) -> None:
        execute(around_flush(connection, sql_list))

    connection.ops.execute_sql_flush = execute_past_triggers  # type: ignore[method-assign]
