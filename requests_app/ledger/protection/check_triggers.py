"""`manage.py check --database default` says which trigger is missing."""

from collections.abc import Sequence
from typing import Any

from django.core import checks

from requests_app.ledger.protection.guards import missing


@checks.register(checks.Tags.database)
def check_protection(
    *, databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """A warning and no error: `migrate`, which puts it back, runs this check first."""
    return [
        checks.Warning(
            sentence,
            hint="Until it stands, what was written can be changed. Run: manage.py migrate",
            id="requests_app.W002",
        )
        for using in databases or ()
        for sentence in missing(using)
    ]
