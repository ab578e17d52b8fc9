"""All that lets somebody in, ended at once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from requests_app.accounts import sessions
from requests_app.models import ApiToken, CalendarFeed, User


def end_access_of(user: User, *, but_session: str | None = None) -> None:
    """Their sessions, the one with that key aside, their API tokens and their calendar's address:
    the password changed, or they work here no longer."""
    sessions.end_all(user, but=but_session)
    end_keys_of(user, at=timezone.now())


@transaction.atomic
def end_keys_of(user: User, *, at: datetime) -> None:
    """All that lets another program in for this person."""
    ApiToken.objects.filter(user=user, ended_at=None).update(ended_at=at)
    CalendarFeed.objects.filter(user=user).delete()
