"""Put the triggers up, and say which of them do not stand."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps as current_apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from requests_app.ledger.triggers import postgresql_triggers, sqlite_triggers
from requests_app.ledger.triggers.table import Table, table_of
from requests_app.models.guards.protected_tables import PROTECTED_TABLES

APP = "requests_app"


def install(*, using: str, apps: Any = current_apps, **_: Any) -> None:
    """After every migrate: put up what is missing or says something else. The rest is not touched.

    `apps` are the models as of the last migration that was applied.
    """
    connection = connections[using]
    database = _of(connection)
    with transaction.atomic(using=using):
        for table in _tables(connection, apps):
            wanted: Any = database.triggers_of(table, connection)
            absent = _absent(wanted, database.standing(connection))
            database.put_up({name: wanted[name] for name in absent}, connection)


def take_down(*, using: str, plan: Any = (), **_: Any) -> None:
    """Before a migration: SQLite refuses to make a table anew that another's trigger reads."""
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        with transaction.atomic(using=using):
            sqlite_triggers.take_down_readers(connection)


def missing(using: str) -> list[str]:
    """Each trigger that should stand and does not, or is another: a sentence for each."""
    connection = connections[using]
    database = _of(connection)
    stand = database.standing(connection)
    return [
        f"The trigger {name} on {table.name} is {'changed' if name in stand else 'missing'}."
        for table in _tables(connection, current_apps)
        for name in _absent(database.triggers_of(table, connection), stand)
    ]


def _of(connection: BaseDatabaseWrapper) -> Any:
    return postgresql_triggers if connection.vendor == "postgresql" else sqlite_triggers


def _tables(connection: BaseDatabaseWrapper, apps: Any) -> Iterator[Table]:
    """Those of them that there are: a database may be new, or migrated a part of the way."""
    there = set(connection.introspection.table_names())
    for declared in PROTECTED_TABLES:
        try:
            table = table_of(declared, apps.get_model(APP, declared.model), there)
        except LookupError:
            continue
        if table.name in there:
            yield table


def _absent(wanted: dict[str, Any], stand: dict[str, Any]) -> list[str]:
    return [name for name, trigger in wanted.items() if stand.get(name) != trigger]
