"""A person's own keys for other programs: a calendar's address, API tokens. All can be ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.models import ApiToken, CalendarFeed, Scope, User
from requests_app.models.newsroom import calendar_feed
from requests_app.models.newsroom.api_token import SHOWN, digest_of, new_key

MOST_DAYS = 365
MOST_TOKENS = 20
USE_IS_NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def open_feed(*, by: Attribution) -> str:
    """The token of a new address for the person's calendar, which nobody can read again. One made
    before no longer works."""
    CalendarFeed.objects.filter(user=by.user).delete()
    token = calendar_feed.new_token()
    CalendarFeed.objects.create(
        user=by.user,
        digest=calendar_feed.digest_of(token),
        created_at=by.at,
        expires_at=by.at + calendar_feed.WORKS_FOR,
    )
    return token


@transaction.atomic
def close_feed(*, by: User) -> None:
    CalendarFeed.objects.filter(user=by).delete()


def feed_of_token(token: str, *, at: datetime) -> CalendarFeed | None:
    """The working feed with its person and their place; None where there is none."""
    working = CalendarFeed.objects.working(at=at).select_related("user__membership__newsroom")
    found: CalendarFeed | None = working.filter(digest=calendar_feed.digest_of(token)).first()
    return found


@dataclass(frozen=True, slots=True)
class TokenWanted:
    """What a token is for, what it may do beside reading, and for how many days it works."""

    name: str
    scopes: Collection[str] = ()
    days: int = 90


@transaction.atomic
def issue_token(wanted: TokenWanted, *, by: Attribution) -> str:
    """A new API token, which nobody can read again."""
    if not 1 <= wanted.days <= MOST_DAYS:
        raise Refused(f"A token works for 1 to {MOST_DAYS} days: choose a number between.")
    if not wanted.name.strip():
        raise Refused("Say what the token is for, so that you know it again.")
    User.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=by.user.pk
    )  # two at once are counted one by one
    if working_tokens(by.user, at=by.at).count() >= MOST_TOKENS:
        raise Refused(f"You have {MOST_TOKENS} tokens that work: end one that you no longer use.")
    key = new_key()
    ApiToken.objects.create(
        user=by.user,
        newsroom=by.user.membership.newsroom,
        name=wanted.name.strip(),
        digest=digest_of(key),
        begins_with=key[:SHOWN],
        scopes=[scope for scope in Scope.values if scope in {Scope.READ, *wanted.scopes}],
        made_at=by.at,
        expires_at=by.at + timedelta(days=wanted.days),
    )
    return key


@transaction.atomic
def revoke_token(token_id: int, *, by: Attribution) -> None:
    """It no longer works, from the next call on."""
    if not working_tokens(by.user, at=by.at).filter(pk=token_id).update(ended_at=by.at):
        raise Refused("This token has ended already. Nothing was changed.")


def working_tokens(user: User, *, at: datetime) -> QuerySet[ApiToken]:
    return ApiToken.objects.working(at=at).filter(user=user)


def token_of_key(key: str, *, at: datetime) -> ApiToken | None:
    """The working token with its person and their place; None where there is none."""
    found = ApiToken.objects.working(at=at).select_related("user__membership__newsroom")
    token: ApiToken | None = found.filter(digest=digest_of(key)).first()
    return token


def note_use(key: ApiToken | CalendarFeed, *, at: datetime) -> None:
    """When it was used last, to the minute: not every call need write."""
    before = at - USE_IS_NOTED_EVERY
    if key.last_used_at is None or key.last_used_at < before:
        unnoted = Q(last_used_at=None) | Q(last_used_at__lt=before)
        type(key).objects.filter(unnoted, pk=key.pk).update(last_used_at=at)


def still_works(token: ApiToken, *, at: datetime) -> bool:
    """Asked again in the transaction of what it does: whoever ends it meanwhile waits, or wins."""
    rows = ApiToken.objects.working(at=at).select_for_update(no_key=True, of=("self",))
    return bool(rows.filter(pk=token.pk).values_list("pk", flat=True))
