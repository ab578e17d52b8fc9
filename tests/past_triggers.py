"""Rows as no program of ours makes them: damaged, or with names that no way in lets through."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import QuerySet


def rewrite(rows: QuerySet[Any], **fields: Any) -> None:
    """Change what the database's triggers keep as it is. They stand again afterwards."""
    with _triggers_off():
        assert rows.update(**fields)


@contextmanager
def _triggers_off() -> Iterator[None]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, statement in triggers:
            cursor.execute(statement)
