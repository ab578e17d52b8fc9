"""Who works here, in which role, and on which request."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from requests_app.accounts import sessions
from requests_app.accounts.endings import end_access_of
from requests_app.actions.errors import Refused
from requests_app.actions.transitions import lock, record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.ledger.security import security_log
from requests_app.models import Event, EventKind, Membership, Newsroom, RecordsRequest, Role, User
from requests_app.vocabulary.security_kinds import SecurityKind

SETTINGS = {
    "name", "address", "email", "phone", "reviews_before_filing", "recall_minutes",
    "largest_file_mb", "requires_second_factor",
}  # fmt: skip


@transaction.atomic
def found_newsroom(
    *,
    name: str,
    address: str,
    email: str,
    admin_name: str,
    admin_email: str,
    password: str,
    at: datetime,
) -> User:
    """The first newsroom and its admin, who also operates this installation. Only ever once."""
    # No newsroom is there yet to lock: the row that names its table is.
    ContentType.objects.select_for_update(no_key=True).get(
        app_label="requests_app", model="newsroom"
    )
    if Newsroom.objects.exists():
        raise Refused(
            "This desk has its newsroom already: sign in, or ask its admin for an account."
        )
    user = User(email=admin_email.strip().lower(), name=admin_name.strip())
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    newsroom = Newsroom.objects.create(
        name=name.strip(),
        address=address,
        email=email,
        created_at=at,
        recall_minutes=settings.RECALL_MINUTES,
    )
    user = User.objects.create_superuser(user.email, password, name=user.name)
    Membership.objects.create(newsroom=newsroom, user=user, role=Role.ADMIN)
    security_log.record(SecurityKind.NEWSROOM_FOUNDED, by=user, newsroom=newsroom)
    return user


@transaction.atomic
def add_member(
    newsroom: Newsroom,
    *,
    email: str,
    name: str,
    role: str,
    by: Attribution,
) -> Membership:
    """An account without a password: its owner sets one by the link that is mailed to them."""
    address = email.strip().lower()
    if User.objects.filter(email__iexact=address).exists():
        raise Refused(f"{address} has an account already.")
    try:
        with transaction.atomic():
            user = User.objects.create_user(address, None, name=name.strip())
    except IntegrityError as error:  # somebody invited them at the same moment
        raise Refused(f"{address} has an account already.") from error
    return Membership.objects.create(newsroom=newsroom, user=user, role=Role(role))


@transaction.atomic
def change_role(membership: Membership, *, role: str, by: User) -> None:
    membership = _held(membership)
    _keep_an_admin(membership, unless=role == Role.ADMIN)
    before, membership.role = Role(membership.role), Role(role)
    membership.save(update_fields=["role"])
    if before != role:
        security_log.record(
            SecurityKind.ROLE_CHANGED,
            by=by,
            about=membership.user,
            before=before.label,
            after=Role(role).label,
        )


@transaction.atomic
def change_member(membership: Membership, *, name: str, role: str, by: User) -> None:
    """Their name and their role."""
    change_role(membership, role=role, by=by)
    if name != membership.user.name:
        rename(membership.user, name=name, by=by)


@transaction.atomic
def rename(user: User, *, name: str, by: User) -> None:
    """From now on they sign so, and their entries are shown under it. A letter that was issued
    keeps the name that stands on it."""
    if not name.strip():
        raise Refused("Write a name. Nothing was changed.")
    before, user.name = user.name, " ".join(name.split())
    user.save(update_fields=["name"])
    security_log.record(
        SecurityKind.NAME_CHANGED, by=by, about=user, before=before, after=user.name
    )


@transaction.atomic
def deactivate(membership: Membership, *, by: User, at: datetime) -> None:
    """They can no longer sign in; what they did stays in the ledgers under their name.

    From `at` runs the time after which their personal data may be erased: see `actions.privacy`.
    """
    if membership.user_id == by.pk:
        raise Refused("You cannot switch your own account off: another admin can.")
    membership = _held(membership)
    if not membership.user.is_active:
        raise Refused(f"{membership.user} cannot sign in as it is. Nothing was changed.")
    _keep_an_admin(membership)
    membership.user.is_active, membership.user.left_at = False, at
    membership.user.save(update_fields=["is_active", "left_at"])
    end_access_of(membership.user)
    security_log.record(SecurityKind.MEMBER_SWITCHED_OFF, by=by, about=membership.user)


@transaction.atomic
def end_sign_ins(membership: Membership, *, by: User) -> int:
    """Wherever they are signed in they are not any more; how many there were. Their password, their
    tokens and their calendar's address stay."""
    ended = sessions.end_all(membership.user)
    if not ended:
        raise Refused(f"{membership.user} is signed in nowhere. Nothing was changed.")
    security_log.record(SecurityKind.SESSION_ENDED, by=by, about=membership.user, sessions=ended)
    return ended


@transaction.atomic
def let_in_again(membership: Membership, *, by: User) -> None:
    """They work here after all: they sign in as before, with the password and the role they had."""
    membership = _held(membership)
    if membership.user.is_active:
        raise Refused(f"{membership.user} can sign in already. Nothing was changed.")
    if membership.user.erased_at:
        raise Refused("This account was erased, and its address with it: invite them anew.")
    membership.user.is_active, membership.user.left_at = True, None
    membership.user.save(update_fields=["is_active", "left_at"])
    security_log.record(SecurityKind.MEMBER_LET_IN, by=by, about=membership.user)


@transaction.atomic
def change_settings(newsroom: Newsroom, *, by: User, **fields: Any) -> None:
    unknown = set(fields) - SETTINGS
    if unknown:
        raise TypeError(f"not settings of a newsroom: {', '.join(sorted(unknown))}")
    before = Newsroom.objects.values(*fields).get(pk=newsroom.pk)
    for name, value in fields.items():
        setattr(newsroom, name, value)
    newsroom.save(update_fields=sorted(fields))
    changed = [_change(name, before[name], fields[name]) for name in sorted(fields)
               if before[name] != fields[name]]  # fmt: skip
    if changed:
        security_log.record(
            SecurityKind.SETTINGS_CHANGED, by=by, newsroom=newsroom, changed="; ".join(changed)
        )


def _change(name: str, before: Any, after: Any) -> str:
    """A switch or a number with both its values; of words, that they changed."""
    field: Any = Newsroom._meta.get_field(name)
    words = str(field.verbose_name)
    if isinstance(after, bool):
        return f"{words}: {'yes' if after else 'no'}"
    return f"{words}: {before} to {after}" if isinstance(after, int) else words


@transaction.atomic
def assign(
    records_request: RecordsRequest,
    *,
    to: User,
    by: Attribution,
) -> Event:
    """Whose it is from now on."""
    request = _of_our_newsroom(records_request, to)
    request.assigned_to = to
    request.save(update_fields=["assigned_to", "changed_at"])
    data = {"to": str(to)}
    return record(request, EventKind.ASSIGNED, Occasion(by, data=data))


@transaction.atomic
def share(
    records_request: RecordsRequest,
    *,
    with_: User,
    by: Attribution,
) -> Event:
    """Let a colleague see it and work on it."""
    request = _of_our_newsroom(records_request, with_)
    if request.shared_with.filter(pk=with_.pk).exists():
        raise Refused(f"{with_} sees this request already.")
    request.shared_with.add(with_)
    data = {"with": str(with_)}
    return record(request, EventKind.SHARED, Occasion(by, data=data))


def _of_our_newsroom(records_request: RecordsRequest, user: User) -> RecordsRequest:
    request = lock(records_request)
    if not Membership.objects.filter(
        newsroom=request.newsroom_id, user=user, user__is_active=True
    ).exists():
        raise Refused("That person does not work in this newsroom.")
    return request


def _held(membership: Membership) -> Membership:
    """As it stands while nobody else changes who works here: two admins who switch one another off
    at once do so one after the other."""
    Newsroom.objects.select_for_update(no_key=True).get(pk=membership.newsroom_id)
    return Membership.objects.select_related("user").get(pk=membership.pk)


def _keep_an_admin(membership: Membership, *, unless: bool = False) -> None:
    """Call it with a membership that is `_held`."""
    admins = Membership.objects.filter(
        newsroom=membership.newsroom_id, role=Role.ADMIN, user__is_active=True
    )
    others = admins.exclude(pk=membership.pk)
    if membership.role == Role.ADMIN and not unless and not others.exists():
        raise Refused("This is the newsroom's only admin: make somebody else an admin first.")
