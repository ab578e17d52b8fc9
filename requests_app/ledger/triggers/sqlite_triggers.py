"""The triggers of one table on SQLite.

`INSERT OR REPLACE` and `UPDATE OR REPLACE` remove the row in their way without firing its DELETE
trigger, so every row that would be in the way is looked for before.
"""

from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.sql import Query

from requests_app.ledger.triggers.table import Table, Unique

Triggers = dict[str, str]  # the statement that creates it, by its name


def triggers_of(table: Table, connection: BaseDatabaseWrapper) -> Triggers:
    """The triggers that should stand on it."""
    in_the_way = [_row_with(table, unique, connection) for unique in table.uniques]
    wanted = [
        ("no_delete", "DELETE", "", table.refusal_to_delete),
        ("no_update", "UPDATE", "" if table.is_frozen else _changes(table), table.refusal),
        ("no_replace", "INSERT", " OR ".join(in_the_way), table.refusal_to_replace),
        *(
            (f"known_{column}", "INSERT", _unknown(column, values), table.refusal_of_value(column))
            for column, values in table.known.items()
        ),
    ]
    if not table.is_frozen and table.uniques_that_may_change:
        others = [
            _row_with(table, unique, connection, beside=" AND id IS NOT NEW.id")
            for unique in table.uniques_that_may_change
        ]
        wanted.append(
            ("no_replace_by_update", "UPDATE", " OR ".join(others), table.refusal_to_replace)
        )
    return {
        f"{table.name}_{name}": _statement(f"{table.name}_{name}", act, table.name, when, refusal)
        for name, act, when, refusal in wanted
    }


def standing(connection: BaseDatabaseWrapper) -> Triggers:
    """The triggers that do stand, as SQLite keeps their text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def put_up(triggers: Triggers, connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for name, statement in triggers.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(statement)


def _statement(name: str, act: str, table: str, when: str, refusal: str) -> str:
    condition = f" WHEN {when}" if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {act} ON {table}{condition} "
        f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    )


def _changes(table: Table) -> str:
    return " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in table.fixed)


def _unknown(column: str, values: Iterable[str]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f'NEW."{column}" NOT IN ({listed})'


def _row_with(
    table: Table, unique: Unique, connection: BaseDatabaseWrapper, beside: str = ""
) -> str:
    """That a row has the new one's values, where the condition holds for both."""
    same = " AND ".join(f'"{column}" = NEW."{column}"' for column in unique.columns)
    if unique.condition is None:
        return _exists(table, f"{same}{beside}")
    holds = _condition(table, unique.condition, connection)
    for_new = holds
    for column in table.columns:
        for_new = for_new.replace(f'"{column}"', f'NEW."{column}"')
    return f"({for_new} AND {_exists(table, f'{same} AND {holds}{beside}')})"


def _exists(table: Table, where: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table.name} WHERE {where})"  # noqa: S608  the model's names


def _condition(table: Table, condition: Q, connection: BaseDatabaseWrapper) -> str:
    """The constraint's own condition in SQL, its values written out."""
    query = Query(table.model, alias_cols=False)
    where: Any = query.build_where(condition)
    compiler = query.get_compiler(connection=connection)
    sql, parameters = where.as_sql(compiler, connection)
    editor: Any = connection.SchemaEditorClass
    quoted = tuple(editor(connection, collect_sql=True).quote_value(value) for value in parameters)
    return str(sql % quoted)
