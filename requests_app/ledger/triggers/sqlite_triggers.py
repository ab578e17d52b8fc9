"""The triggers of one table on SQLite.

`INSERT OR REPLACE` and `UPDATE OR REPLACE` remove the row in their way without firing its DELETE
trigger, so every row that would be in the way is looked for before.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.sql import Query

from requests_app.ledger.triggers.table import Erasable, Table, Unique
from requests_app.models.guards.stated_cuts import A_YEAR_AGO

NAME = re.compile(r"\w+")
Triggers = dict[str, str]  # the statement that creates it, by its name

# A day later than stated: the desk's clock and this one may differ.
A_YEAR_AGO_HERE = "strftime('%Y-%m-%d %H:%M:%f', 'now', '-364 days')"


def triggers_of(table: Table, connection: BaseDatabaseWrapper) -> Triggers:
    """The triggers that should stand on it."""
    in_the_way = [_row_with(table, unique, connection) for unique in table.uniques]
    behind = f"NOT ({table.may_go})" if table.may_go else ""
    wanted = [
        ("no_delete", "DELETE", behind, table.refusal_to_delete),
        ("no_update", "UPDATE", _forbidden_changes(table), table.refusal),
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
    if table.is_true:
        untrue = " AND ".join([*(f"NOT ({one})" for one in in_the_way), f"NOT ({table.is_true})"])
        wanted.append(("no_untrue", "INSERT", untrue, table.refusal_of_untrue))
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


def take_down_readers(connection: BaseDatabaseWrapper) -> None:
    """Every trigger that reads a table other than its own."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, table, sql in cursor.fetchall():
            if tables & set(NAME.findall(sql)) - {table}:
                cursor.execute(f"DROP TRIGGER {name}")


def _statement(name: str, act: str, table: str, when: str, refusal: str) -> str:
    condition = f" WHEN {when}".replace(A_YEAR_AGO, A_YEAR_AGO_HERE) if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {act} ON {table}{condition} "
        f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    )


def _forbidden_changes(table: Table) -> str:
    """Empty where each update is one."""
    if table.is_frozen and not table.erasable:
        return ""
    forbidden = "" if table.is_frozen else f"({_changes(table.fixed)})"
    if table.erasable:
        forbidden = " AND ".join(part for part in (forbidden, f"NOT {_erased(table)}") if part)
    return forbidden


def _changes(columns: Iterable[str]) -> str:
    return " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)


def _erased(table: Table) -> str:
    """That nothing changed but to the notice of an erasing that stands in a chain."""
    became = " AND ".join(_became_the_notice(one) for one in table.erasable)
    return (
        f"(NOT ({_changes(table.never_erased)}) AND EXISTS (SELECT 1 "  # noqa: S608
        "FROM requests_app_erasedcontent e JOIN requests_app_chainentry c "
        'ON c."table" = \'erased\' AND c."row" = e.id '
        f'WHERE e."table" = \'{table.erased_as}\' AND e."row" = OLD.id AND {became}))'
    )


def _became_the_notice(one: Erasable) -> str:
    old, new = f'OLD."{one.column}"', f'NEW."{one.column}"'
    if not one.keys:
        return f"({new} IS {old} OR {new} = e.notice)"
    paths = ", ".join(f"'$.{key}'" for key in one.keys)
    keys = "".join(
        f" AND (json_extract({new}, '$.{key}') IS json_extract({old}, '$.{key}')"
        f" OR (json_type({old}, '$.{key}') = 'text'"
        f" AND json_extract({new}, '$.{key}') = e.notice))"
        for key in one.keys
    )
    return f"(json_remove({new}, {paths}) IS json_remove({old}, {paths}){keys})"


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
