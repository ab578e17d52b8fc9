"""Other programs that call, in somebody's name."""

from typing import Any

from django.test import Client

from requests_app.actions.newsroom import access
from requests_app.actions.newsroom.access import TokenWanted
from requests_app.ledger.attribution import Attribution
from requests_app.models import Scope, User
from tests.factories import NOW


def token_of(user: User, *scopes: str, days: int = 90) -> str:
    return access.issue_token(TokenWanted("a test", scopes, days), by=Attribution(user, NOW))


def with_token(user: User, *scopes: str, **headers: str) -> Client:
    """A program with a token of that person; with every scope where none is named."""
    key = token_of(user, *(scopes or Scope.values))
    return Client(headers={"Authorization": f"Bearer {key}", **headers})


def errors_in(answer: Any) -> dict[str, str]:
    """What is wrong, by field or parameter."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    found = answer.json().get("errors", [])
    return {one.get("pointer") or one["parameter"]: one["detail"] for one in found}
