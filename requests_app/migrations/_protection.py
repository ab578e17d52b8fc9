"""Tables that the database itself lets nobody change or empty, whoever asks.

SQLite rebuilds a table to change its columns or constraints, and drops its triggers with it: a
migration that does so ends with `stands("that_table", …)`, which may be run any number of times.
"""

from collections.abc import Callable
from typing import Any

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION records_desk_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'records desk: % is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$
"""


def stands(*tables: str) -> migrations.RunPython:
    """The operation after which rows of these tables can be added and nothing else."""
    return migrations.RunPython(_each(_protect, tables), _each(_release, tables))


def _each(act: Callable[[Any, str], None], tables: tuple[str, ...]) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            # No parameters at all: the % is PL/pgSQL's own.
            schema_editor.execute(FUNCTION, params=None)
        for table in tables:
            act(schema_editor, table)

    return run


def _protect(schema_editor: Any, table: str) -> None:
    _release(schema_editor, table)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION records_desk_refuse()"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION records_desk_refuse()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN "
            f"SELECT RAISE(ABORT, 'records desk: {table} is append-only'); END"
        )


def _release(schema_editor: Any, table: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in ("stays", "is_not_emptied"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
        return
    for act in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
