"""All that lets somebody in, ended at once."""

from django.utils import timezone

from requests_app.accounts import sessions
from requests_app.actions.newsroom import access
from requests_app.models import User


def end_access_of(user: User, *, but_session: str | None = None) -> None:
    """Their sessions, the one with that key aside, their API tokens and their calendar's address:
    the password changed, or they work here no longer."""
    sessions.end_all(user, but=but_session)
    access.end_all_of(user, at=timezone.now())
