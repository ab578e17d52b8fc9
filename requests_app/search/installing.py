"""The indexes are made after every migrate, as the triggers that guard the ledger are."""

from typing import Any

from django.db import connections, transaction

from requests_app.search import postgresql_indexes, sqlite_indexes
from requests_app.search.indexes import INDEXES


def install(*, using: str, **_: Any) -> None:
    """What is missing, or was made otherwise. A database may be migrated part of the way."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    database = postgresql_indexes if connection.vendor == "postgresql" else sqlite_indexes
    with transaction.atomic(using=using):
        database.install(connection, [index for index in INDEXES if index.table in there])
