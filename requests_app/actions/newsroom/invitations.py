"""Who is asked into a newsroom, and how they come in: by a link that works once, for seven days.

Whether an address has an account elsewhere is told to whoever reads that address, and to nobody
else: an admin who invites it sees the same as for any other.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.security import security_log
from requests_app.models import Invitation, Membership, Newsroom, Role, User
from requests_app.models.newsroom.invitation import digest_of_invitation, new_invitation_key
from requests_app.permissions import may
from requests_app.vocabulary.dates_and_amounts import short_weekday
from requests_app.vocabulary.security_kinds import SecurityKind

LASTS = timedelta(days=7)
A_MOMENT = timedelta(minutes=1)  # within which a second press of the button sends nothing more
GONE = (
    "This link does not work: it was used, it was withdrawn, a newer one was sent, or its seven "
    "days are over. Ask whoever invited you for another."
)


@transaction.atomic
def invite(newsroom: Newsroom, *, email: str, role: str, by: Attribution) -> tuple[Invitation, str]:
    """The invitation, and the key of its link, which nobody can read again."""
    address = email.strip().lower()
    _hold(newsroom)
    works_here = Membership.objects.filter(newsroom=newsroom, user__email__iexact=address)
    if member := works_here.select_related("user").first():
        how = "works here already" if member.user.is_active else "worked here: let them in again"
        raise Refused(f"{address} {how}. Nothing was sent.")
    invitations = Invitation.objects.open().filter(newsroom=newsroom, email__iexact=address)
    if invitations.exists():
        raise Refused(f"{address} is invited already: send the link again from the list.")
    key = new_invitation_key()
    invitation = Invitation.objects.create(
        newsroom=newsroom,
        email=address,
        role=Role(role),
        digest=digest_of_invitation(key),
        invited_by=by.user,
        invited_at=by.at,
        sent_at=by.at,
        expires_at=by.at + LASTS,
    )
    _note(SecurityKind.INVITED, invitation, by, role=invitation.get_role_display())
    return invitation, key


@transaction.atomic
def send_again(invitation: Invitation, *, by: Attribution) -> str:
    """The key of another link, for seven days more; the one before works no longer."""
    fresh = _open(invitation)
    if fresh.sent_at > by.at - A_MOMENT:
        raise Refused(f"A link was sent to {fresh.email} a moment ago. Nothing more was sent.")
    key = new_invitation_key()
    fresh.digest, fresh.invited_by = digest_of_invitation(key), by.user
    fresh.sent_at, fresh.expires_at = by.at, by.at + LASTS
    fresh.save()
    _note(SecurityKind.INVITED_AGAIN, fresh, by)
    return key


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Attribution) -> None:
    """Its link works no longer."""
    fresh = _open(invitation)
    fresh.withdrawn_at = by.at
    fresh.save(update_fields=["withdrawn_at"])
    _note(SecurityKind.INVITATION_WITHDRAWN, fresh, by)


def _note(kind: SecurityKind, invitation: Invitation, by: Attribution, **facts: Any) -> None:
    security_log.record(
        kind, by=by.user, newsroom=invitation.newsroom, at=by.at, email=invitation.email, **facts
    )


def invitation_of_key(key: str, *, at: datetime) -> Invitation:
    """That which a link may take up now. Refused where there is none."""
    working = Invitation.objects.working(at=at).select_related("newsroom", "invited_by")
    found: Invitation | None = working.filter(digest=digest_of_invitation(key)).first()
    if found is None or not may(found.invited_by, "manage_members"):
        raise Refused(GONE)
    return found


def has_account(invitation: Invitation) -> bool:
    """Whether its address has an account of this desk, which is in another newsroom then."""
    return User.objects.filter(email__iexact=invitation.email).exists()


@transaction.atomic
def accept(key: str, *, name: str, password: str, at: datetime) -> User:
    """An account with the name and password that its owner chose, and its place."""
    invitation = invitation_of_key(key, at=at)
    _hold(invitation.newsroom)
    invitation = invitation_of_key(key, at=at)  # as it is under the lock
    if has_account(invitation):
        raise Refused(
            f"{invitation.email} has an account of this desk already, in another newsroom. An "
            "account works in one: ask to be invited at another address."
        )
    if not name.strip():
        raise Refused("Write your name, as you sign letters.")
    user = User(email=invitation.email, name=name.strip())
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    user = User.objects.create_user(invitation.email, password, name=name.strip())
    Membership.objects.create(newsroom=invitation.newsroom, user=user, role=Role(invitation.role))
    invitation.accepted_at, invitation.accepted_by = at, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    security_log.record(
        SecurityKind.INVITATION_TAKEN_UP,
        by=user,
        about=user,
        newsroom=invitation.newsroom,
        at=at,
        role=invitation.get_role_display(),
    )
    return user


def _hold(newsroom: Newsroom) -> None:
    """Two who invite or come in at once do so one after the other."""
    Newsroom.objects.select_for_update(no_key=True).get(pk=newsroom.pk)


def _open(invitation: Invitation) -> Invitation:
    _hold(invitation.newsroom)
    fresh = Invitation.objects.get(pk=invitation.pk)
    if fresh.accepted_at:
        raise Refused(f"{fresh.email} came in on {short_weekday(fresh.accepted_at.date())}.")
    if fresh.withdrawn_at:
        raise Refused(f"The invitation of {fresh.email} was withdrawn. Invite them anew.")
    return fresh
