"""A person's own keys for other programs: a calendar's address, an API token. Both can be ended."""

from django.db import transaction
from rest_framework.authtoken.models import Token

from requests_app.ledger.attribution import Attribution
from requests_app.models import CalendarFeed, User


@transaction.atomic
def open_feed(
    *,
    by: Attribution,
) -> CalendarFeed:
    """A new address for the person's calendar; one made before no longer works."""
    CalendarFeed.objects.filter(user=by.user).delete()
    return CalendarFeed.objects.create(user=by.user, created_at=by.at)


@transaction.atomic
def close_feed(*, by: User) -> None:
    CalendarFeed.objects.filter(user=by).delete()


@transaction.atomic
def issue_token(*, by: User) -> str:
    """A new API token; one made before no longer works."""
    Token.objects.filter(user=by).delete()
    return str(Token.objects.create(user=by).key)


@transaction.atomic
def revoke_token(*, by: User) -> None:
    Token.objects.filter(user=by).delete()
