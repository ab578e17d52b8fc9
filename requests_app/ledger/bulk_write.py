"""Rows to the database, a batch at a time.

What changed in a closure is a hundred thousand times the same update. PostgreSQL takes a batch of
them as one JSON parameter: as bulk values each field is a parameter of its own, which costs more
than counting the days did.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import JSONField, Model, Value

from requests_app.ledger.deadline_rows import KEY, WRITTEN
from requests_app.models import Deadline, Event


def write(changed: Sequence[Deadline], gone: Sequence[int], moves: Sequence[Event]) -> None:
    """Save what was derived anew, drop what no longer follows, add the moves to the ledgers."""
    if gone:
        Deadline.objects.filter(pk__in=gone).delete()
    known = [row for row in changed if row.pk]
    if connection.vendor == "postgresql" and len(known) > 1:
        _update(known)
        changed = [row for row in changed if not row.pk]
    if changed:
        _upsert(changed)
    if moves:
        Event.objects.bulk_create(moves)


def _upsert(rows: Sequence[Deadline]) -> None:
    for row in rows:
        # As an expression: in PostgreSQL's arrays, where Django would put plain values, every quote
        # of the JSON is escaped by a regular expression, and that takes longer than the counting.
        row.explanation = Value(row.explanation, JSONField())
    Deadline.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=KEY, update_fields=WRITTEN
    )


def _update(rows: Sequence[Deadline]) -> None:
    names = ("id", *WRITTEN)
    changes = ", ".join(f"{name} = fresh.{name}" for name in WRITTEN)
    statement = f"UPDATE {Deadline._meta.db_table} AS row SET {changes} "  # noqa: S608
    fresh = [{name: getattr(row, name) for name in names} for row in rows]
    _with_fresh(Deadline, names, fresh, statement, "WHERE row.id = fresh.id")


def insert(model: type[Model], names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """New rows of a table that nothing refers to, by its columns."""
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(model(**row) for row in rows)
    elif fresh := list(rows):
        columns = ", ".join(names)
        statement = f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {columns}"
        _with_fresh(model, names, fresh, statement)


def _with_fresh(
    model: type[Model],
    names: Sequence[str],
    fresh: Sequence[Mapping[str, Any]],
    before: str,
    after: str = "",
) -> None:
    """A statement that reads the fresh rows: the names are the model's own columns', what they
    hold goes in as one parameter."""
    fields = {field.column: field for field in model._meta.concrete_fields}
    types = ", ".join(f"{name} {fields[name].rel_db_type(connection)}" for name in names)
    statement = f"{before} FROM json_to_recordset(%s::json) AS fresh({types}) {after}"
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(fresh, cls=DjangoJSONEncoder)])
