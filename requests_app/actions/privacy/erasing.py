"""An account of somebody who left: what the law lets go is erased, what is evidence stays.

Who did what stays in the ledgers, under initials: the rows point at the account, which stays. A
letter that was issued keeps the name that was signed, as the city has it too.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.ledger.security.security_log import record
from requests_app.models import (
    ApiToken,
    CalendarFeed,
    DatasetWatch,
    IdempotencyKey,
    Invitation,
    Notice,
    NoticeState,
    PersonalReminder,
    Reminder,
    ReminderChoices,
    Signature,
    UnsavedWriting,
    User,
    Webhook,
)
from requests_app.vocabulary.security_kinds import SecurityKind


def initials_of(name: str) -> str:
    """ "K. B." of "Kai Brandt"; what stands beside old entries from then on."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()]
    return " ".join(f"{word[0].upper()}." for word in words) or "somebody who left"


@transaction.atomic
def erase_account(user: User, *, at: datetime) -> None:
    """Of somebody who left. Refused, unchanged, where they work here or were erased before."""
    user = User.objects.select_for_update(no_key=True, of=("self",)).get(pk=user.pk)
    if user.is_active or user.left_at is None:
        raise Refused(f"{user} works here: only the account of somebody who left is erased.")
    if user.erased_at:
        raise Refused("This account was erased already. Nothing was changed.")
    _erase_what_is_theirs(user)
    Invitation.objects.filter(email__iexact=user.email).update(email=_address(user))
    user.email, user.name = _address(user), initials_of(user.name)
    user.last_login, user.erased_at = None, at
    user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()
    record(SecurityKind.ACCOUNT_ERASED, about=user, at=at)


def _address(user: User) -> str:
    """One that no mail reaches (RFC 2606), and that nobody else has."""
    return f"erased-{user.pk}@account.invalid"


def _erase_what_is_theirs(user: User) -> None:
    """What was for them alone: nothing in a ledger rests on it."""
    for theirs in (
        ApiToken, Authenticator, CalendarFeed, DatasetWatch, EmailAddress, IdempotencyKey,
        PersonalReminder, Reminder, ReminderChoices, Signature, Webhook,
    ):  # fmt: skip
        theirs.objects.filter(user=user).delete()  # type: ignore[misc]
    Notice.objects.filter(user=user).exclude(state=NoticeState.SENDING).delete()
    UnsavedWriting.objects.filter(writer=user).delete()
