"""The indexes are made after every migrate, as the triggers that guard the ledger are."""

from typing import Any

from django.db import connection, connections, transaction

from requests_app.search import postgresql_indexes, sqlite_indexes
from requests_app.search.indexes import INDEXES


def forget_what_is_gone() -> None:
    """After an erasing: no word of it stays in an index. PostgreSQL's own vacuum does it there."""
    if connection.vendor == "sqlite":
        sqlite_indexes.forget_what_is_gone(connection)


def install(*, using: str, **_: Any) -> None:
    """What is missing, or was made otherwise. A database may be migrated part of the way."""
    asked = connections[using]
    there = set(asked.introspection.table_names())
    database = postgresql_indexes if asked.vendor == "postgresql" else sqlite_indexes
    with transaction.atomic(using=using):
        database.install(asked, [index for index in INDEXES if index.table in there])
