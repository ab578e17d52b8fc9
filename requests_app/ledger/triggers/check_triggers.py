"""`manage.py check --database default` says which trigger is missing."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from requests_app.ledger.triggers.guards import missing


@checks.register(checks.Tags.database)
def check_protection(
    *, databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """A warning and no error: `migrate`, which puts it back, runs this check first.

    Nothing while migrations are still to be applied: the triggers are put up after the last one.
    """
    return [
        checks.Warning(
            sentence,
            hint="Until it stands, what was written can be changed. Run: manage.py migrate",
            id="requests_app.W002",
        )
        for using in databases or ()
        if not _is_to_be_migrated(using)
        for sentence in missing(using)
    ]


def _is_to_be_migrated(using: str) -> bool:
    executor = MigrationExecutor(connections[using])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
