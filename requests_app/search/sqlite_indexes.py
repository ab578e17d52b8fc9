"""SQLite's FTS5: a table for each index, without the texts, kept in step by triggers.

SQLite rebuilds a table to change its columns, and drops its triggers without a word. An index whose
triggers were gone, or are others now, is made again from its table.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from requests_app.search.indexes import INDEXES, SearchIndex

TOKENIZER = "porter unicode61"  # English endings are taken off


def install(connection: BaseDatabaseWrapper, indexes: list[SearchIndex]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'table')")
        stand = dict(cursor.fetchall())
        for index in indexes:
            table, triggers = _table(index), _triggers(index)
            if stand.items() >= {index.name: table, **triggers}.items():
                continue
            for name in triggers:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"DROP TABLE IF EXISTS {index.name}")
            for statement in (table, _filling(index), *triggers.values()):
                cursor.execute(statement)


def forget_what_is_gone(connection: BaseDatabaseWrapper) -> None:
    """Until its parts are merged FTS5 keeps the words that were taken out, marked as gone."""
    with connection.cursor() as cursor:
        for index in INDEXES:
            cursor.execute(f"INSERT INTO {index.name} ({index.name}) VALUES ('optimize')")  # noqa: S608


def _table(index: SearchIndex) -> str:
    columns = ", ".join(index.columns)
    return (
        f"CREATE VIRTUAL TABLE {index.name} USING "
        f"fts5({columns}, content = '', tokenize = '{TOKENIZER}')"
    )


def _filling(index: SearchIndex) -> str:
    columns, values = ", ".join(index.columns), ", ".join(_values(index, "one"))
    where = f" WHERE {index.where}" if index.where else ""
    return (
        f"INSERT INTO {index.name} (rowid, {columns}) "  # noqa: S608
        f"SELECT id, {values} FROM {index.table} AS one{where}"
    )


def _triggers(index: SearchIndex) -> dict[str, str]:
    """The statement that creates each, by its name."""
    columns = ", ".join(index.columns)
    old, new = (", ".join(_values(index, row)) for row in ("OLD", "NEW"))
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in index.columns)
    put_in = f"INSERT INTO {index.name} (rowid, {columns}) VALUES (NEW.id, {new});"  # noqa: S608
    take_out = (
        f"INSERT INTO {index.name} ({index.name}, rowid, {columns}) "  # noqa: S608
        f"VALUES ('delete', OLD.id, {old});"
    )
    of_new, of_old = (f"{row}.{index.where}" if index.where else "" for row in ("NEW", "OLD"))
    is_changed = " AND ".join(filter(None, (of_old, f"({changed})")))
    parts = (
        ("added", "INSERT", of_new, put_in),
        ("changed", "UPDATE", is_changed, f"{take_out} {put_in}"),
        ("removed", "DELETE", of_old, take_out),
    )
    return {
        f"{index.name}_{name}": (
            f"CREATE TRIGGER {index.name}_{name} AFTER {act} ON {index.table}"
            f"{f' WHEN {when}' if when else ''} BEGIN {body} END"
        )
        for name, act, when, body in parts
    }


def _values(index: SearchIndex, row: str) -> list[str]:
    columns = [f"{row}.{column}" for column in index.columns]
    return [f"json_extract({one}, '$.{index.key}')" for one in columns] if index.key else columns
