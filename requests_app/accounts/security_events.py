"""What happened to somebody's own access, reported in one place."""

from typing import Any

from requests_app.ledger.security.security_log import record
from requests_app.models import User
from requests_app.vocabulary.security_kinds import SecurityKind

__all__ = ["SecurityKind", "report"]


def report(kind: SecurityKind, user: User | None, **facts: Any) -> None:
    """`user` is whose access it is, None where nobody has the address that was given. Of a failure
    nobody knows whose it was, only about whose account.
    """
    record(kind, by=None if kind.described.is_counted else user, about=user, **facts)
